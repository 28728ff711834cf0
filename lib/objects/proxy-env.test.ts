import { proxyVariable, readProxyEnv, writeProxyEnv } from './proxy-env';

test.each([
  ['[]', []],
  ['[{"name":"A","value":"1"}]', [{ name: 'A', value: '1' }]],
  ['[{"name":"A"}]', [{ name: 'A' }]],
  [
    '[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}}]',
    [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
  ],
  ['', undefined],
  ['A=1', undefined],
  ['{"name":"A"}', undefined],
  ['["A"]', undefined],
  ['[null]', undefined],
  ['[{"value":"1"}]', undefined],
  ['[{"name":"A","value":1}]', undefined],
])('%s says %j', (text, variables) => {
  expect(readProxyEnv(text)).toEqual(variables);
});

test('of two variables of one name the last counts, where it was first', () => {
  const variables = [
    { name: 'A', value: '1' },
    { name: 'B', value: '2' },
    { name: 'A', value: '3' },
  ];
  expect(proxyVariable(variables, 'A')).toBe('3');
  expect(proxyVariable(variables, 'C')).toBeUndefined();
  expect(writeProxyEnv(variables)).toBe('[{"name":"A","value":"3"},{"name":"B","value":"2"}]');
});
