import { createHash } from 'node:crypto';
import { at, text } from '../../../objects/json';
import type { Check } from '../check';
import { livePods } from '../platform-pods';
import type { Rendered } from '../rendered';

/** Tells the trust anchors that a pod's proxy was given. Source: Linkerd edge-26.8.3, the proxy injector. */
const ANNOTATION = 'linkerd.io/trust-root-sha256';
const TRUST_ROOTS = 'linkerd-identity-trust-roots';

export const trustRoot: Check = {
  id: 'trust-root',
  group: 'mesh',
  title: 'every proxy trusts the anchors that are rendered',
  hint: 'kubectl rollout restart what made the pod; npm run certs -- rotate-anchor says how far a rotation is: docs/certificates.md',
  async look(look) {
    const { rendered } = look;
    const sums = trustRootSums(rendered);
    if (sums.length === 0) return { problems: [], skipped: 'the trust anchors are not among the objects' };
    const pods = (await livePods(look)).filter(({ proxy }) => proxy !== undefined);
    if (pods.length === 0) return { problems: [], skipped: 'no pod has a proxy' };
    return {
      seen: `sha256 ${(sums[0] ?? '').slice(0, 12)}`,
      unseen: pods
        .filter(({ annotations }) => annotations[ANNOTATION] === undefined)
        .map(({ id }) => ({
          object: id,
          reason: `it does not tell its trust anchors: it has no annotation ${ANNOTATION}`,
        })),
      problems: pods
        .filter(({ annotations: { [ANNOTATION]: sum } }) => sum !== undefined && !sums.includes(sum))
        .map(({ id }) => ({ object: id, reason: 'was given other trust anchors' })),
    };
  },
};

/** The anchors in PEM; `undefined` where something else writes them. */
export function renderedTrustAnchors({ index }: Rendered): string | undefined {
  const roots = index.ofKind('', 'ConfigMap').find(({ manifest }) => manifest.metadata.name === TRUST_ROOTS);
  return text(at(roots?.manifest, 'data', 'ca-bundle.crt'));
}

/** Linkerd's chart sums the text with its last line break, the injector as it stands in the ConfigMap, without. */
function trustRootSums(rendered: Rendered): string[] {
  const anchors = renderedTrustAnchors(rendered)?.trim();
  if (anchors === undefined) return [];
  return [anchors, `${anchors}\n`].map((pem) => createHash('sha256').update(pem).digest('hex'));
}
