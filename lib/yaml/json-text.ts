import type { Json } from '../objects/manifest';
import { MOST_LEVELS, Unreadable } from './node';
import type { YamlValue } from './value';

/** kubectl looks no further for what tells JSON. */
const LOOKED_AT = 4096;

/** Whether kubectl tries JSON first. @throws Unreadable for blanks before it that JSON does not have */
export function mayBeJson(text: string): boolean {
  const beginning = text.slice(0, LOOKED_AT);
  if (/^[ \t\r\n]*\{/.test(beginning)) return true;
  if (/^\s*\{/.test(beginning)) throw new Unreadable(0, 'a blank that is not of ASCII stands before "{": take it out');
  return false;
}

/** What a text says that is JSON; `undefined` if it is not. @throws Unreadable for what programs do not keep as it is */
export function jsonValue(text: string): YamlValue | undefined {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  const problem = problemIn(value, MOST_LEVELS);
  if (problem !== undefined) throw new Unreadable(text.indexOf('{'), problem);
  const inexact = numbersIn(text).find((number) => isInexact(Number(number)));
  return inexact === undefined ? { value } : { value, inexact };
}

/** Whether JavaScript holds more than one whole number as this one. */
export const isInexact = (number: number): boolean => Number.isInteger(number) && !Number.isSafeInteger(number);

const numbersIn = (text: string): string[] =>
  text.replace(/"(?:[^"\\]|\\.)*"/g, '""').match(/-?[0-9][0-9.eE+-]*/g) ?? [];

function problemIn(value: Json, levels: number): string | undefined {
  if (levels === 0) return `this is nested more than ${MOST_LEVELS} levels deep`;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'a number is larger than programs hold';
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value) ? HALF : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return first(value, (item: Json) => problemIn(item, levels - 1));
  return first(Object.entries(value), ([key, field]) =>
    key === '__proto__' ? PROTOTYPE : (problemIn(key, levels) ?? problemIn(field, levels - 1)),
  );
}

const HALF = 'a text has half of a surrogate pair, which kubectl replaces: write the whole character';

/** A key that programs in JavaScript take for something else. */
export const PROTOTYPE = '"__proto__" is a key that programs lose: take it out';

function first<Item>(items: readonly Item[], problemOf: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
