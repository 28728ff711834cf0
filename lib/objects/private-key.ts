import { createPrivateKey } from 'node:crypto';
import { entryOf } from './entry-of';
import type { Json, PlatformObject } from './manifest';
import { describeObject } from './manifest';
import type { Mistake } from './mistakes';

const MARK = '-----BEGIN ';
const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;

/** No key, and no mark of one, is shorter. */
const SHORTEST = '-----BEGIN PRIVATE KEY-----'.length;

/** Where base64 may be broken into lines, also in a text whose line breaks are written out, as in JSON. */
const BREAKS = /\s+|\\[nrt]/g;

/** What may be base64, also in the midst of a text such as a values document. The first line of a key has more letters than that. */
const BASE64 = /[A-Za-z0-9+/]{32,}/g;

/** What stands before base64 may look like it: then it begins at any of these places, since four letters make three bytes. */
const SHIFTS = [0, 1, 2, 3];

/** Base64 of a text with base64 in it is looked through, and no more. */
const DEEPEST = 2;

/** Whether a private key stands anywhere in a value, names of fields included: as PEM, or as base64 of PEM or of DER, also twice over. */
export function holdsPrivateKey(value: Json | undefined): boolean {
  if (typeof value === 'string') return textHolds(value, 0);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsPrivateKey);
  for (const name of Object.keys(value)) if (nameHolds(name) || holdsPrivateKey(value[name])) return true;
  return false;
}

/** Objects have the same names of fields over and over. */
const names = new Map<string, boolean>();

function nameHolds(name: string): boolean {
  return name.length >= SHORTEST && entryOf(names, name, () => textHolds(name, 0));
}

/** Whether a private key stands anywhere in a file: as DER, or as {@link holdsPrivateKey} finds it in a text. */
export function bytesHoldPrivateKey(bytes: Buffer): boolean {
  return holdsDer(bytes) || textHolds(bytes.toString('latin1'), 0);
}

/** What {@link BASE64} asks for. */
const LEAST = 32;

/**
 * Whether there may be base64 in a text that is joined: most have none, and are told by one look at each character. What may be part of a
 * break ends nothing.
 */
function mayHoldBase64(text: string): boolean {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 0x20 || code >= 0x7f || code === BACKSLASH) continue;
    length = IS_BASE64[code] === true ? length + 1 : 0;
    if (length === LEAST) return true;
  }
  return false;
}

const BACKSLASH = 0x5c;
const IS_BASE64 = Array.from({ length: 0x7f }, (_, code) => /[A-Za-z0-9+/]/.test(String.fromCharCode(code)));

function textHolds(text: string, depth: number): boolean {
  if (text.length < SHORTEST) return false;
  if (text.includes(MARK) && PRIVATE_KEY.test(text)) return true;
  if (depth === DEEPEST) return false;
  if (!mayHoldBase64(text)) return false;
  const runs = text.replace(BREAKS, '').match(BASE64) ?? [];
  return runs.some((run) =>
    SHIFTS.some((shift) => {
      const bytes = Buffer.from(run.slice(shift), 'base64');
      return holdsDer(bytes) || textHolds(bytes.toString('latin1'), depth + 1);
    }),
  );
}

/** The numbers that stand for the version in a private key of PKCS #1, PKCS #8 or SEC 1, right behind the head of its sequence. */
const VERSIONS = [0, 1].map((version) => Buffer.from([0x02, 0x01, version]));
const SEQUENCE = 0x30;
const TYPES = ['pkcs8', 'sec1', 'pkcs1'] as const;

function holdsDer(bytes: Buffer): boolean {
  for (const version of VERSIONS) {
    for (let at = bytes.indexOf(version); at !== -1; at = bytes.indexOf(version, at + 1)) {
      const sequence = sequenceAround(bytes, at);
      if (sequence !== undefined && TYPES.some((type) => isDer(sequence, type))) return true;
    }
  }
  return false;
}

/** The sequence whose content begins there. Its head is its tag and its length, in one byte below 128, else in one or two more. */
function sequenceAround(bytes: Buffer, content: number): Buffer | undefined {
  const heads = [
    { size: 2, length: bytes[content - 1] ?? 0 },
    { size: 3, length: bytes[content - 2] === 0x81 ? bytes[content - 1] : undefined },
    { size: 4, length: content >= 4 && bytes[content - 3] === 0x82 ? bytes.readUInt16BE(content - 2) : undefined },
  ];
  for (const { size, length } of heads) {
    const end = content + (length ?? Infinity);
    if (bytes[content - size] === SEQUENCE && end <= bytes.length) return bytes.subarray(content - size, end);
  }
  return undefined;
}

function isDer(key: Buffer, type: (typeof TYPES)[number]): boolean {
  try {
    createPrivateKey({ key, format: 'der', type });
    return true;
  } catch {
    return false;
  }
}

const searched = new WeakMap<PlatformObject, boolean>();

/** Whether a private key stands anywhere in an object. Rendering asks, and so does the check: each object is looked through once. */
export function objectHoldsPrivateKey(object: PlatformObject): boolean {
  const known = searched.get(object);
  if (known !== undefined) return known;
  const found = holdsPrivateKey(object.manifest as Json) || holdsPrivateKey(object.text);
  searched.set(object, found);
  return found;
}

/** A mistake for every object that holds a private key: what is rendered is committed, and anyone can read it. */
export function privateKeyMistakes(objects: readonly PlatformObject[]): Mistake[] {
  return objects.filter(objectHoldsPrivateKey).map(({ manifest, source }) => ({
    where: source,
    message: `${describeObject(manifest)} holds a private key, which must not be rendered: keep it in a Secret that is applied from elsewhere, such as secrets/`,
  }));
}
