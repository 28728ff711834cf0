import type { Manifest } from '../objects/manifest';
import { imageChanges, imageChangeText, wholeImageChangeText } from './image-changes';
import { objectChanges } from './object-changes';

const pod = (name: string, ...images: string[]): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) },
});
const found = (from: Manifest[], to: Manifest[]) =>
  imageChanges(
    objectChanges(
      from.map((manifest) => ({ manifest })),
      to.map((manifest) => ({ manifest })),
    ).changes,
  );

test('images that come, go and change, those that change in the same way together', () => {
  expect(
    found([pod('a', 'x:1'), pod('b', 'x:1', 'y'), pod('c', 'z')], [pod('a', 'x:2'), pod('b', 'x:2'), pod('d', 'w')]),
  ).toEqual([
    { from: 'x:1', to: 'x:2', objects: ['Pod a', 'Pod b'] },
    { from: 'y', to: undefined, objects: ['Pod b'] },
    { from: 'z', to: undefined, objects: ['Pod c'] },
    { from: undefined, to: 'w', objects: ['Pod d'] },
  ]);
});

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
test.each<[string | undefined, string | undefined, string]>([
  ['app:1.0', 'app:1.1', 'app: 1.0 → 1.1'],
  ['app', 'app:1.1', 'app: no tag → 1.1'],
  ['app:1', `app:1@${digest('a')}`, 'app: 1 → 1@sha256:aaaaaaaaaaaa…'],
  [`app@${digest('a')}`, `app@${digest('b')}`, 'app: @sha256:aaaaaaaaaaaa… → @sha256:bbbbbbbbbbbb…'],
  ['localhost:5000/app:1', 'localhost:5000/app:2', 'localhost:5000/app: 1 → 2'],
  ['r.example.com/a/b/c/app:1', 'r.example.com/a/b/c/app:2', '…/b/c/app: 1 → 2'],
  ['a.example.com/app:1', 'b.example.com/app:1', 'a.example.com/app:1 → b.example.com/app:1'],
  [undefined, 'app:1', 'app:1: new'],
  [undefined, `app@${digest('a')}`, 'app@sha256:aaaaaaaaaaaa…: new'],
  ['app', undefined, 'app: gone'],
])('%s → %s: %s', (from, to, text) => {
  expect(imageChangeText({ from, to })).toBe(text);
});

test('as a whole', () => {
  const whole = `r.example.com/a/b/c/app@${digest('a')}`;
  expect(wholeImageChangeText({ from: 'app', to: whole })).toBe(`app → ${whole}`);
  expect(wholeImageChangeText({ from: undefined, to: whole })).toBe(`${whole}: new`);
  expect(wholeImageChangeText({ from: whole, to: undefined })).toBe(`${whole}: gone`);
});
