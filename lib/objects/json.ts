import type { Json, JsonPath } from './manifest';

/** A mapping of JSON. */
export type JsonObject = Readonly<Record<string, Json | undefined>>;

// Anybody's object has any shape at any place: what is not there, and what is of another type, reads the same.

/** Labels, annotations, or a ConfigMap's data. */
export type Texts = Readonly<Record<string, string>>;

/** Whether a value is a mapping. */
export function isMapping(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as a mapping; an empty one if it is none. */
export function mapping(value: unknown): JsonObject {
  return isMapping(value) ? value : {};
}

/** A value as a list; an empty one if it is none. */
export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}

/** The texts of a list. */
export function texts(value: unknown): readonly string[] {
  return list(value).filter((item) => typeof item === 'string');
}

/** A value as a text; `undefined` if it is none. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A value as a number; `undefined` if it is none. */
export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A value as a whole number; `undefined` if it is none. */
export function whole(value: unknown): number | undefined {
  return Number.isInteger(value) ? (value as number) : undefined;
}

/** What stands under some keys, one within the other; `undefined` if nothing does. */
export function at(value: unknown, ...keys: readonly string[]): Json | undefined {
  let found: unknown = value;
  for (const key of keys) {
    // What every object of JavaScript has, such as `constructor`, is nobody's field.
    if (!isMapping(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found as Json | undefined;
}

/** What stands at a path; `undefined` if nothing does. */
export function valueAt(value: unknown, path: JsonPath): Json | undefined {
  let found: unknown = value;
  for (const step of path) {
    if (typeof step === 'string' ? !isMapping(found) : !Array.isArray(found)) return undefined;
    if (!Object.hasOwn(found as object, step)) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[step];
  }
  return found as Json | undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Labels, annotations or a ConfigMap's data: those values of a mapping that are texts. */
export function strings(value: unknown): Texts {
  const fields = mapping(value);
  // Nearly always all of them are.
  if (Object.values(fields).every(isText)) return fields as Texts;
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => isText(entry[1])));
}

/** Every text within a value, in the order in which they stand. */
export function stringsWithin(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsWithin);
  return Object.values(mapping(value)).flatMap(stringsWithin);
}
