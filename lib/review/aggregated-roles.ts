import type { Json, Manifest } from '../objects/manifest';

interface AggregationRule {
  readonly clusterRoleSelectors?: readonly { readonly matchLabels?: Readonly<Record<string, string>> }[];
}

/**
 * Manifests in which each aggregated ClusterRole has the rules of the roles that it selects. A controller of Kubernetes writes them
 * there, over whatever the manifest says, so what counts is the selected roles.
 */
export function withAggregatedRules(manifests: readonly Manifest[]): Manifest[] {
  const roles = manifests.filter(({ kind }) => kind === 'ClusterRole');
  return manifests.map((manifest) => {
    if (!isAggregated(manifest)) return manifest;
    const selected = selectedRoles(manifest, roles);
    return { ...manifest, rules: selected.flatMap((role) => (role.rules ?? []) as Json[]) };
  });
}

/** Whether a controller writes a role's rules. */
export function isAggregated({ kind, aggregationRule }: Manifest): boolean {
  return kind === 'ClusterRole' && (aggregationRule as AggregationRule | undefined)?.clusterRoleSelectors !== undefined;
}

/** The ClusterRoles whose rules an aggregated one has. */
export function selectedRoles(aggregated: Manifest, roles: readonly Manifest[]): Manifest[] {
  const { clusterRoleSelectors = [] } = (aggregated.aggregationRule ?? {}) as AggregationRule;
  return roles.filter(
    ({ kind, metadata }) =>
      kind === 'ClusterRole' &&
      clusterRoleSelectors.some(({ matchLabels = {} }) =>
        Object.entries(matchLabels).every(([key, value]) => metadata.labels?.[key] === value),
      ),
  );
}
