import type { Manifest } from '../objects/manifest';
import { rewordedKeys, withYamlRead } from './yaml-in-config';

const config = (data: Record<string, string>, kind = 'ConfigMap'): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'a' },
  data,
});

test.each<[string, string, unknown]>([
  ['YAML of keys', 'a: 1\nb: [2]\n', { a: 1, b: [2] }],
  ['one line is a value', 'a: 1', 'a: 1'],
  ['a list', '- a\n- b\n', '- a\n- b\n'],
  ['no YAML', 'a: [\nb', 'a: [\nb'],
])('%s', (_, text, read) => {
  expect(withYamlRead(config({ key: text })).data).toEqual({ key: read });
  expect(withYamlRead(config({ key: text }, 'Secret')).data).toEqual({ key: text });
});

test('keys whose texts say the same in other words', () => {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const from = config({ words: '# a\nx: 1\n', value: 'x: 1\n', same: 'x: 1\n', text: 'a' });
  const to = config({ words: '# b\nx: 1\n', value: 'x: 2\n', same: 'x: 1\n', text: 'b' });
  expect(rewordedKeys(from, to, same)).toEqual(['words']);
});
