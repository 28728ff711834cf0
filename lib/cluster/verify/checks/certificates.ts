import type { Check, Problem } from '../check';
import { count } from '../count';
import type { LiveCertificate, NeededSecret } from '../secret-certificates';
import { certificatesOf, neededSecrets, secretCertificates } from '../secret-certificates';
import { renderedTrustAnchors } from './trust-root';

const DAY = 24 * 60 * 60 * 1000;

/** As `linkerd check` warns of certificates of the control plane: 60 days. */
const SOON = 60;

export const certificates: Check = {
  id: 'certificates',
  group: 'mesh',
  title: `every certificate in the cluster is valid, for another ${SOON} days at least`,
  hint: 'npm run certs -- renew-issuer or renew-webhooks, and apply secrets/: docs/certificates.md',
  async look({ rendered, live, settings: { now } }) {
    const needed = neededSecrets(
      rendered.objects.filter(({ manifest }) => rendered.includes(manifest.metadata.namespace ?? 'default')),
    );
    if (needed.length === 0) return { problems: [], skipped: 'no Secret with one is named' };
    const { certificates: found, missing, without, unreadable } = await secretCertificates(live.kubectl, needed);
    const anchors = certificatesOf('', renderedTrustAnchors(rendered));
    return {
      seen: count(found.length, 'certificate'),
      // A mounted Secret need not be one of certificates.
      notes: without.map((secret) => ({
        object: secretName(secret),
        reason: 'has no certificate under tls.crt: what it holds is not looked at',
      })),
      problems: [
        ...missing
          .filter(({ optional }) => !optional)
          .map((secret) => ({ object: secretName(secret), reason: 'is not in the cluster' })),
        ...unreadable.map((secret) => ({ object: secretName(secret), reason: 'has no valid PEM under tls.crt' })),
        ...found.flatMap((one) => [...ageProblems(one, now), ...issuerProblems(one, anchors)]),
      ],
    };
  },
};

const secretName = ({ namespace, name }: NeededSecret): string => `Secret ${namespace}/${name}`;

function ageProblems({ object, name, from, to }: LiveCertificate, now: Date): Problem[] {
  const days = Math.floor((to.getTime() - now.getTime()) / DAY);
  const day = to.toISOString().slice(0, 10);
  if (to <= now) return [{ object, reason: `${name} expired on ${day}` }];
  if (from > now) return [{ object, reason: `${name} is not valid until ${from.toISOString()}` }];
  if (days < SOON)
    return [{ object, reason: `${name} expires in ${count(days, 'day')}, on ${day}`, severity: 'warning' }];
  return [];
}

/** An authority below the trust anchors must be of one of them, or no proxy believes what it signs. */
function issuerProblems(
  { object, name, certificate }: LiveCertificate,
  anchors: readonly LiveCertificate[],
): Problem[] {
  if (!certificate.ca || anchors.length === 0) return [];
  const signed = anchors.some(
    ({ certificate: anchor }) => certificate.checkIssued(anchor) && certificate.verify(anchor.publicKey),
  );
  return signed ? [] : [{ object, reason: `${name} is signed by none of the trust anchors that are rendered` }];
}
