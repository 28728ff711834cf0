import { at } from './json';

/** A value as SOPS writes it. Source: sops 3.9 `aes/cipher.go`. */
const CIPHERTEXT = /^ENC\[AES256_GCM,data:[^,]*,iv:[^,]*,tag:[^,]*,type:\w+\]$/;

/** Whether a value is one that SOPS has encrypted. */
export const isCiphertext = (value: unknown): boolean => typeof value === 'string' && CIPHERTEXT.test(value);

/**
 * Whether SOPS has encrypted a document: it adds a field `sops`, with who can decrypt it and a code over all values. Source: sops 3.9
 * `stores/stores.go`.
 */
export function isEncrypted(document: unknown): boolean {
  return isCiphertext(at(document, 'sops', 'mac'));
}
