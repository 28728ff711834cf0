import type { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { Mistakes } from '../../objects/mistakes';
import { LINKERD_NAMESPACE } from '../control-plane/namespace';
import { withKey } from './authority-key';
import { ISSUER_SECRET } from './authority-names';
import { certificatesIn, fingerprint, toPem, validity } from './certificate';
import { validityOf } from './certificate-validity';
import type { IdentityChange } from './identity-change';
import type { IdentityFolders } from './identity-folders';
import { KEYS, mistake, readIdentity, secretFile } from './identity-folders';
import type { Lifetimes } from './make-identity';
import { authorityKey, issuerSecret, newIssuer, newTrustAnchor } from './make-identity';
import type { Cluster } from '../../kubectl/kubectl';
import { hasTrustRoot, isOfIdentityService, issuerOf, meshedPods, restarts } from './meshed-pods';
import type { PublicCertificates } from './public-certificates';
import { anchorOf, PUBLIC_FILES } from './public-certificates';

/**
 * How far a rotation is. A proxy keeps the trust anchors that its pod was created with, so that a new anchor takes three steps with
 * a restart of all that is meshed after each: `add` the new anchor to the trusted ones, `switch` the issuer to it, `remove` the old one.
 */
export type Rotation = 'settled' | 'added' | 'switched';
export type RotationStep = 'add' | 'switch' | 'remove';

/** The step that comes next. */
export const NEXT_STEP: Readonly<Record<Rotation, RotationStep>> = {
  settled: 'add',
  added: 'switch',
  switched: 'remove',
};

/** How far it is, in words. */
export const ROTATIONS: Readonly<Record<Rotation, string>> = {
  settled: 'one trust anchor, no rotation under way',
  added: 'the new anchor is trusted, the issuer is of the old one',
  switched: 'the issuer is of the new anchor, the old one is still trusted',
};

/**
 * How far a rotation is, from the certificates alone: the younger of two anchors is the new one. `undefined` for more than two
 * anchors, since a rotation is between two.
 */
export function rotationOf(certificates: PublicCertificates): Rotation | undefined {
  if (certificates.trustAnchors.length > 2) return undefined;
  const other = otherAnchor(certificates);
  if (other === undefined) return 'settled';
  return validity(other).from > validity(anchorOf(certificates)).from ? 'added' : 'switched';
}

function otherAnchor(certificates: PublicCertificates): X509Certificate | undefined {
  const present = fingerprint(anchorOf(certificates));
  return certificates.trustAnchors.find((anchor) => fingerprint(anchor) !== present);
}

export interface RotateAnchorProps {
  readonly folders: IdentityFolders;
  readonly lifetimes: Pick<Lifetimes, 'anchor' | 'issuer'>;

  /** The cluster whose pods must be where the files are; `undefined`: none is asked. */
  readonly cluster: Cluster | undefined;

  /**
   * The file with the new anchor's key, for `switch`.
   *
   * @default - the one of `secrets/keys/` that is the anchor's
   */
  readonly authorityKeyFile?: string;
  readonly now: Date;
}

/**
 * A step of a rotation. The issuer's anchor always comes first in the bundle: so its sum changes with every step, and pods show
 * which one they were last restarted after.
 *
 * @throws Mistakes if it is not the next step, if the cluster has no Linkerd, or while a pod does not carry the sum of the trust
 *   anchors or the cluster has another issuer
 * @throws Error if the cluster cannot be asked
 */
export async function rotateAnchor(step: RotationStep, props: RotateAnchorProps): Promise<IdentityChange> {
  const { folders, cluster } = props;
  const certificates = readIdentity(folders);
  const rotation = rotationOf(certificates);
  if (rotation === undefined) {
    throw mistake(
      join(folders.certs, PUBLIC_FILES.trustAnchors),
      `holds ${certificates.trustAnchors.length} trust anchors, and a rotation is between two: take out by hand those that nobody uses`,
    );
  }
  if (NEXT_STEP[rotation] !== step) {
    throw mistake(
      `--step ${step}`,
      `is not the next one (${ROTATIONS[rotation]}): npm run certs -- rotate-anchor --step ${NEXT_STEP[rotation]}`,
    );
  }
  if (cluster !== undefined) await checkCluster(cluster, certificates, rotation, folders);
  return await STEPS[step](certificates, props);
}

async function checkCluster(
  cluster: Cluster,
  certificates: PublicCertificates,
  rotation: Rotation,
  { secrets }: IdentityFolders,
): Promise<void> {
  const trustAnchors = toPem(certificates.trustAnchors);
  const pods = await meshedPods(cluster);
  if (!pods.some(isOfIdentityService)) {
    throw mistake(
      `namespace ${LINKERD_NAMESPACE}`,
      'has no pod of linkerd-identity with a proxy, so that there is no Linkerd in this cluster: name the right one with --context, or use --offline',
    );
  }
  const behind = restarts(pods.filter((pod) => !hasTrustRoot(pod, trustAnchors)));
  if (!sameCertificate(await issuerOf(cluster), certificates.issuer)) {
    behind.push({
      where: `Secret ${LINKERD_NAMESPACE}/${ISSUER_SECRET}`,
      message: `is not the issuer of ${PUBLIC_FILES.issuer}: kubectl apply -f ${join(secrets, secretFile(ISSUER_SECRET))}${rotation === 'switched' ? ', and restart all that is meshed' : ', or name the right cluster with --context'}`,
    });
  }
  if (behind.length > 0) throw new Mistakes(behind);
}

function sameCertificate(pem: string, certificate: X509Certificate): boolean {
  const [found] = certificatesIn(pem);
  return found !== undefined && fingerprint(found) === fingerprint(certificate);
}

type Step = (certificates: PublicCertificates, props: RotateAnchorProps) => Promise<IdentityChange>;

const STEPS: Readonly<Record<RotationStep, Step>> = {
  async add(certificates, { folders, lifetimes, now }) {
    const present = anchorOf(certificates);
    const valid = validityOf('trust anchor', lifetimes.anchor, now);
    // The younger one is the new one, also when both are made within a moment.
    const earliest = new Date(validity(present).from.getTime() + 1000);
    const anchor = await newTrustAnchor({ ...valid, from: valid.from > earliest ? valid.from : earliest });
    return {
      certs: [{ file: PUBLIC_FILES.trustAnchors, text: toPem([present, ...certificatesIn(anchor.certificate)]) }],
      secrets: [authorityKey('trust-anchor', anchor)],
      next: [
        `Keep the new key of ${join(folders.secrets, KEYS)}/ at hand: the next step signs with it.`,
        ...applyAndRestart(folders, 'switch'),
      ],
    };
  },
  async switch(certificates, { folders, lifetimes, authorityKeyFile, now }) {
    const [old, fresh] = [anchorOf(certificates), otherAnchor(certificates)];
    if (fresh === undefined) throw new Error('there is no new anchor to switch to');
    const anchor = withKey(fresh, folders, authorityKeyFile);
    const issuer = await newIssuer(anchor, lifetimes.issuer, now);
    return {
      certs: [
        { file: PUBLIC_FILES.trustAnchors, text: toPem([fresh, old]) },
        { file: PUBLIC_FILES.issuer, text: issuer.certificate },
      ],
      secrets: [issuerSecret(issuer, anchor)],
      next: [
        `kubectl apply -f ${join(folders.secrets, secretFile(ISSUER_SECRET))}`,
        ...applyAndRestart(folders, 'remove'),
      ],
    };
  },
  remove(certificates, { folders }) {
    return Promise.resolve({
      certs: [{ file: PUBLIC_FILES.trustAnchors, text: toPem([anchorOf(certificates)]) }],
      secrets: [],
      next: [
        ...applyAndRestart(folders),
        `Move the new key of ${join(folders.secrets, KEYS)}/ to a safe place, and delete the old anchor's wherever it is kept.`,
      ],
    });
  },
};

function applyAndRestart({ certs }: IdentityFolders, next?: RotationStep): string[] {
  return [
    `Render with npm run synth, commit ${certs}/ and dist/, and apply dist/.`,
    'Wait for the control plane: kubectl rollout status deployment --namespace linkerd',
    'Restart all that is meshed: kubectl rollout restart deployment --namespace <namespace>, for every meshed namespace and linkerd-viz.',
    ...(next === undefined
      ? []
      : [
          `Then: npm run certs -- rotate-anchor --step ${next}. It is refused until every pod of the mesh carries the sum of these trust anchors.`,
        ]),
  ];
}
