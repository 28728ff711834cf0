import { valuesAt } from './values-at';

const MANIFEST = {
  spec: { tls: [{ secretName: 'a' }, { hosts: ['x'] }, 'odd', { secretName: 'b' }], rules: { 0: { name: 'no list' } } },
};

test.each<[string, [string, unknown][]]>([
  [
    'spec.tls[].secretName',
    [
      ['spec.tls[0].secretName', 'a'],
      ['spec.tls[3].secretName', 'b'],
    ],
  ],
  ['spec.tls[].hosts[]', [['spec.tls[1].hosts[0]', 'x']]],
  ['spec.rules[].name', []],
  ['spec.constructor', []],
  ['spec.nothing.there', []],
])('%s', (pattern, expected) => {
  expect(valuesAt(MANIFEST, pattern).map(({ path, value }) => [path, value])).toEqual(expected);
});
