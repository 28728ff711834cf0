import type { Json, Manifest } from '../../objects/manifest';
import { found, testExamples } from '../testing/doc-examples';
import { kubernetesSchema } from './kubernetes-schema';

testExamples(kubernetesSchema);

const RBAC = 'rbac.authorization.k8s.io/v1';
const ROLE_REF = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };

/** An object of any shape. */
const of = (apiVersion: string, kind: string, fields: Record<string, Json>, metadata: Record<string, Json> = {}) => [
  {
    manifest: { apiVersion, kind, metadata: { name: 'a', ...metadata }, ...fields } as Manifest,
    source: 'a',
    phase: '',
  },
];

// Nothing but this rule says so: to all others what is of another shape is not there.
test.each<[string, ReturnType<typeof of>, string]>([
  ['rules of a role', of(RBAC, 'Role', { rules: { verbs: ['*'] } }), 'rules: {"verbs":["*"]} is not an array'],
  ['a rule', of(RBAC, 'ClusterRole', { rules: ['*'] }), 'rules[0]: "*" is not an object'],
  ['the verbs of one', of(RBAC, 'Role', { rules: [{ verbs: '*' }] }), 'rules[0].verbs: "*" is not an array'],
  ['a verb', of(RBAC, 'Role', { rules: [{ verbs: [1] }] }), 'rules[0].verbs[0]: 1 is not a string'],
  [
    'selectors of roles',
    of(RBAC, 'ClusterRole', { rules: [], aggregationRule: { clusterRoleSelectors: { a: 1 } } }),
    'aggregationRule.clusterRoleSelectors: {"a":1} is not an array',
  ],
  [
    'subjects',
    of(RBAC, 'ClusterRoleBinding', { roleRef: ROLE_REF, subjects: { kind: 'Group', name: 'a' } }),
    'subjects: {"kind":"Group","name":"a"} is not an array',
  ],
  ['a role reference', of(RBAC, 'RoleBinding', { roleRef: 'view' }), 'roleRef: "view" is not an object'],
  [
    'webhooks',
    of('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', { webhooks: {} }),
    'webhooks: {} is not an array',
  ],
  [
    'versions of a CRD',
    of('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
      spec: { group: 'example.com', names: { kind: 'A', plural: 'as' }, scope: 'Namespaced', versions: {} },
    }),
    'spec.versions: {} is not an array',
  ],
  ['labels of a namespace', of('v1', 'Namespace', {}, { labels: ['a'] }), 'metadata.labels: ["a"] is not an object'],
  [
    'an annotation of a custom resource',
    of('serving.knative.dev/v1', 'Service', {}, { annotations: { 'linkerd.io/inject': true } }),
    'metadata.annotations["linkerd.io/inject"]: true is not a string',
  ],
  [
    'labels of a custom resource',
    of('serving.knative.dev/v1', 'Service', {}, { labels: 'a' }),
    'metadata.labels: "a" is not an object',
  ],
  [
    'a field of the metadata of a custom resource',
    of('serving.knative.dev/v1', 'Service', {}, { lables: {} }),
    'metadata.lables: this field is not known',
  ],
])('%s of another shape: told', (_, objects, problem) => {
  expect(found(kubernetesSchema, objects)).toEqual([expect.stringContaining(`: ${problem}`)]);
});

test('metadata that a cluster has written is taken', () => {
  const metadata = { generation: 1, uid: 'u', finalizers: ['a'], ownerReferences: [], resourceVersion: '1' };
  expect(found(kubernetesSchema, of('serving.knative.dev/v1', 'Service', {}, metadata))).toEqual([]);
});
