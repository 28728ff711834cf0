import { at, text } from '../objects/json';
import { readYamlValue } from '../yaml/stream';
import type { ReleaseObject } from './release-objects';

/**
 * The certificates that a real release of Linkerd was rendered with, in PEM: as trust anchors, and as the CA of its webhooks.
 * The embedded release is held against it with the same ones. `undefined` if the release has none.
 */
export function caOf(real: readonly ReleaseObject[]): string | undefined {
  for (const { manifest } of real) {
    if (manifest.kind === 'ConfigMap' && manifest.metadata.name === 'linkerd-config') {
      return text(at(readYamlValue(text(at(manifest.data, 'values')) ?? ''), 'identityTrustAnchorsPEM'));
    }
    const bundle = manifest.kind === 'APIService' ? text(at(manifest.spec, 'caBundle')) : undefined;
    if (bundle !== undefined) return Buffer.from(bundle, 'base64').toString();
  }
  return undefined;
}
