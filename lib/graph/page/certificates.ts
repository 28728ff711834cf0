import type { X509Certificate } from 'node:crypto';
import { certificatesIn } from '../../model/certificates';
import type { PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';

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

/** The certificates in all objects, each once. What is no certificate is left out. */
export function certificatesOf(objects: readonly PlatformObject[]): CertificateFact[] {
  const found = new Map<string, { readonly certificate: X509Certificate; readonly objects: Set<string> }>();
  for (const object of objects) {
    for (const { certificate } of certificatesIn(object)) {
      const { objects: names } = found.get(certificate.fingerprint256) ?? { objects: new Set<string>() };
      found.set(certificate.fingerprint256, { certificate, objects: names.add(describeObject(object.manifest)) });
    }
  }
  return [...found.values()]
    .map(({ certificate, objects: names }) => ({ ...factOf(certificate), objects: [...names] }))
    .sort((a, b) => compare(a.subject, b.subject) || compare(a.sha256, b.sha256));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function factOf(certificate: X509Certificate): Omit<CertificateFact, 'objects'> {
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
