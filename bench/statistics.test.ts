import fc from 'fast-check';
import { growthExponent, spreadOf } from './statistics';

test.each([
  [[3], { min: 3, median: 3, max: 3 }],
  [[10, 2, 9], { min: 2, median: 9, max: 10 }],
  [[4, 1, 3, 2], { min: 1, median: 2.5, max: 4 }],
])('the spread of %p', (values, spread) => {
  expect(spreadOf(values)).toEqual(spread);
});

test('nothing has no spread, and one size no growth', () => {
  expect(() => spreadOf([])).toThrow('nothing to measure');
  expect(() => growthExponent([[10, 1]])).toThrow('two sizes');
});

test('the exponent of a power is that power', () => {
  const sizes = fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { minLength: 2, maxLength: 6 });
  const power = fc.double({ min: 0, max: 3, noNaN: true });
  const factor = fc.double({ min: 0.001, max: 1000, noNaN: true });
  fc.assert(
    fc.property(sizes, power, factor, (all, exponent, times) => {
      expect(growthExponent(all.map((size) => [size, times * size ** exponent]))).toBeCloseTo(exponent, 6);
    }),
  );
});
