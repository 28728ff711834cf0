import type { Json } from '../lib/objects/manifest';

/** A way to a value of JSON. */
export type JsonPath = readonly (string | number)[];

/** What may stand somewhere instead of what should. `undefined` is nothing at all. */
export interface Misshape {
  readonly name: string;
  readonly of: (value: Json) => Json | undefined;
}

const DEEP = 300;
const within = (depth: number, wrap: (value: Json) => Json): Json =>
  Array.from({ length: depth }).reduce<Json>((value) => wrap(value), 'x');

const isMapping = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A mapping with its first key under another name, as `JSON.parse` would give it. */
function renamed(value: Json, name: string): Json {
  const [first = ['', null], ...rest] = isMapping(value) ? Object.entries(value) : [['', value] as const];
  return Object.fromEntries([[name, first[1]], ...rest]);
}

/** Every shape that JSON has, where another one may be meant. */
export const MISSHAPES: readonly Misshape[] = [
  { name: 'nothing', of: () => undefined },
  { name: 'null', of: () => null },
  { name: 'an empty text', of: () => '' },
  { name: 'a text', of: () => 'text' },
  { name: 'a number as text', of: () => '-1' },
  { name: 'zero', of: () => 0 },
  { name: 'a fraction below zero', of: () => -0.5 },
  { name: 'a huge number', of: () => 1.7e308 },
  { name: 'true', of: () => true },
  { name: 'an empty list', of: () => [] },
  { name: 'a list of null', of: () => [null] },
  { name: 'a list of lists and numbers', of: () => [[], [[1]], 5, {}] },
  { name: 'the value in a list', of: (value) => [value] },
  { name: 'the value twice', of: (value) => (Array.isArray(value) ? [...value, ...value] : [value, value]) },
  { name: 'an empty mapping', of: () => ({}) },
  { name: 'a mapping of null', of: () => ({ a: null }) },
  { name: 'the value in a mapping', of: (value) => ({ value }) },
  { name: 'the value in a mapping of mappings', of: (value) => ({ a: { b: { c: value } } }) },
  ...['__proto__', 'constructor', 'toString', 'length', ''].map((name) => ({
    name: `with the key ${JSON.stringify(name)}`,
    of: (value: Json) => renamed(value, name),
  })),
  { name: 'lists, deep within one another', of: () => within(DEEP, (value) => [value]) },
  { name: 'mappings, deep within one another', of: () => within(DEEP, (value) => ({ a: value })) },
];

/** The ways to all values within a value, itself first. */
export function pathsIn(value: Json, path: JsonPath = []): JsonPath[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item, index) => pathsIn(item, [...path, index]))];
  if (!isMapping(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key]))];
}

/** A copy of a value with another one at a path. */
export function misshapen(value: Json, [step, ...rest]: JsonPath, { of }: Misshape): Json | undefined {
  if (step === undefined) return of(value);
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      const now = index === step ? misshapen(item, rest, { name: '', of }) : item;
      return now === undefined ? [] : [now];
    });
  }
  const entries = Object.entries(value as Record<string, Json>).flatMap(([key, item]) => {
    const now = key === step ? misshapen(item, rest, { name: '', of }) : item;
    return now === undefined ? [] : [[key, now] as const];
  });
  return Object.fromEntries(entries);
}
