import type { X509Certificate } from 'node:crypto';

/** Why a certificate is of no authority that may sign certificates, in a clause; `undefined` if it is. */
export function authorityProblem(certificate: X509Certificate): string | undefined {
  if (certificate.ca) return undefined;
  const usages = extension(certificate, EXTENSIONS.keyUsage);
  // A bit string: its tag, its length, how many bits of its last byte are unused, and the bits.
  return usages !== undefined && ((usages[3] ?? 0) & KEY_CERT_SIGN) === 0
    ? 'may not sign certificates: its key usage needs keyCertSign'
    : 'is not of a certificate authority: it needs the basic constraint CA';
}

/** How many authorities may stand below an authority (RFC 5280, 4.2.1.9); `undefined`: any number. */
export function pathLength(certificate: X509Certificate): number | undefined {
  // A sequence: its tag, its length, and then both optional a truth value of three bytes and a number.
  const constraints = extension(certificate, EXTENSIONS.basicConstraints)?.subarray(2);
  const number = constraints?.subarray(constraints[0] === TAG.boolean ? 3 : 0);
  return number?.[0] === TAG.integer ? number.readUIntBE(2, Math.min(number[1] ?? 1, 6)) : undefined;
}

/** Tags and identifiers of DER. */
const TAG = { boolean: 0x01, integer: 0x02, octets: 0x04 } as const;
const EXTENSIONS = {
  keyUsage: Buffer.from('0603551d0f', 'hex'),
  basicConstraints: Buffer.from('0603551d13', 'hex'),
} as const;
const KEY_CERT_SIGN = 0x04;

/** The value of an extension, which Node does not tell: behind its identifier stands whether it is critical, if it is, and the value. */
function extension({ raw }: X509Certificate, identifier: Buffer): Buffer | undefined {
  const found = raw.indexOf(identifier);
  if (found === -1) return undefined;
  const behind = raw.subarray(found + identifier.length);
  const value = behind.subarray(behind[0] === TAG.boolean ? 3 : 0);
  return value[0] === TAG.octets ? value.subarray(2, 2 + (value[1] ?? 0)) : undefined;
}

/** The key of a certificate's kind that Linkerd takes; otherwise which one it is. */
export function keyProblem({ publicKey }: X509Certificate): string | undefined {
  const curve = publicKey.asymmetricKeyDetails?.namedCurve;
  if (curve === 'prime256v1') return undefined;
  return `has a key of ${curve ?? publicKey.asymmetricKeyType ?? 'an unknown kind'}: Linkerd takes ECDSA P-256 only`;
}
