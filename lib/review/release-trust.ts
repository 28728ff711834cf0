import { parse } from 'yaml';
import type { ReleaseObject } from './release-objects';

/**
 * The certificates that a real release of Linkerd was rendered with, in PEM: as trust anchors, and as the CA of its webhooks.
 * The embedded release is held against it with the same ones. `undefined` if the release has none.
 */
export function caOf(real: readonly ReleaseObject[]): string | undefined {
  for (const { manifest } of real) {
    if (manifest.kind === 'ConfigMap' && manifest.metadata.name === 'linkerd-config') {
      const { values } = manifest.data as { values: string };
      return (parse(values) as { identityTrustAnchorsPEM: string }).identityTrustAnchorsPEM;
    }
    const bundle = manifest.kind === 'APIService' ? (manifest.spec as { caBundle?: string }).caBundle : undefined;
    if (bundle !== undefined) return Buffer.from(bundle, 'base64').toString();
  }
  return undefined;
}
