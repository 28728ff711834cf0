import type { Json } from '../objects/manifest';

/** What says what an object is comes first; all else is in the order of code units, so that moving code never moves YAML. */
const FIRST = ['apiVersion', 'kind', 'metadata', 'name', 'namespace'];

/** The same value with the keys of every mapping in one order. */
export function inKeyOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (value === null || typeof value !== 'object') return value;
  const keys = [
    ...FIRST.filter((key) => key in value),
    ...Object.keys(value)
      .filter((key) => !FIRST.includes(key))
      .sort(),
  ];
  return Object.fromEntries(keys.map((key) => [key, inKeyOrder(value[key] as Json)]));
}
