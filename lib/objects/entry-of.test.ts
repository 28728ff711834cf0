import { entryOf } from './entry-of';

test('is made once for each key, and is the same from then on', () => {
  const made: string[] = [];
  const lists = new Map<string, string[]>();
  const list = (key: string): string[] =>
    entryOf(lists, key, () => {
      made.push(key);
      return [];
    });
  list('a').push('1');
  list('b').push('2');
  list('a').push('3');
  expect([...lists]).toEqual([
    ['a', ['1', '3']],
    ['b', ['2']],
  ]);
  expect(made).toEqual(['a', 'b']);
});

test('what counts for nothing is made once as well', () => {
  const answers = new Map([['a', false]]);
  expect(entryOf(answers, 'a', () => true)).toBe(false);
});
