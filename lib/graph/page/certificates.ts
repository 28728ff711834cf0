import { X509Certificate } from 'node:crypto';
import type { PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import { stringsWithin } from '../read';

/** A certificate that stands in an object, as facts: what has expired depends on when one asks. */
export interface CertificateFact {
  readonly subject: string;
  readonly issuer: string;

  /** Names and addresses that it is for. */
  readonly names: readonly string[];
  readonly isAuthority: boolean;

  /** In UTC, as ISO 8601 has it. */
  readonly validFrom: string;
  readonly validUntil: string;
  readonly sha256: string;

  /** The objects that it stands in. */
  readonly objects: readonly string[];
}

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
const BASE64_OF_PEM = /^LS0tLS1CRUdJTi[A-Za-z0-9+/=\s]+$/;

/** The certificates in all objects, each once. What is no certificate is left out. */
export function certificatesOf(objects: readonly PlatformObject[]): CertificateFact[] {
  const found = new Map<string, CertificateFact>();
  for (const { manifest } of objects) {
    for (const pem of stringsWithin(manifest).flatMap(pemsIn)) {
      const fact = factOf(pem);
      if (fact === undefined) continue;
      const object = describeObject(manifest);
      const before = found.get(fact.sha256)?.objects ?? [];
      found.set(fact.sha256, { ...fact, objects: [...new Set([...before, object])] });
    }
  }
  return [...found.values()].sort((a, b) => compare(a.subject, b.subject) || compare(a.sha256, b.sha256));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function pemsIn(text: string): string[] {
  const decoded = BASE64_OF_PEM.test(text) ? Buffer.from(text, 'base64').toString('utf8') : text;
  return [...decoded.matchAll(PEM)].map(([pem]) => pem);
}

function factOf(pem: string): Omit<CertificateFact, 'objects'> | undefined {
  const body = pem.replace(/-----[A-Z ]+-----|\s/g, '');
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(Buffer.from(body, 'base64'));
  } catch {
    return undefined;
  }
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: (certificate.subjectAltName ?? '').split(', ').filter((name) => name !== ''),
    isAuthority: certificate.ca,
    validFrom: new Date(certificate.validFrom).toISOString(),
    validUntil: new Date(certificate.validTo).toISOString(),
    sha256: certificate.fingerprint256,
  };
}

const oneLine = (name: string): string => name.split('\n').join(', ');
