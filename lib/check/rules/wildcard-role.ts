import { quote } from '../../syntax/quote';
import { list, mapping, texts } from '../../objects/json';
import type { Rule } from '../rule';

const SERVING_GROUPS = ['serving.knative.dev', 'autoscaling.internal.knative.dev', 'networking.internal.knative.dev'];
const VIEWED_GROUPS = [
  'networking.internal.knative.dev',
  'autoscaling.internal.knative.dev',
  'caching.internal.knative.dev',
];

/** The wildcards of releases, as `group/resource`, and with `:*` where they are for all verbs. Sources: Serving 1.23.0, Linkerd edge-26.8.3. */
const KNOWN = new Map<string, readonly string[]>(
  Object.entries({
    'knative-serving-core': [
      ...SERVING_GROUPS.flatMap((group) => ['*', '*/status', '*/finalizers'].map((resource) => `${group}/${resource}`)),
      '*/*/scale',
    ],
    'knative-serving-namespaced-admin': ['serving.knative.dev/*:*', ...VIEWED_GROUPS.map((group) => `${group}/*`)],
    'knative-serving-namespaced-edit': ['serving.knative.dev/*', ...VIEWED_GROUPS.map((group) => `${group}/*`)],
    'knative-serving-namespaced-view': ['serving.knative.dev/*', ...VIEWED_GROUPS.map((group) => `${group}/*`)],
    'linkerd-linkerd-viz-tap-admin': ['tap.linkerd.io/*'],
  }),
);

export const wildcardRole: Rule = {
  id: 'wildcard-role',
  group: 'access',
  severity: 'warning',
  title: 'no role has a wildcard that its release is not known for',
  check: (objects) =>
    ['ClusterRole', 'Role']
      .flatMap((kind) => objects.ofKind('rbac.authorization.k8s.io', kind))
      .flatMap((object) => {
        const known = KNOWN.get(object.manifest.metadata.name ?? '') ?? [];
        return list(object.manifest.rules).flatMap((rule, index) => {
          const unknown = wildcards(rule).filter((grant) => !known.includes(grant));
          if (unknown.length === 0) return [];
          return [
            {
              object,
              path: `rules[${index}]`,
              message: `${unknown.map(quote).join(', ')} also grants what is added later: name the API groups, resources and verbs that are needed`,
            },
          ];
        });
      }),
};

/** What a rule grants by a wildcard. */
function wildcards(rule: unknown): string[] {
  const { apiGroups, resources, verbs, nonResourceURLs } = mapping(rule);
  const allVerbs = texts(verbs).includes('*') ? ':*' : '';
  const named = texts(apiGroups).flatMap((group) =>
    texts(resources).map((resource) => `${group}/${resource}${allVerbs}`),
  );
  return [...named, ...texts(nonResourceURLs).map((url) => `${url}${allVerbs}`)].filter((grant) => grant.includes('*'));
}
