/** A rule of an admission webhook. */
export interface WebhookRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly string[];
  readonly resources: readonly string[];
  readonly scope: string;
}

/** The resources that Serving's webhooks default and validate, in the order in which its controller writes their rules. */
const RESOURCES: readonly (readonly [group: string, version: string, plural: string])[] = [
  ['autoscaling.internal.knative.dev', 'v1alpha1', 'metrics'],
  ['autoscaling.internal.knative.dev', 'v1alpha1', 'podautoscalers'],
  ['networking.internal.knative.dev', 'v1alpha1', 'certificates'],
  ['networking.internal.knative.dev', 'v1alpha1', 'ingresses'],
  ['networking.internal.knative.dev', 'v1alpha1', 'serverlessservices'],
  ['serving.knative.dev', 'v1', 'configurations'],
  ['serving.knative.dev', 'v1', 'revisions'],
  ['serving.knative.dev', 'v1', 'routes'],
  ['serving.knative.dev', 'v1', 'services'],
  ['serving.knative.dev', 'v1beta1', 'domainmappings'],
];

/**
 * The rules of one of Serving's webhooks as its controller writes them into the cluster: one a resource, with its status. Other rules would be
 * rewritten as soon as the controller runs, and whoever keeps the cluster as rendered would write them back, for ever.
 * Source: Serving 1.23.0 `cmd/webhook/main.go`, knative.dev/pkg `webhook/resourcesemantics`; `*` is what the API server makes of no scope.
 */
export function expandedRules(operations: readonly string[]): WebhookRule[] {
  return RESOURCES.map(([group, version, plural]) => ({
    apiGroups: [group],
    apiVersions: [version],
    operations,
    resources: [plural, `${plural}/status`],
    scope: '*',
  }));
}

/** What the controller adds to the webhooks' `namespaceSelector`: namespaces with this label are left alone. */
export const EXCLUDED_NAMESPACES = { key: 'webhooks.knative.dev/exclude', operator: 'DoesNotExist' } as const;

/** What is wrong with expanding rules into {@link expandedRules}: they are for other resources. `undefined` if they are for the same. */
export function rulesProblem(rules: readonly Partial<WebhookRule>[] | undefined): string | undefined {
  const plurals = (rules ?? [])
    .flatMap(({ resources = [] }) => resources)
    .map((resource) => resource.split('/', 1)[0] ?? '');
  const found = [...new Set(plurals)].sort();
  const known = RESOURCES.map(([, , plural]) => plural).sort();
  if (found.join() === known.join()) return undefined;
  return `its rules are for ${found.join(', ')}, known are ${known.join(', ')}: this version's rules are not known here`;
}
