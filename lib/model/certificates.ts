import { X509Certificate } from 'node:crypto';
import type { JsonPath, PlatformObject } from '../objects/manifest';
import { certificateBlocks } from '../syntax/pem';
import { pathText } from '../objects/json-path';

/** A certificate in an object. */
export interface FoundCertificate {
  readonly object: PlatformObject;
  readonly path: string;
  readonly certificate: X509Certificate;
}

/** How PEM begins in base64. */
const ENCODED = /LS0tLS1CRUdJTiBDRVJUSUZJ[A-Za-z0-9+/=]+/g;

/** The certificates anywhere in an object, in PEM or in base64 of it, each once. One that cannot be read is left out. */
export function certificatesIn(object: PlatformObject): FoundCertificate[] {
  const found = new Map<string, FoundCertificate>();
  for (const { path, text } of textsIn(object.manifest, [])) {
    for (const block of blocksIn(text)) {
      const certificate = readCertificate(block);
      if (certificate !== undefined && !found.has(certificate.fingerprint256)) {
        found.set(certificate.fingerprint256, { object, path: pathText(path), certificate });
      }
    }
  }
  return [...found.values()];
}

/** The DNS names that a certificate is for. */
export function dnsNamesOf({ subjectAltName }: X509Certificate): string[] {
  return [...(subjectAltName ?? '').matchAll(/DNS:([^,\s]+)/g)].map(([, name = '']) => name);
}

/** The common name of a certificate's subject, or its whole subject if it has none. */
export const subjectOf = ({ subject }: X509Certificate): string => /^CN=(.*)$/m.exec(subject)?.[1] ?? subject;

/** Certificates stand in texts of many lines, also indented within a document. */
function blocksIn(text: string): string[] {
  const decoded = (text.match(ENCODED) ?? []).map((encoded) => Buffer.from(encoded, 'base64').toString('latin1'));
  return [text, ...decoded].flatMap((pem) => certificateBlocks(pem).map((block) => block.replace(/^[ \t]+/gm, '')));
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function* textsIn(value: unknown, path: JsonPath): Iterable<{ readonly path: JsonPath; readonly text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* textsIn(item, [...path, index]);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) yield* textsIn(child, [...path, key]);
  }
}
