import { selects } from '../model/selector';
import { at, list, strings } from '../objects/json';
import type { Manifest } from '../objects/manifest';

/**
 * Manifests in which each aggregated ClusterRole has the rules of the roles that it selects. A controller of Kubernetes writes them
 * there, over whatever the manifest says, so what counts is the selected roles.
 */
export function withAggregatedRules(manifests: readonly Manifest[]): Manifest[] {
  const roles = manifests.filter(({ kind }) => kind === 'ClusterRole');
  return manifests.map((manifest) => {
    if (!isAggregated(manifest)) return manifest;
    return { ...manifest, rules: selectedRoles(manifest, roles).flatMap((role) => list(role.rules)) };
  });
}

/** Whether a controller writes a role's rules. */
export function isAggregated({ kind, aggregationRule }: Manifest): boolean {
  return kind === 'ClusterRole' && at(aggregationRule, 'clusterRoleSelectors') !== undefined;
}

/** The ClusterRoles whose rules an aggregated one has. */
export function selectedRoles({ aggregationRule }: Manifest, roles: readonly Manifest[]): Manifest[] {
  const selectors = list(at(aggregationRule, 'clusterRoleSelectors'));
  return roles.filter(
    ({ kind, metadata }) =>
      kind === 'ClusterRole' && selectors.some((selector) => selects(selector, strings(metadata.labels))),
  );
}
