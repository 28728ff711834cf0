import type { X509Certificate } from 'node:crypto';
import { at, text } from '../../objects/json';
import type { PlatformObject } from '../../objects/manifest';
import { TRUST_ROOTS } from '../proxy/env';
import { certificatesIn, fingerprint } from './certificate';

/**
 * SHA-256 of each certificate of the sample that the repository comes with, so that a fresh clone renders. Their keys were
 * deleted when they were made: nothing can be started with them.
 */
const SAMPLE: ReadonlySet<string> = new Set([
  '3447106de40c5671ec4d9a29fb4bcceabd41fe802b1453e92858484f36f1ae3b',
  '868abc6b36a3babddb5c39549ff6d3552276a8a24b50a4e133b48e07b630133b',
  '6f7e6238fb0cf3e3b923ca9b3d3920183f1554b9c42acb68efbe4a1f2b9ff7f6',
  '9f9fcd5463b851abeeb659344c2c18bc64c8369e72eac40fc46bb0ae02c61731',
  '26241aa7e1a3947b4f5ce23271b799fd005b84ffc0dd9f359d25ff987e1aa3b7',
  '651d516307b29c292fd7adb1ee34cbe646b496b6a7d3ef535b6f2a625beade12',
  '8a5f5a74ef895d5c35ab57af399ea664396296355a7f1414d4c36e0eaceea1a7',
  '4754182445c881e3b6478609349957471f61b9e5a2ee23da5f4770249dfd7a51',
]);

/** Whether a certificate is of the sample. */
export const isSampleCertificate = (certificate: X509Certificate): boolean => SAMPLE.has(fingerprint(certificate));

/** Whether a text holds a certificate of the sample in PEM. */
export const holdsSample = (pem: string): boolean => certificatesIn(pem).some(isSampleCertificate);

/** Whether the mesh of a platform would trust the sample: such objects must not be applied to a cluster. */
export function rendersSample(objects: readonly PlatformObject[]): boolean {
  return objects.some(({ manifest: { kind, metadata, data } }) => {
    const isTrustRoots = kind === 'ConfigMap' && metadata.name === TRUST_ROOTS.configMap;
    const pem = isTrustRoots ? text(at(data, TRUST_ROOTS.key)) : undefined;
    return pem !== undefined && holdsSample(pem);
  });
}
