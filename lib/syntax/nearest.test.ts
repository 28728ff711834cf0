import fc from 'fast-check';
import { nearest } from './nearest';

const WORDS = ['default', 'knative-serving', 'ambassador', 'dev'];

it.each([
  ['defualt', 'default'],
  ['default', 'default'],
  ['ambasador', 'ambassador'],
  ['knativeserving', 'knative-serving'],
  ['deb', 'dev'],
  ['team-a', undefined],
  ['de', undefined],
  ['', undefined],
])('%s is meant to be %s', (word, meant) => {
  expect(nearest(word, WORDS)).toBe(meant);
});

test('a word of the list is nearest to itself', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (words) => {
      expect(nearest(words[0] ?? '', words)).toBe(words[0]);
    }),
  );
});
