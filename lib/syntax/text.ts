import { quote } from './quote';

/** What is wrong with a value that must be a text: programs run without their types being checked. `undefined` if nothing is. */
export function textProblem(value: unknown): string | undefined {
  if (typeof value === 'string') return undefined;
  if (value === undefined) return 'is missing';
  return `${quote(value)} is not a text: put it in quotes`;
}
