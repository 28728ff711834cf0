import { hash } from 'node:crypto';
import { entryOf } from '../objects/entry-of';
import { describeObject } from '../objects/manifest';
import type { PlatformObject } from '../objects/manifest';

/**
 * The objects of a phase in files of bounded size, by what the file's name says after the phase: all in one while they fit; else by their
 * namespaces; and those of a namespace that has more by a digit or more that their own name gives. An object that is added or removed
 * moves no other, but where it makes its file too large, or the one of its phase: then that one is parted.
 *
 * @param most the most objects that a part has, but for those that are in no namespace
 */
export function partsOf(objects: readonly PlatformObject[], most: number): Map<string, readonly PlatformObject[]> {
  if (objects.length <= most) return new Map([['', objects]]);
  const parts = new Map<string, readonly PlatformObject[]>();
  for (const [namespace, members] of grouped(objects, ({ manifest }) => manifest.metadata.namespace ?? '')) {
    if (namespace === '') parts.set('', members);
    else addParts(parts, namespace, members, 0, most);
  }
  return parts;
}

/** Digits of a name's hash; far more than ever are needed. */
const DIGITS = 16;

function addParts(
  parts: Map<string, readonly PlatformObject[]>,
  name: string,
  members: readonly PlatformObject[],
  digits: number,
  most: number,
): void {
  if (members.length <= most || digits === DIGITS) {
    parts.set(name, members);
    return;
  }
  for (const [digit, some] of grouped(members, (object) => digitsOf(object).charAt(digits))) {
    addParts(parts, digits === 0 ? `${name}.${digit}` : `${name}${digit}`, some, digits + 1, most);
  }
}

/** Of each object once, however many digits are needed. */
const known = new WeakMap<PlatformObject, string>();

function digitsOf(object: PlatformObject): string {
  const there = known.get(object);
  if (there !== undefined) return there;
  const digits = hash('sha256', describeObject(object.manifest), 'hex').slice(0, DIGITS);
  known.set(object, digits);
  return digits;
}

/** Objects by what is asked of each, in the order in which it is first found. */
export function grouped(
  objects: readonly PlatformObject[],
  by: (object: PlatformObject) => string,
): Map<string, PlatformObject[]> {
  const groups = new Map<string, PlatformObject[]>();
  for (const object of objects) entryOf(groups, by(object), () => []).push(object);
  return groups;
}
