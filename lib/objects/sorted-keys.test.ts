import fc from 'fast-check';
import { sortedKeys } from './sorted-keys';

test('keys are in the order in which JavaScript sorts texts, and the value stays as it was', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
      const before = Object.keys(value);
      expect(sortedKeys(value)).toEqual([...before].sort());
      expect(Object.keys(value)).toEqual(before);
    }),
  );
});

test.each([[{}], [{ a: 1 }], [{ b: 1, a: 1 }], [{ a: 1, c: 1, b: 1 }]])('%p', (value) => {
  expect(sortedKeys(value)).toEqual(Object.keys(value).sort());
});
