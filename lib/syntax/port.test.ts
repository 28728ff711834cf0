import { portProblem } from './port';

it.each([1, 80, 65535])('%d is a port', (port) => {
  expect(portProblem(port)).toBeUndefined();
});

it.each([
  ['8080', '"8080" is a text: write the number without quotes'],
  [undefined, 'is missing'],
])('%j is not even a number', (value, problem) => {
  expect(portProblem(value as unknown as number)).toBe(problem);
});

it.each([0, -1, 65536, 1.5, NaN, Infinity])('%d is not a port', (port) => {
  expect(portProblem(port)).toBe(`${port} is not a port: use a whole number from 1 to 65535`);
});
