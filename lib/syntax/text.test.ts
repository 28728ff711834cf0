import { textProblem } from './text';

test('a text is one', () => {
  expect(textProblem('')).toBeUndefined();
});

it.each([
  [8080, '8080 is not a text: put it in quotes'],
  [true, 'true is not a text: put it in quotes'],
  [null, 'null is not a text: put it in quotes'],
  [undefined, 'is missing'],
])('%s is none', (value, problem) => {
  expect(textProblem(value)).toBe(problem);
});
