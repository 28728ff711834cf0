import '../issue';
import { webcrypto } from 'node:crypto';
import { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, X509CertificateGenerator } from '@peculiar/x509';
import { NOW } from './temporary-identity';

type KeyAlgorithm = webcrypto.EcKeyGenParams | webcrypto.RsaHashedKeyGenParams;

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const P384 = { name: 'ECDSA', namedCurve: 'P-384' };
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/** Certificates that sign themselves and that Linkerd does not take, in PEM. */
export const BAD_AUTHORITIES = {
  'of no authority': (name: string) => selfSigned(name, P256, false),
  'of ECDSA P-384': (name: string) => selfSigned(name, P384, true),
  'of RSA': (name: string) => selfSigned(name, RSA, true),
  'that may not sign': (name: string) => selfSigned(name, P256, true, KeyUsageFlags.digitalSignature),
} as const;

async function selfSigned(
  name: string,
  algorithm: KeyAlgorithm,
  isAuthority: boolean,
  usages?: KeyUsageFlags,
): Promise<string> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    notBefore: NOW,
    notAfter: new Date('2040-01-01T00:00:00Z'),
    keys,
    signingAlgorithm: { ...algorithm, hash: 'SHA-256' },
    extensions: [
      new BasicConstraintsExtension(isAuthority, undefined, true),
      ...(usages === undefined ? [] : [new KeyUsagesExtension(usages, true)]),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}
