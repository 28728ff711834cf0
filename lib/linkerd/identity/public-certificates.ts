import type { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { authorityProblem, keyProblem, pathLength } from '../../objects/certificate-authority';
import { bytesHoldPrivateKey } from '../../objects/private-key';
import { trustAnchorsProblems } from '../../releases/trust-anchors';
import { certificatesIn, fingerprint, isSignedBy, toPem } from './certificate';
import { CHANGE_FILE, journalIn } from './interrupted-change';

/** The files of `certs/` that the platform is rendered from. */
export const PUBLIC_FILES = {
  trustAnchors: 'trust-anchors.pem',
  issuer: 'issuer.pem',
  webhookCa: 'webhook-ca.pem',
} as const;

/** The public halves of an identity. */
export interface PublicCertificates {
  /** The anchor of the issuer comes first. */
  readonly trustAnchors: readonly X509Certificate[];

  /** What the identity service issues the proxies' certificates with. */
  readonly issuer: X509Certificate;

  /** The authorities of the webhooks' certificates. */
  readonly webhookCa: readonly X509Certificate[];
}

/** What is wrong with a file, in a clause. */
export interface FileProblem {
  /** The file's name in its folder. */
  readonly file: string;
  readonly problem: string;
}

/** What a folder holds: certificates that fit together, or all that is wrong with them. */
export type Read =
  | { readonly certificates: PublicCertificates; readonly problems: readonly [] }
  | { readonly certificates?: undefined; readonly problems: readonly FileProblem[] };

/** Reads a folder such as `certs/`. Whether the certificates are valid today plays no part. */
export function readPublicCertificates(folder: string): Read {
  if (journalIn(folder).pending() !== undefined) {
    return {
      problems: [
        { file: CHANGE_FILE, problem: 'npm run certs was killed while it wrote: run it again, which finishes that' },
      ],
    };
  }
  const problems = privateKeys(folder);
  const read = <Value>(file: string, parse: (text: string) => Value | readonly string[]): Value | undefined => {
    const text = textOf(join(folder, file));
    if (text === undefined) {
      problems.push({ file, problem: 'there is no such file: make it with npm run certs' });
      return undefined;
    }
    // What holds a key is told already.
    if (problems.some((known) => known.file === file)) return undefined;
    const parsed = parse(text);
    if (!isProblems(parsed)) return parsed;
    problems.push(...parsed.map((problem) => ({ file, problem })));
    return undefined;
  };

  const trustAnchors = read(PUBLIC_FILES.trustAnchors, (text) => authorities(text));
  const issuer = read(PUBLIC_FILES.issuer, issuerOf);
  const webhookCa = read(PUBLIC_FILES.webhookCa, (text) =>
    authorities(text, "the authority of the webhooks' certificates"),
  );
  if (trustAnchors && issuer && !trustAnchors.found.some((anchor) => isSignedBy(issuer, anchor))) {
    problems.push({
      file: PUBLIC_FILES.issuer,
      problem: `is signed by no certificate of ${PUBLIC_FILES.trustAnchors}: put the anchor that signed it there, or renew the issuer`,
    });
  }
  for (const [index, anchor] of (trustAnchors?.found ?? []).entries()) {
    // An anchor that signs the proxies' certificates itself has none below it.
    if (pathLength(anchor) === 0 && (issuer === undefined || fingerprint(issuer) !== fingerprint(anchor))) {
      problems.push({
        file: PUBLIC_FILES.trustAnchors,
        problem: `certificate ${index + 1} has the path length 0, so that no issuer may stand below it: give an anchor with 1 or more, or without a path length`,
      });
    }
  }
  if (!trustAnchors || !issuer || !webhookCa || problems.length > 0) return { problems };
  return { certificates: { trustAnchors: trustAnchors.found, issuer, webhookCa: webhookCa.found }, problems: [] };
}

/** The trust anchor that signed the issuer. */
export function anchorOf({ trustAnchors, issuer }: PublicCertificates): X509Certificate {
  const anchor = trustAnchors.find((certificate) => isSignedBy(issuer, certificate));
  if (anchor === undefined) throw new Error('the issuer is signed by none of the trust anchors');
  return anchor;
}

/** What the platform is rendered with. */
export function trustOf({ trustAnchors, webhookCa }: PublicCertificates): {
  readonly trustAnchors: string;
  readonly webhookCaBundle: string;
} {
  return { trustAnchors: toPem(trustAnchors), webhookCaBundle: toPem(webhookCa) };
}

/** The text of a file, `undefined` if there is none. */
export function textOf(path: string): string | undefined {
  return existsSync(path) && statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined;
}

const isProblems = (value: unknown): value is readonly string[] => Array.isArray(value);

function privateKeys(folder: string): FileProblem[] {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort() : [];
  return names
    .filter((file) => isFile(join(folder, file)) && bytesHoldPrivateKey(readFileSync(join(folder, file))))
    .map((file) => ({
      file,
      problem:
        'holds a private key, and this folder is committed: take the key out of it and out of the history, and make a new one',
    }));
}

/** Whether it is one; what another process has just removed is none. */
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

function authorities(text: string, what?: string): { readonly found: readonly X509Certificate[] } | readonly string[] {
  const problems = trustAnchorsProblems(text, what);
  return problems.length > 0 ? problems : { found: certificatesIn(text) };
}

function issuerOf(text: string): X509Certificate | readonly string[] {
  let certificates: X509Certificate[];
  try {
    certificates = certificatesIn(text);
  } catch {
    return ['cannot be read: give the certificate in PEM, as it was issued'];
  }
  const [issuer, ...others] = certificates;
  if (issuer === undefined) return ["holds no certificate: give the issuer's in PEM"];
  if (others.length > 0) return [`holds ${certificates.length} certificates: leave only the issuer's`];
  const problems = [authorityProblem(issuer), keyProblem(issuer)].filter((problem) => problem !== undefined);
  return problems.length > 0 ? problems : issuer;
}
