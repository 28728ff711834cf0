import type { Json, PlatformObject } from './manifest';
import { describeObject } from './manifest';
import type { Mistake } from './mistakes';

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;

/** What may be base64, also in the midst of a text such as a values document. The first line of a key has more letters than that. */
const BASE64 = /[A-Za-z0-9+/]{32,}={0,2}/g;

/** Whether a private key stands anywhere in a value: as PEM, or as base64 of a text with PEM in it. */
export function holdsPrivateKey(value: Json | undefined): boolean {
  if (typeof value === 'string') {
    const decoded = (value.match(BASE64) ?? []).map((run) => Buffer.from(run, 'base64').toString('latin1'));
    return [value, ...decoded].some((text) => PRIVATE_KEY.test(text));
  }
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsPrivateKey);
}

/** A mistake for every object that holds a private key: what is rendered is committed, and anyone can read it. */
export function privateKeyMistakes(objects: readonly PlatformObject[]): Mistake[] {
  return objects
    .filter(({ manifest, text }) => holdsPrivateKey(manifest as Json) || holdsPrivateKey(text))
    .map(({ manifest, source }) => ({
      where: source,
      message: `${describeObject(manifest)} holds a private key, which must not be rendered: keep it in a Secret that is applied from elsewhere, such as secrets/`,
    }));
}
