import type { Json } from '../objects/manifest';
import { sortedKeys } from '../objects/sorted-keys';

/** What says what an object is comes first; all else is in the order of code units, so that moving code never moves YAML. */
const FIRST = new Set(['apiVersion', 'kind', 'metadata', 'name', 'namespace']);

/** A key that JavaScript puts before all others, in the order of numbers. */
const NUMBER = /^(?:0|[1-9]\d{0,9})$/;

const isNumber = (key: string): boolean => key.charCodeAt(0) <= NINE && NUMBER.test(key);
const NINE = 0x39;

/** Most mappings have no such key, and stay as they are sorted. */
const isMoved = (key: string): boolean => FIRST.has(key) || isNumber(key);

/** The keys of a mapping in one order. */
export function keysInOrder(value: Readonly<Record<string, unknown>>): string[] {
  const keys = sortedKeys(value);
  if (!keys.some(isMoved)) return keys;
  let first = 0;
  for (const key of FIRST) {
    const at = keys.indexOf(key, first);
    if (at < 0) continue;
    keys.copyWithin(first + 1, first, at);
    keys[first++] = key;
  }
  return keys.some(isNumber) ? Object.keys(Object.fromEntries(keys.map((key) => [key, 0]))) : keys;
}

/** The same value with the keys of every mapping in that order. */
export function inKeyOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(keysInOrder(value).map((key) => [key, inKeyOrder(value[key] as Json)]));
}
