import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Mistakes } from '../objects/mistakes';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Reads the trust anchors of a mesh: certificates in PEM, no keys. Linkerd takes ECDSA P-256 only.
 *
 * @throws Mistakes all that is wrong with the file
 */
export function readTrustAnchors(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Mistakes([{ where: file, message: `cannot be read: ${(error as NodeJS.ErrnoException).code ?? ''}` }]);
  }
  const problems = trustAnchorsProblems(text);
  if (problems.length > 0) throw new Mistakes(problems.map((message) => ({ where: file, message })));
  return `${(text.match(CERTIFICATE) ?? []).join('\n')}\n`;
}

/** What is wrong with the text of trust anchors, each in a clause. */
export function trustAnchorsProblems(text: string): string[] {
  if (text.includes('PRIVATE KEY'))
    return ['holds a private key, which must not be rendered: leave only certificates in it'];
  const blocks = text.match(CERTIFICATE) ?? [];
  if (blocks.length === 0) return ['holds no certificate: give the trust anchors in PEM'];
  return blocks.flatMap((block, index) => {
    const problem = certificateProblem(block);
    return problem === undefined ? [] : [`certificate ${index + 1} ${problem}`];
  });
}

function certificateProblem(pem: string): string | undefined {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    return 'cannot be read: give it in PEM, as it was issued';
  }
  const { ca, publicKey } = certificate;
  const curve = publicKey.asymmetricKeyDetails?.namedCurve;
  if (!ca) return 'is not of a certificate authority: a trust anchor needs the basic constraint CA';
  if (curve !== 'prime256v1') {
    return `has a key of ${curve ?? publicKey.asymmetricKeyType ?? 'an unknown kind'}: Linkerd takes ECDSA P-256 only`;
  }
  return undefined;
}
