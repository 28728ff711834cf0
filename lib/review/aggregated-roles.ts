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
    const { clusterRoleSelectors } = (manifest.aggregationRule ?? {}) as AggregationRule;
    if (manifest.kind !== 'ClusterRole' || clusterRoleSelectors === undefined) return manifest;
    const selected = roles.filter(({ metadata }) =>
      clusterRoleSelectors.some(({ matchLabels = {} }) =>
        Object.entries(matchLabels).every(([key, value]) => metadata.labels?.[key] === value),
      ),
    );
    return { ...manifest, rules: selected.flatMap((role) => (role.rules ?? []) as Json[]) };
  });
}
