import { numberProblem } from './number';

/** What is wrong with a port number. `undefined` if nothing is. */
export function portProblem(value: number): string | undefined {
  if (Number.isInteger(value) && value >= 1 && value <= 65535) return undefined;
  return numberProblem(value) ?? `${value} is not a port: use a whole number from 1 to 65535`;
}
