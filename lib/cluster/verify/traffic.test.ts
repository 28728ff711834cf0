import { percentile } from './traffic';

test.each([
  [[5], 50, 5],
  [[1, 2, 3, 4], 50, 2],
  [[1, 2, 3, 4], 95, 4],
  [Array.from({ length: 100 }, (_, index) => index + 1), 95, 95],
  [[1.4, 2.6], 100, 3],
])('of %j the %d th percentile is %d', (sorted, percent, value) => {
  expect(percentile(sorted, percent)).toBe(value);
});
