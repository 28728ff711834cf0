import type { Json } from '../objects/manifest';

/** A mapping of JSON. */
export type JsonObject = Readonly<Record<string, Json | undefined>>;

/** A value as a mapping; an empty one if it is none. */
export function mapping(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
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

/** What stands under some keys, one within the other; `undefined` if nothing does. */
export function at(value: unknown, ...keys: readonly string[]): Json | undefined {
  let found: unknown = value;
  for (const key of keys) {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return undefined;
    found = (found as JsonObject)[key];
  }
  return found as Json | undefined;
}
