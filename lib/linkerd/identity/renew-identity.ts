import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withKey } from './authority-key';
import { anchorOf } from './public-certificates';
import { PUBLIC_FILES } from './public-certificates';
import { certificatesIn, toPem } from './certificate';
import type { IdentityChange } from './identity-change';
import type { IdentityFolders } from './identity-folders';
import { certsPath, KEYS, readIdentity, secretFile, serverFile } from './identity-folders';
import { ISSUER_SECRET } from './authority-names';
import type { Lifetimes } from './make-identity';
import { authorityKey, issuerSecret, newIssuer, newWebhookCa } from './make-identity';
import { newServerCertificates } from './server-certificates';
import { WEBHOOK_SERVICES } from './webhook-services';

export interface RenewIssuerProps {
  readonly folders: IdentityFolders;
  readonly lifetimes: Pick<Lifetimes, 'issuer'>;

  /**
   * The file with the trust anchor's key.
   *
   * @default - the one of `secrets/keys/` that is the anchor's
   */
  readonly authorityKeyFile?: string;
  readonly now: Date;
}

/**
 * A new issuer of the trust anchor that the present one is of. Identities stay as they are, and nothing is restarted.
 *
 * @throws Mistakes if the anchor's key is not there, or if what is there does not fit together
 */
export async function renewIssuer(props: RenewIssuerProps): Promise<IdentityChange> {
  const { folders, lifetimes, authorityKeyFile, now } = props;
  const anchor = withKey(anchorOf(readIdentity(folders)), folders, authorityKeyFile);
  const issuer = await newIssuer(anchor, lifetimes.issuer, now);
  return {
    certs: [{ file: PUBLIC_FILES.issuer, text: issuer.certificate }],
    secrets: [issuerSecret(issuer, anchor)],
    next: [
      `kubectl apply -f ${join(folders.secrets, secretFile(ISSUER_SECRET))}`,
      "Linkerd's identity service takes it up within two minutes, without a restart, and says so: kubectl get events -n linkerd --field-selector reason=IssuerUpdated",
      `Commit ${folders.certs}/. What is rendered does not change.`,
    ],
  };
}

export interface RenewWebhooksProps extends Omit<RenewIssuerProps, 'lifetimes'> {
  readonly lifetimes: Pick<Lifetimes, 'webhook' | 'webhookCa'>;

  /** Whether they get a new authority, because the key of the present one is lost or known to others, or because it expires. */
  readonly newAuthority: boolean;
}

/**
 * New certificates for the services that the API server calls: those that have one now. Identities stay as they are.
 *
 * @throws Mistakes if the authority's key is not there and no new authority is wanted, or if what is there does not fit together
 */
export async function renewWebhooks(props: RenewWebhooksProps): Promise<IdentityChange> {
  const { folders, lifetimes, newAuthority, authorityKeyFile, now } = props;
  const { webhookCa } = readIdentity(folders);
  const services = WEBHOOK_SERVICES.filter(({ service }) => existsSync(join(certsPath(folders), serverFile(service))));
  const [present] = webhookCa;
  if (newAuthority || present === undefined) {
    const authority = await newWebhookCa(lifetimes.webhookCa, now);
    const servers = await newServerCertificates(authority, services, lifetimes.webhook, now);
    // Both are trusted until the next renewal, so that webhooks go on being called while their certificates change.
    const bundle = toPem([...certificatesIn(authority.certificate), ...webhookCa.slice(0, 1)]);
    return {
      certs: [{ file: PUBLIC_FILES.webhookCa, text: bundle }, ...servers.certs],
      secrets: [authorityKey('webhook-ca', authority), ...servers.secrets],
      next: [
        `Move the new key of ${join(folders.secrets, KEYS)}/ to a safe place.`,
        `Render with npm run synth, commit ${folders.certs}/ and dist/, and apply dist/: the API server then trusts the new authority as well as the old one.`,
        applyWebhooks(folders),
      ],
    };
  }
  const authority = withKey(present, folders, authorityKeyFile);
  const servers = await newServerCertificates(authority, services, lifetimes.webhook, now);
  return {
    certs: [{ file: PUBLIC_FILES.webhookCa, text: toPem([present]) }, ...servers.certs],
    secrets: servers.secrets,
    next: [
      applyWebhooks(folders),
      `Commit ${folders.certs}/.${webhookCa.length > 1 ? ' Render with npm run synth and apply dist/: the authority before this one is no longer trusted.' : ' What is rendered does not change.'}`,
    ],
  };
}

const applyWebhooks = ({ secrets }: IdentityFolders): string =>
  `kubectl apply -f ${secrets}/: the webhooks take their new certificates up within two minutes, without a restart.`;
