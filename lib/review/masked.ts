import type { Json, Manifest } from '../objects/manifest';
import { holdsPrivateKey } from '../objects/private-key';
import { LAST_APPLIED } from '../objects/server-fields';
import type { Difference } from './object-diff';

/** What stands for a value that nobody is to read. */
export const MASK = '(masked)';

/**
 * A manifest without what is not its content: kubectl's copy of it, and for a Secret the two ways to write a value (`stringData` in clear, which
 * goes over `data`, in base64).
 */
export function withPlainSecrets(manifest: Manifest): Manifest {
  const { [LAST_APPLIED]: copy, ...annotations } = manifest.metadata.annotations ?? {};
  const metadata = copy === undefined ? manifest.metadata : { ...manifest.metadata, annotations };
  const { stringData, ...others } = manifest;
  if (!isSecret(manifest) || stringData === undefined) return { ...manifest, metadata };
  const data: Record<string, Json> = { ...(manifest.data as Record<string, Json> | undefined) };
  for (const [key, value] of Object.entries(stringData as Record<string, string>)) {
    data[key] = Buffer.from(value).toString('base64');
  }
  return { ...others, apiVersion: manifest.apiVersion, kind: manifest.kind, metadata, data };
}

/** A difference in which no value of a Secret stands, and no private key, wherever it was found. */
export function maskedDifference(
  manifest: Manifest,
  difference: Difference,
): Difference & { readonly masked: boolean } {
  const secret = isSecret(manifest) && (difference.path.length === 0 || difference.path[0] === 'data');
  const { from, to } = difference;
  const masked = secret || holdsPrivateKey(from) || holdsPrivateKey(to);
  if (!masked) return { ...difference, masked };
  return { ...difference, from: from === undefined ? from : MASK, to: to === undefined ? to : MASK, masked };
}

const isSecret = ({ apiVersion, kind }: Manifest): boolean => apiVersion === 'v1' && kind === 'Secret';
