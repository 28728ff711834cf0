import { isInPorts, portProblem } from './port';

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

test.each([
  [8080, '8080', true],
  [8080, '25, 8080', true],
  [8080, '8000-8090', true],
  [8080, '8000-8079', false],
  [8080, '80', false],
  [8080, '', false],
  [8080, undefined, false],
])('port %j is in %j: %j', (port, ports, expected) => {
  expect(isInPorts(port, ports)).toBe(expected);
});
