import { isMapping } from '../objects/json';
import type { Json, Manifest } from '../objects/manifest';
import { holdsPrivateKey } from '../objects/private-key';
import { LAST_APPLIED } from '../objects/server-fields';
import { without } from '../objects/without';
import type { Difference } from './object-diff';

/** What stands for a value that nobody is to read. */
export const MASK = '(masked)';

/**
 * A manifest without what is not its content: kubectl's copy of it, and for a Secret the two ways to write a value (`stringData` in clear, which
 * goes over `data`, in base64).
 */
export function withPlainSecrets(manifest: Manifest): Manifest {
  const metadata = withoutCopy(manifest.metadata);
  const { stringData, data = {}, ...others } = manifest;
  // Of another shape they are compared as they stand.
  if (!isSecret(manifest) || !isMapping(stringData) || !isMapping(data)) return { ...manifest, metadata };
  const plain = Object.entries(stringData).map(
    ([key, value]) => [key, typeof value === 'string' ? Buffer.from(value).toString('base64') : value] as const,
  );
  const both = Object.fromEntries([...Object.entries(data), ...plain]) as Record<string, Json>;
  return { ...others, apiVersion: manifest.apiVersion, kind: manifest.kind, metadata, data: both };
}

function withoutCopy(metadata: Manifest['metadata']): Manifest['metadata'] {
  const { annotations } = metadata;
  if (!isMapping(annotations) || !Object.hasOwn(annotations, LAST_APPLIED)) return metadata;
  return { ...metadata, annotations: without(annotations, LAST_APPLIED) };
}

/** A difference in which no value of a Secret stands, and no private key, wherever it was found. */
export function maskedDifference(
  manifest: Manifest,
  difference: Difference,
): Difference & { readonly masked: boolean } {
  const secret = isSecret(manifest) && VALUES.includes(difference.path[0]);
  const { from, to } = difference;
  const masked = secret || holdsPrivateKey(from) || holdsPrivateKey(to);
  if (!masked) return { ...difference, masked };
  return { ...difference, from: from === undefined ? from : MASK, to: to === undefined ? to : MASK, masked };
}

/** Where a Secret's values stand, an object as a whole among it. */
const VALUES: readonly (string | undefined)[] = ['data', 'stringData', undefined];

const isSecret = ({ apiVersion, kind }: Manifest): boolean => apiVersion === 'v1' && kind === 'Secret';
