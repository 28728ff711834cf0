import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { authorityProblem, keyProblem } from '../objects/certificate-authority';
import { Mistakes } from '../objects/mistakes';
import { holdsPrivateKey } from '../objects/private-key';
import { certificateBlocks } from '../syntax/pem';

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
  return `${certificateBlocks(text).join('\n')}\n`;
}

/**
 * What is wrong with the text of trust anchors, or of other authorities, each in a clause.
 *
 * @param what what the text is to hold, for messages
 */
export function trustAnchorsProblems(text: string, what = 'the trust anchors'): string[] {
  if (holdsPrivateKey(text)) return ['holds a private key, which must not be rendered: leave only certificates in it'];
  const blocks = certificateBlocks(text);
  if (blocks.length === 0) return [`holds no certificate: give ${what} in PEM`];
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
  return authorityProblem(certificate) ?? keyProblem(certificate);
}
