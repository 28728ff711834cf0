import { createHash } from 'node:crypto';
import type { Json, PlatformObject } from '../lib/objects/manifest';
import { describeObject } from '../lib/objects/manifest';
import { TRUST_ROOT_ANNOTATION } from '../lib/linkerd/trust-root';
import { toYaml } from '../lib/render/yaml';

/** A line an object, with its file, kind, name and the SHA-256 of its YAML: for a snapshot of what `dist/` shows in full. */
export function inventory(objects: readonly PlatformObject[]): string[] {
  return objects.map(({ manifest, phase, text = toYaml(manifest as Json) }) => {
    const hash = createHash('sha256').update(text).digest('hex');
    return `${phase} ${describeObject(manifest)} ${hash}`;
  });
}

const CERTIFICATES = /(-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\s*)+/g;
const BASE64_OF_CERTIFICATES = /LS0tLS1CRUdJTi[A-Za-z0-9+/=]+/g;

/** Objects with a constant for every certificate and every sum of trust anchors: whose mesh it is then plays no part. */
export function withoutCertificates(objects: readonly PlatformObject[]): PlatformObject[] {
  const strip = (value: Json, key: string): Json => {
    if (typeof value === 'string') {
      if (key === TRUST_ROOT_ANNOTATION) return '<sum>';
      return value.replace(CERTIFICATES, '<certificates>').replace(BASE64_OF_CERTIFICATES, '<base64>');
    }
    if (Array.isArray(value)) return value.map((member) => strip(member, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, strip(member, name)]));
  };
  return objects.map((object) => ({
    ...object,
    manifest: strip(object.manifest as Json, '') as PlatformObject['manifest'],
  }));
}
