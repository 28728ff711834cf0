import { quantityProblem, quantityValue } from './quantity';

it.each([
  ['200m', 0.2],
  ['300Mi', 300 * 2 ** 20],
  ['1', 1],
  ['1.5G', 1.5e9],
  ['1e3', 1000],
  ['12E-1', 1.2],
  ['2E', 2e18],
  ['.5', 0.5],
  ['5.', 5],
  ['100u', 1e-4],
])('%s is %d', (quantity, value) => {
  expect(quantityProblem(quantity)).toBeUndefined();
  expect(quantityValue(quantity)).toBeCloseTo(value, 9);
});

it.each(['', '-1', '1 Gi', 'Mi', '1mi', '1KI', '1e', '1,5', 'one', '.', 'NaN', 'Infinity'])(
  '"%s" is not a quantity',
  (quantity) => {
    expect(quantityProblem(quantity)).toBe(
      `"${quantity}" is not a quantity: write for example "200m" of CPU or "300Mi" of memory`,
    );
  },
);
