import { at, text } from '../../objects/json';
import type { PlatformObject } from '../../objects/manifest';
import { goBool } from '../../syntax/go-number';
import type { ObjectIndex } from '../object-index';
import { servingSettings } from '../serving-settings';

/** A DomainMapping whose domain its namespace may not use. */
export interface UnclaimedDomain {
  readonly object: PlatformObject;

  /** The namespace that has claimed it; `undefined` where no claim is among the objects. */
  readonly claimedBy: string | undefined;

  /** Whether it is sure; otherwise a claim, or a configuration that makes them, may be elsewhere. */
  readonly sure: boolean;
}

/** Both spellings of the key. Source: Knative networking v0.0.0 of Serving 1.23.0, `pkg/config/config.go`. */
const AUTOCREATE = ['autocreate-cluster-domain-claims', 'autocreateClusterDomainClaims'];

/**
 * The DomainMappings without a ClusterDomainClaim for their namespace. Serving makes claims itself where `config-network` says so, which it does not by
 * default. Source: Serving 1.23.0, `pkg/reconciler/domainmapping/reconciler.go`.
 */
export function unclaimedDomains(objects: ObjectIndex): UnclaimedDomain[] {
  const claims = objects.ofKind('networking.internal.knative.dev', 'ClusterDomainClaim');
  const network = servingSettings('config-network', objects);
  const autocreate = AUTOCREATE.some((key) => goBool(network?.[key] ?? '') === true);
  return objects.ofKind('serving.knative.dev', 'DomainMapping').flatMap((object): UnclaimedDomain[] => {
    const { name, namespace = 'default' } = object.manifest.metadata;
    const claim = claims.find(({ manifest }) => manifest.metadata.name === name);
    if (claim !== undefined) {
      const claimedBy = text(at(claim.manifest.spec, 'namespace')) ?? '';
      return claimedBy === namespace ? [] : [{ object, claimedBy, sure: true }];
    }
    if (autocreate) return [];
    return [{ object, claimedBy: undefined, sure: network !== undefined || claims.length > 0 }];
  });
}
