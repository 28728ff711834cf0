// The library finds its algorithms by metadata of their classes.
import 'reflect-metadata';
import { createPrivateKey, webcrypto } from 'node:crypto';
import type { Extension, X509Certificate } from '@peculiar/x509';

/** A certificate and its private key, both in PEM; the key in PKCS #8, which each of Linkerd's programs can read. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** From when and until when a certificate is valid, to the second. */
export interface Validity {
  readonly from: Date;
  readonly to: Date;
}

/** Linkerd takes no other. */
const ECDSA_P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** It takes a while to load, and most commands make no certificates. */
const library = () => import('@peculiar/x509');
type Library = Awaited<ReturnType<typeof library>>;

/** An authority may sign, and nothing else. */
const authorityExtensions = (x509: Library, pathLength: number): Extension[] => [
  new x509.BasicConstraintsExtension(true, pathLength, true),
  new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
];

/** A certificate authority that signs itself. At most `pathLength` other authorities stand between it and what they issue for. */
export async function newAuthority(name: string, validity: Validity, pathLength: number): Promise<KeyPair> {
  const x509 = await library();
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }],
    notBefore: validity.from,
    notAfter: validity.to,
    keys,
    signingAlgorithm: ECDSA_P256,
    extensions: [
      ...authorityExtensions(x509, pathLength),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return await keyPair(x509, certificate, keys);
}

/** A certificate authority below another one, which issues no further authorities. */
export async function newIntermediate(name: string, validity: Validity, signer: KeyPair): Promise<KeyPair> {
  return await issue(name, validity, signer, (x509) => authorityExtensions(x509, 0));
}

/** The certificate of a server that is called by one host name. */
export async function newServerCertificate(host: string, validity: Validity, signer: KeyPair): Promise<KeyPair> {
  return await issue(host, validity, signer, (x509) => [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
  ]);
}

async function issue(
  name: string,
  validity: Validity,
  signer: KeyPair,
  extensions: (x509: Library) => Extension[],
): Promise<KeyPair> {
  const x509 = await library();
  const keys = await newKeys();
  const authority = new x509.X509Certificate(signer.certificate);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: [{ CN: [name] }],
    issuer: authority.subjectName,
    notBefore: validity.from,
    notAfter: validity.to,
    publicKey: keys.publicKey,
    signingKey: await signingKey(signer.key),
    signingAlgorithm: ECDSA_P256,
    extensions: [
      ...extensions(x509),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await authorityKeyIdentifier(x509, authority),
    ],
  });
  return await keyPair(x509, certificate, keys);
}

/** An authority that was made elsewhere may name its key in its own way. */
async function authorityKeyIdentifier(x509: Library, authority: X509Certificate): Promise<Extension> {
  const own = authority.getExtension(x509.SubjectKeyIdentifierExtension);
  if (own !== null) return new x509.AuthorityKeyIdentifierExtension(own.keyId);
  return await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey);
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ECDSA_P256, true, ['sign', 'verify']);

function signingKey(pem: string): Promise<webcrypto.CryptoKey> {
  const pkcs8 = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' });
  return webcrypto.subtle.importKey('pkcs8', pkcs8, ECDSA_P256, false, ['sign']);
}

async function keyPair(
  { PemConverter }: Library,
  certificate: X509Certificate,
  { privateKey }: webcrypto.CryptoKeyPair,
): Promise<KeyPair> {
  const key = await webcrypto.subtle.exportKey('pkcs8', privateKey);
  return { certificate: `${certificate.toString('pem')}\n`, key: `${PemConverter.encode(key, 'PRIVATE KEY')}\n` };
}
