import type { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Mistake } from '../../objects/mistakes';
import { certificatesIn, commonName, fingerprint, isKeyOf, isSignedBy, privateKeyIn, validity } from './certificate';
import { ISSUER_SECRET } from './authority-names';
import type { IdentityFolders } from './identity-folders';
import { certsPath, secretFile, secretsPath, serverFile } from './identity-folders';
import type { PublicCertificates } from './public-certificates';
import { PUBLIC_FILES, readPublicCertificates, textOf } from './public-certificates';
import type { Rotation } from './rotate-anchor';
import { NEXT_STEP, rotationOf } from './rotate-anchor';
import { isSampleCertificate } from './sample';
import { readTlsSecret } from './secret-file';
import { daysBetween } from './lifetime';
import { hostOf, WEBHOOK_SERVICES } from './webhook-services';

export type ValidityState = 'valid' | 'expires soon' | 'expired' | 'not yet valid';

/** A certificate of an identity, and how long it is still valid. */
export interface InspectedCertificate {
  /** From the project's folder on. */
  readonly file: string;
  readonly name: string;
  readonly sha256: string;
  readonly from: Date;
  readonly to: Date;

  /** Whole days until it expires; below zero if it has. */
  readonly days: number;
  readonly state: ValidityState;
}

/** What an identity is made of, and what is wrong with it. */
export interface InspectedIdentity {
  readonly certificates: readonly InspectedCertificate[];
  readonly problems: readonly Mistake[];

  /** `undefined` where the files do not fit together, or hold more than two trust anchors. */
  readonly rotation: Rotation | undefined;
}

/** Looks at every certificate of an identity, and at the Secrets where they are there: what expires when, and what does not fit. */
export function inspectIdentity(folders: IdentityFolders, now: Date, withinMilliseconds: number): InspectedIdentity {
  const { certs } = folders;
  const { certificates, problems } = readPublicCertificates(certsPath(folders));
  if (certificates === undefined) {
    const wrong = problems.map(({ file, problem }) => ({ where: join(certs, file), message: problem }));
    return { certificates: [], problems: wrong, rotation: undefined };
  }
  const soon = new Date(now.getTime() + withinMilliseconds);
  const servers = readServers(folders, certificates);
  const rotation = rotationOf(certificates);
  const found = [
    ...certificates.trustAnchors.map((certificate) => ({
      file: PUBLIC_FILES.trustAnchors,
      certificate,
      renewal: rotation === undefined ? 'rotate-anchor' : `rotate-anchor --step ${NEXT_STEP[rotation]}`,
    })),
    { file: PUBLIC_FILES.issuer, certificate: certificates.issuer, renewal: 'renew-issuer' },
    ...certificates.webhookCa.map((certificate, index) => ({
      file: PUBLIC_FILES.webhookCa,
      certificate,
      // One that is not the first is of before, and goes with the next renewal.
      renewal: index === 0 ? 'renew-webhooks --new-webhook-ca' : 'renew-webhooks',
    })),
    ...servers.certificates.map((server) => ({ ...server, renewal: 'renew-webhooks' })),
  ].map(({ file, certificate, renewal }) => ({
    inspected: { ...inspect(certificate, now, soon), file: join(certs, file) },
    renewal,
  }));
  const sample = [...certificates.trustAnchors, certificates.issuer, ...certificates.webhookCa].some(
    isSampleCertificate,
  );
  return {
    certificates: found.map(({ inspected }) => inspected),
    problems: [
      ...(sample
        ? [{ where: certs, message: 'holds the sample, whose keys are gone: make your own with npm run certs' }]
        : []),
      ...servers.problems,
      ...secretProblems(folders, certificates.issuer, ISSUER_SECRET, PUBLIC_FILES.issuer),
      ...found
        .filter(({ inspected }) => inspected.state !== 'valid')
        .map(({ inspected, renewal }) => expiryProblem(inspected, renewal)),
    ],
    rotation,
  };
}

function inspect(certificate: X509Certificate, now: Date, soon: Date): Omit<InspectedCertificate, 'file'> {
  const { from, to } = validity(certificate);
  const state = to <= now ? 'expired' : from > now ? 'not yet valid' : to <= soon ? 'expires soon' : 'valid';
  return {
    name: commonName(certificate),
    sha256: fingerprint(certificate),
    from,
    to,
    days: daysBetween(now, to),
    state,
  };
}

function expiryProblem({ file, name, days, state }: InspectedCertificate, renewal: string): Mistake {
  const what = state === 'expires soon' ? `expires in ${days} days` : `is ${state}`;
  const fix = state === 'not yet valid' ? 'set the clock right, or wait' : `npm run certs -- ${renewal}`;
  return { where: file, message: `${name} ${what}: ${fix}` };
}

interface Servers {
  readonly certificates: readonly { readonly file: string; readonly certificate: X509Certificate }[];
  readonly problems: readonly Mistake[];
}

/** viz may be left out; what is there must be of the webhooks' authority, and its Secret must be of it. */
function readServers(folders: IdentityFolders, { webhookCa }: PublicCertificates): Servers {
  const certificates: { file: string; certificate: X509Certificate }[] = [];
  const problems: Mistake[] = [];
  for (const service of WEBHOOK_SERVICES) {
    const file = serverFile(service.service);
    const where = join(folders.certs, file);
    const path = join(certsPath(folders), file);
    if (!existsSync(path)) continue;
    const certificate = firstCertificate(textOf(path) ?? '');
    if (certificate === undefined) {
      problems.push({ where, message: 'holds no certificate that can be read: make it anew with renew-webhooks' });
      continue;
    }
    certificates.push({ file, certificate });
    if (!webhookCa.some((authority) => isSignedBy(certificate, authority))) {
      problems.push({
        where,
        message: `is signed by no certificate of ${PUBLIC_FILES.webhookCa}: renew it with renew-webhooks`,
      });
    }
    if (certificate.checkHost(hostOf(service)) === undefined) {
      problems.push({ where, message: `is not for ${hostOf(service)}: renew it with renew-webhooks` });
    }
    problems.push(...secretProblems(folders, certificate, service.secret, file));
  }
  return { certificates, problems };
}

/** What is wrong with the Secret of a certificate. There is none where the identity was made on another machine. */
function secretProblems(
  folders: IdentityFolders,
  certificate: X509Certificate,
  secret: string,
  file: string,
): Mistake[] {
  const where = join(folders.secrets, secretFile(secret));
  const text = textOf(join(secretsPath(folders), secretFile(secret)));
  if (text === undefined) return [];
  const pair = readTlsSecret(text);
  const key = pair === undefined ? undefined : privateKeyIn(pair.key);
  const own = pair === undefined ? undefined : firstCertificate(pair.certificate);
  if (key === undefined || own === undefined) {
    return [{ where, message: 'is no Secret with a certificate and a key: make it anew, or delete it' }];
  }
  return [
    ...(isKeyOf(key, own)
      ? []
      : [{ where, message: 'holds a key that is not the key of its certificate: make it anew' }]),
    ...(fingerprint(own) === fingerprint(certificate)
      ? []
      : [
          {
            where,
            message: `holds another certificate than ${join(folders.certs, file)}: it is of an earlier one, delete it or make it anew`,
          },
        ]),
  ];
}

function firstCertificate(pem: string): X509Certificate | undefined {
  try {
    return certificatesIn(pem)[0];
  } catch {
    return undefined;
  }
}
