import { numberProblem } from './number';

/** What is wrong with a whole number from `min` to `max`. `undefined` if nothing is. */
export function wholeNumberProblem(value: number, min: number, max = Number.MAX_SAFE_INTEGER): string | undefined {
  if (Number.isInteger(value) && value >= min && value <= max) return undefined;
  const problem = numberProblem(value);
  if (problem !== undefined) return problem;
  return max === Number.MAX_SAFE_INTEGER
    ? `${value} is not a whole number of at least ${min}`
    : `${value} is not a whole number from ${min} to ${max}`;
}
