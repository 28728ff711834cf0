import { quote } from './quote';

/** What is wrong with a value that must be a number: programs run without their types being checked. `undefined` if nothing is. */
export function numberProblem(value: unknown): string | undefined {
  if (typeof value === 'number') return undefined;
  if (value === undefined) return 'is missing';
  return typeof value === 'string'
    ? `${quote(value)} is a text: write the number without quotes`
    : `${quote(value)} is not a number`;
}
