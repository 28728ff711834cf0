import fc from 'fast-check';
import { jsonDocuments } from './json-documents';

test('documents one behind the other are read, whatever stands in them', () => {
  const object = fc
    .dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true })
    .map((value) => JSON.parse(JSON.stringify(value)) as object);
  fc.assert(
    fc.property(fc.array(object), fc.constantFrom('', '\n', ' \n\n'), fc.nat(2), (values, between, indent) => {
      const text = values.map((value) => JSON.stringify(value, null, indent)).join(between);
      expect(jsonDocuments(text)).toEqual({ documents: values, rest: '' });
    }),
  );
});

test.each([
  ['{"a":1}\n{"b":', [{ a: 1 }], '{"b":'],
  ['{"a":1}\n{"b"}\n{"c":1}', [{ a: 1 }], '{"b"}\n{"c":1}'],
  ['{"a":1} done', [{ a: 1 }], 'done'],
  ['a word before\n{"a":1}', [{ a: 1 }], ''],
  ['no JSON', [], 'no JSON'],
  ['', [], ''],
])('%j', (text, documents, rest) => {
  expect(jsonDocuments(text)).toEqual({ documents, rest });
});
