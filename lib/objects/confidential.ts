import { MASK, withoutCredentials } from '../syntax/url-credentials';
import { isMapping } from './json';
import type { Json, JsonPath } from './manifest';
import { holdsPrivateKey } from './private-key';

/** Where a value stands within the nearest Secret around it; `undefined` where there is none. */
export type WithinSecret = JsonPath | undefined;

/**
 * What of a Secret may be read, by its path: what the object is, and not what it holds. A `*` stands for any key. All else, and what is not a
 * single value where one belongs, may hold what somebody wrote in a wrong place; kubectl keeps a copy of the whole Secret in an annotation.
 */
const READABLE: readonly (readonly string[])[] = [
  ['apiVersion'],
  ['kind'],
  ['type'],
  ['immutable'],
  ['metadata', 'name'],
  ['metadata', 'namespace'],
  ['metadata', 'generateName'],
  ['metadata', 'labels', '*'],
];

/** Mappings of a Secret of which the keys may be read. */
const NAMED: readonly (readonly string[])[] = [
  [],
  ['metadata'],
  ['metadata', 'labels'],
  ['metadata', 'annotations'],
  ['data'],
  ['stringData'],
];

/** What keys of a Secret are called. Another text as a key may be a value that was written in the place of one. */
const KEY = /^[\w.$/-]{1,253}$/;

/** Whether a value is a Secret, or a list of them, however its kind is written: it may stand within a `List` or a template. */
function isSecret(value: Json | undefined): boolean {
  return isMapping(value) && typeof value.kind === 'string' && /^secret(?:list)?$/i.test(value.kind.trim());
}

/** Where a value stands, which is a Secret's own beginning if it is one. What a Secret holds is no Secret, whatever it says. */
export const secretAround = (value: Json, outer: WithinSecret): WithinSecret =>
  outer ?? (isSecret(value) ? [] : undefined);

/** Whether a value may be read by nobody: it is what a Secret holds. */
export function isConfidential(value: Json, within: WithinSecret): boolean {
  if (within === undefined) return false;
  if (!isMapping(value)) return Array.isArray(value) || !READABLE.some(isAt(within));
  return !NAMED.some(isAt(within)) || !Object.keys(value).every((key) => KEY.test(key));
}

const isAt =
  (path: JsonPath) =>
  (pattern: readonly string[]): boolean =>
    pattern.length === path.length && pattern.every((step, index) => step === '*' || step === path[index]);

/** A value as everybody may read it: without what Secrets hold, private keys, and the passwords in URLs. */
export function readable(value: Json, within?: WithinSecret): Json {
  const open = mapTexts(value, within, withoutCredentials);
  if (!holdsPrivateKey(open)) return open;
  const keyless = mapTexts(open, undefined, (text) => (holdsPrivateKey(text) ? MASK : text));
  return holdsPrivateKey(keyless) ? MASK : keyless;
}

/** A value without what Secrets hold, its texts changed. */
function mapTexts(value: Json, outer: WithinSecret, change: (text: string) => string): Json {
  const within = secretAround(value, outer);
  if (isConfidential(value, within)) return MASK;
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item, index) => mapTexts(item, within && [...within, index], change));
  if (!isMapping(value)) return value;
  const entries = Object.entries(value as Record<string, Json | undefined>).flatMap(([key, child]) =>
    child === undefined ? [] : [[key, mapTexts(child, within && [...within, key], change)] as const],
  );
  return Object.fromEntries(entries);
}

/** What may be read at a place. */
export interface ReadablePlace {
  /** As far as it may be read: up to the first value that may not. */
  readonly path: JsonPath;
  readonly value: Json | undefined;
}

/** What may be read of what stands at a path, whether there is something or not. */
export function readableAt(root: Json, path: JsonPath): ReadablePlace {
  let value: Json | undefined = root;
  let within = secretAround(root, undefined);
  for (const [index, step] of path.entries()) {
    if (value === undefined) break;
    if (isConfidential(value, within)) return { path: path.slice(0, index), value: MASK };
    value = isMapping(value) || Array.isArray(value) ? (value as Record<string, Json | undefined>)[step] : undefined;
    within = within && [...within, step];
    if (value !== undefined) within = secretAround(value, within);
  }
  return { path, value: value === undefined ? undefined : readable(value, within) };
}

/** Shorter values are looked for within quotation marks alone: others stand in many words. */
const LONG_ENOUGH = 4;

/** A text without what the Secrets among some objects hold, as it stands there, in base64, or out of it. */
export function withoutSecretsOf(text: string, objects: readonly Json[]): string {
  const spellings = new Set(objects.flatMap((object) => confidentialTexts(object, undefined)).flatMap(spellingsOf));
  return [...spellings]
    .sort((a, b) => b.length - a.length)
    .reduce((shown, one) => {
      if (one.length >= LONG_ENOUGH) return shown.replaceAll(one, MASK);
      return one === '' ? shown : shown.replaceAll(`"${one}"`, `"${MASK}"`);
    }, text);
}

function confidentialTexts(value: Json, outer: WithinSecret, hidden = false): string[] {
  const within = secretAround(value, outer);
  const inside = hidden || isConfidential(value, within);
  if (Array.isArray(value) || isMapping(value)) {
    return Object.entries(value as Record<string, Json | undefined>).flatMap(([key, child]) => [
      ...(inside ? [key] : []),
      ...(child === undefined ? [] : confidentialTexts(child, within && [...within, key], inside)),
    ]);
  }
  return inside && value !== null && typeof value !== 'boolean' ? [String(value)] : [];
}

/** A text as it may be repeated: each of its lines, with characters written out, in base64, and what it is the base64 of. */
function spellingsOf(text: string): string[] {
  const plain = [text, Buffer.from(text, 'base64').toString('utf8')];
  const lines = plain.flatMap((one) => [one, ...one.split('\n')]).filter((one) => one.trim() !== '');
  return lines.flatMap((one) => [one, JSON.stringify(one).slice(1, -1), Buffer.from(one).toString('base64')]);
}
