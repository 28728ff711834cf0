import { linesOf } from './lines';

const TEXT = [
  '# a note',
  'kind: A',
  'spec: &spec',
  '  text: "a',
  'b"',
  '  list:',
  '  - one',
  '  - { on: 1, 0x10: 2 }',
  'copy: *spec',
  'last: |',
  '  x',
  'kind: B',
];

test.each([
  [[], 2],
  [['spec', 'list'], 6],
  [['spec', 'list', 1], 8],
  [['spec', 'list', 1, '16'], 8],
  [['spec', 'list', 9], 6],
  [['copy', 'list', 0], 7],
  [['last'], 10],
  [['kind'], 12],
  [['none', 'at', 'all'], 2],
])('%j stands in line %d, however lines end', (path, line) => {
  for (const end of ['\n', '\r\n']) expect(linesOf(TEXT.join(end), path)).toEqual({ root: 2, named: line });
});

test('what cannot be read as YAML has its first line', () => {
  expect(linesOf('{"a": "\\/"}', ['a'])).toEqual({ root: 1, named: 1 });
});
