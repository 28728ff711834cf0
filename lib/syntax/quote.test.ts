import { quote } from './quote';

it.each([
  ['a "b"\n', '"a \\"b\\"\\n"'],
  [1, '1'],
  [true, 'true'],
  [['a'], '["a"]'],
])('%j is named %s', (value, text) => {
  expect(quote(value)).toBe(text);
});
