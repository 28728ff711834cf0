import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { certificateBlocks } from '../../syntax/pem';

/**
 * The certificates of a text in PEM.
 *
 * @throws Error if one cannot be read
 */
export function certificatesIn(pem: string): X509Certificate[] {
  return certificateBlocks(pem).map((block) => new X509Certificate(block));
}

/** Certificates as files of this repository hold them: in PEM, one after the other, with a line break at the end. */
export function toPem(certificates: readonly X509Certificate[]): string {
  return certificates.map((certificate) => `${certificate.toString().trim()}\n`).join('');
}

/** Whether one certificate was signed by the key of another, whose name it carries as its issuer's. */
export function isSignedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}

/** SHA-256 of a certificate, in lower-case hexadecimal digits. */
export const fingerprint = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase();

/** The common name of a certificate's subject, or its whole subject if it has none. */
export const commonName = ({ subject }: X509Certificate): string => /^CN=(.*)$/m.exec(subject)?.[1] ?? subject;

/** From when and until when a certificate is valid. */
export function validity({ validFrom, validTo }: X509Certificate): { readonly from: Date; readonly to: Date } {
  return { from: new Date(validFrom), to: new Date(validTo) };
}

/** A private key in PEM, `undefined` if the text holds none that can be read. */
export function privateKeyIn(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

/** Whether a private key is that of a certificate. */
export function isKeyOf(key: KeyObject, { publicKey }: X509Certificate): boolean {
  return createPublicKey(key).equals(publicKey);
}
