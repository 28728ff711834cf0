import { quote } from '../syntax/quote';

/** Deeper ones hold themselves as a rule, and are read by nobody. */
const MOST_LEVELS = 200;

/** What every Node that is supported has, and the types of ES2023 have not. */
interface WellFormed {
  isWellFormed(): boolean;
}

/** Whether no half of a surrogate pair stands alone in a text: UTF-8 has no place for it. */
export const isWhole = (text: string): boolean => (text as unknown as WellFormed).isWellFormed();

/** A key that plain objects of JavaScript lose. */
export const LOST_KEY = '__proto__';

/** What of a value has no place in YAML, in a clause that begins with its path; `undefined` if nothing. Objects of classes are not looked into. */
export function unwritableIn(value: unknown, path = '', levels = MOST_LEVELS): string | undefined {
  const what = problemOf(value);
  if (what !== undefined) return `${path} ${what}`.trim();
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `${path.slice(0, 60)}… is more than ${MOST_LEVELS} levels deep, or holds itself`;
  if (Array.isArray(value))
    return first(value.entries(), ([index, item]) => unwritableIn(item, `${path}[${index}]`, levels - 1));
  // What becomes a value only when it is asked for.
  if (!isPlainObject(value) || typeof (value as { resolve?: unknown }).resolve === 'function') return undefined;
  return first(Object.entries(value), ([key, field]) => {
    if (key === LOST_KEY || !isWhole(key)) return `${path} has the key ${quote(key)}`.trim();
    return unwritableIn(field, path === '' ? key : `${path}.${key}`, levels - 1);
  });
}

function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === Object.prototype || prototype === null;
}

function problemOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? undefined : `is ${value}`;
    case 'string':
      return isWhole(value) ? undefined : 'has half of a surrogate pair';
    case 'function':
    case 'symbol':
    case 'bigint':
      return `is a ${typeof value}`;
    default:
      return undefined;
  }
}

function first<Item>(items: Iterable<Item>, problemOfItem: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = problemOfItem(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
