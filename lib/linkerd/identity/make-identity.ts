import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Mistakes } from '../../objects/mistakes';
import { LINKERD_NAMESPACE } from '../control-plane/namespace';
import { AUTHORITY_NAMES, ISSUER_SECRET } from './authority-names';
import { certificatesIn } from './certificate';
import { validityOf } from './certificate-validity';
import type { IdentityChange, IdentityFile } from './identity-change';
import type { IdentityFolders } from './identity-folders';
import { certsPath, KEYS, secretFile, secretsPath, serverFile } from './identity-folders';
import type { KeyPair, Validity } from './issue';
import { newAuthority, newIntermediate } from './issue';
import { PUBLIC_FILES, textOf } from './public-certificates';
import { isSampleCertificate } from './sample';
import { keyFile, tlsSecretYaml } from './secret-file';
import { newServerCertificates } from './server-certificates';
import type { WebhookService } from './webhook-services';
import { WEBHOOK_SERVICES } from './webhook-services';

/** How long certificates are valid, for example `36h`, `90d` or `10y`. */
export interface Lifetimes {
  /** A new anchor needs three restarts of all that is meshed: it is to be rare. */
  readonly anchor: string;

  /** A new issuer needs no restart, only someone who brings the anchor's key. */
  readonly issuer: string;

  /** The authority of the webhooks' certificates. Its key can be lost without harm: a new one is two commands. */
  readonly webhookCa: string;

  /** The webhooks' certificates. New ones need no restart. While they are expired, no pod of a meshed namespace is created. */
  readonly webhook: string;
}

/** What suits most: nothing has to be done by hand more than once a year. */
export const DEFAULT_LIFETIMES: Lifetimes = { anchor: '10y', issuer: '1y', webhookCa: '10y', webhook: '1y' };

/** At most one authority, the issuer, between the trust anchor and the proxies; none between the webhooks and theirs. */
const PATH_LENGTHS = { trustAnchor: 1, webhookCa: 0 } as const;

export interface MakeIdentityProps {
  readonly folders: IdentityFolders;
  readonly lifetimes: Lifetimes;

  /** The services that get certificates. */
  readonly services: readonly WebhookService[];
  readonly now: Date;
}

/**
 * A new identity: trust anchor, issuer, and the webhooks' authority and certificates.
 *
 * @throws Mistakes if it would take the place of anything but the sample, or if a lifetime is wrong
 */
export async function makeIdentity({ folders, lifetimes, services, now }: MakeIdentityProps): Promise<IdentityChange> {
  const anchor = await newTrustAnchor(validityOf('trust anchor', lifetimes.anchor, now));
  const issuer = await newIssuer(anchor, lifetimes.issuer, now);
  const webhookCa = await newWebhookCa(lifetimes.webhookCa, now);
  const servers = await newServerCertificates(webhookCa, services, lifetimes.webhook, now);
  const change: IdentityChange = {
    certs: [
      { file: PUBLIC_FILES.trustAnchors, text: anchor.certificate },
      { file: PUBLIC_FILES.issuer, text: issuer.certificate },
      { file: PUBLIC_FILES.webhookCa, text: webhookCa.certificate },
      ...servers.certs,
    ],
    secrets: [
      authorityKey('trust-anchor', anchor),
      authorityKey('webhook-ca', webhookCa),
      issuerSecret(issuer, anchor),
      ...servers.secrets,
    ],
    removed: unusedSamples(services, folders),
    next: [
      `Move the files of ${join(folders.secrets, KEYS)}/ to a safe place, such as a vault. No cluster needs them, and whoever has the trust anchor's can take any identity of the mesh.`,
      `Render with npm run synth, and commit ${folders.certs}/ and dist/.`,
      `On a new cluster: kubectl apply -f dist/00-namespaces.yaml -f ${folders.secrets}/, and then the rest of dist/.`,
      'A running mesh with other trust anchors must not get these at once: rotate its anchor instead.',
    ],
  };
  refuseToReplace(change, folders);
  return change;
}

/** A new trust anchor. */
export async function newTrustAnchor(valid: Validity): Promise<KeyPair> {
  return await newAuthority(AUTHORITY_NAMES.trustAnchor, valid, PATH_LENGTHS.trustAnchor);
}

/** A new issuer below a trust anchor. */
export async function newIssuer(anchor: KeyPair, lifetime: string, now: Date): Promise<KeyPair> {
  const valid = validityOf('issuer', lifetime, now, new X509Certificate(anchor.certificate));
  return await newIntermediate(AUTHORITY_NAMES.issuer, valid, anchor);
}

/** A new authority of the webhooks' certificates. */
export async function newWebhookCa(lifetime: string, now: Date): Promise<KeyPair> {
  const valid = validityOf("webhooks' authority", lifetime, now);
  return await newAuthority(AUTHORITY_NAMES.webhookCa, valid, PATH_LENGTHS.webhookCa);
}

/** The file with the Secret of an issuer. */
export function issuerSecret(issuer: KeyPair, anchor: Pick<KeyPair, 'certificate'>): IdentityFile {
  const secret = { name: ISSUER_SECRET, namespace: LINKERD_NAMESPACE, authority: anchor.certificate };
  return { file: secretFile(ISSUER_SECRET), text: tlsSecretYaml({ ...secret, ...issuer }) };
}

/** The file with the key of an authority. */
export function authorityKey(authority: 'trust-anchor' | 'webhook-ca', { certificate, key }: KeyPair): IdentityFile {
  return { file: join(KEYS, keyFile(authority, new X509Certificate(certificate))), text: key };
}

/** The sample's files of services that get no certificate. */
const unusedSamples = (services: readonly WebhookService[], folders: IdentityFolders): string[] =>
  WEBHOOK_SERVICES.filter((service) => !services.includes(service))
    .map(({ service }) => serverFile(service))
    .filter((file) => isSample(textOf(join(certsPath(folders), file)) ?? ''));

function refuseToReplace({ certs, secrets }: IdentityChange, folders: IdentityFolders): void {
  const mistakes = [
    { folder: folders.certs, path: certsPath(folders), files: certs },
    { folder: folders.secrets, path: secretsPath(folders), files: secrets },
  ].flatMap(({ folder, path, files }) => {
    const kept = files.filter(({ file }) => {
      const present = join(path, file);
      return existsSync(present) && !isSample(textOf(present) ?? '');
    });
    if (kept.length === 0) return [];
    const names = kept.map(({ file }) => file).join(', ');
    return [
      {
        where: folder,
        message: `holds an identity already, and only the sample is replaced: use renew-issuer, renew-webhooks or rotate-anchor, or move away ${names}`,
      },
    ];
  });
  if (mistakes.length > 0) throw new Mistakes(mistakes);
}

function isSample(text: string): boolean {
  try {
    const certificates = certificatesIn(text);
    return certificates.length > 0 && certificates.every(isSampleCertificate);
  } catch {
    return false;
  }
}
