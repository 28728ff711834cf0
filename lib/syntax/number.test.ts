import { numberProblem } from './number';

it.each([0, -1.5, NaN])('%d is a number', (value) => {
  expect(numberProblem(value)).toBeUndefined();
});

it.each([
  ['8080', '"8080" is a text: write the number without quotes'],
  [null, 'null is not a number'],
  [undefined, 'is missing'],
])('%j is none', (value, problem) => {
  expect(numberProblem(value)).toBe(problem);
});
