import { nearest } from './nearest';
import { quote } from './quote';

/** What is wrong with a word that must be one of some. `undefined` if nothing is. */
export function wordProblem(value: string, words: readonly string[]): string | undefined {
  return words.includes(value) ? undefined : `${quote(value)} is none of ${words.map(quote).join(', ')}`;
}

/** As many as one reads in a line. */
const MOST_NAMES = 12;

/** What is wrong with the name of a prop that must be one of some. `undefined` if nothing is. */
export function propProblem(name: string, names: readonly string[]): string | undefined {
  if (names.includes(name)) return undefined;
  const meant = nearest(name, names);
  if (meant !== undefined) return `is no prop: did you mean ${quote(meant)}?`;
  return `is no prop: ${names.length === 0 || names.length > MOST_NAMES ? 'remove it, or correct its name' : `there are ${names.join(', ')}`}`;
}
