import { valueAt } from '../objects/json';
import { isCiphertext, isEncrypted } from '../objects/sops';
import type { Problem } from './finding';
import { parsePath } from '../objects/json-path';

/**
 * Whether a problem is one of how SOPS has encrypted an object, and not of the object: its field `sops`, and values that nobody can read here.
 * Whoever applies it decrypts it first.
 */
export function isOfEncryption({ object: { manifest }, path }: Problem): boolean {
  if (!('sops' in manifest) || !isEncrypted(manifest)) return false;
  const steps = parsePath(path);
  return steps[0] === 'sops' || isCiphertext(valueAt(manifest, steps));
}
