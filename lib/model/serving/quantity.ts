import type { Json } from '../../objects/manifest';

const SUFFIX = '(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?';

/** A quantity as the API server takes it. Source: apimachinery v0.35.7, `pkg/api/resource/quantity.go`. */
const SIGNED = new RegExp(`^\\s*[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)${SUFFIX}\\s*$`);

/** Whether a value of JSON can be read as a quantity, which may be negative: a text, or a number. */
export function readableQuantity(value: Json): boolean {
  return typeof value === 'number' || (typeof value === 'string' && SIGNED.test(value));
}

/** Go reads a sign or a unit without a number as 0. */
const EMPTY = /^(?:[+-]|[+-]?(?:[KMGTPE]i|[numkMGTPE]))$/;

/** Whether a text is no quantity, and Go takes it for 0. */
export function isEmptyQuantity(value: string): boolean {
  return EMPTY.test(value);
}

/** Whether a quantity is less than 0. */
export function isNegative(value: string): boolean {
  return /^\s*-(?=.*[1-9])/.test(value);
}
