import type { Manifest } from './manifest';

/** A value as SOPS writes it. Source: sops 3.9 `aes/cipher.go`. */
const CIPHERTEXT = /^ENC\[AES256_GCM,data:[^,]*,iv:[^,]*,tag:[^,]*,type:\w+\]$/;

/** Whether a value is one that SOPS has encrypted. */
export const isCiphertext = (value: unknown): boolean => typeof value === 'string' && CIPHERTEXT.test(value);

/**
 * Whether SOPS has encrypted a document: it adds a field `sops`, with who can decrypt it and a code over all values. Source: sops 3.9
 * `stores/stores.go`.
 */
export function isEncrypted(document: unknown): boolean {
  if (typeof document !== 'object' || document === null) return false;
  const { sops } = document as { readonly sops?: unknown };
  if (typeof sops !== 'object' || sops === null) return false;
  return isCiphertext((sops as { readonly mac?: unknown }).mac);
}

/** Whether not even what an object is can be read. */
export function isNameless(manifest: Manifest): boolean {
  const { apiVersion, kind, metadata } = manifest;
  return [apiVersion, kind, metadata.name, metadata.namespace].some(isCiphertext);
}
