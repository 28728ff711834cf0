import { filesText } from './files-text';

const NOTHING = { read: 1, built: [], leftOut: [], withoutObjects: [] };

test.each([
  [NOTHING, '1 file read'],
  [{ ...NOTHING, read: 0, built: ['a', 'b'] }, '0 files read, 2 kustomizations built: a, b'],
  [
    { ...NOTHING, leftOut: ['.git'], withoutObjects: ['.a.yaml'] },
    '1 file read; left out: .git; without objects: .a.yaml',
  ],
  [{ ...NOTHING, leftOut: 'a b c d e f g'.split(' ') }, '1 file read; left out: a, b, c, d, e, 2 more'],
])('%j', (files, text) => {
  expect(filesText(files)).toBe(text);
});
