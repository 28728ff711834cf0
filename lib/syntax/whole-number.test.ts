import { wholeNumberProblem } from './whole-number';

it.each([
  [0, 0],
  [5, 5],
  [Number.MAX_SAFE_INTEGER, 1],
])('%d is a whole number of at least %d', (value, min) => {
  expect(wholeNumberProblem(value, min)).toBeUndefined();
});

test('a text is none, whatever is in it', () => {
  expect(wholeNumberProblem('5' as unknown as number, 0)).toBe('"5" is a text: write the number without quotes');
});

it.each([-1, 0.5, NaN, Infinity, 2 ** 53])('%d is not one of at least 0', (value) => {
  expect(wholeNumberProblem(value, 0)).toBe(`${value} is not a whole number of at least 0`);
});

it.each([0, 11])('%d is not one from 1 to 10', (value) => {
  expect(wholeNumberProblem(value, 1, 10)).toBe(`${value} is not a whole number from 1 to 10`);
});
