import { App } from 'cdk8s';
import { Construct } from 'constructs';
import type { Manifest } from './manifest';
import { assumedNamespaces, assumeNamespace, namespaceMistakes } from './namespaced';

const object = (apiVersion: string, kind: string, namespace?: string, rest: Partial<Manifest> = {}): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'x', ...(namespace !== undefined && { namespace }) },
  ...rest,
});

const definition = (scope: string): Manifest =>
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', undefined, {
    spec: { group: 'example.com', names: { kind: 'Thing' }, scope },
  });

const SHOP: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

const mistakes = (manifests: readonly Manifest[], assumed: readonly string[] = []): string[] => {
  const objects = manifests.map((manifest) => ({ manifest, source: 'platform/services/x', phase: '60-services' }));
  return namespaceMistakes(objects, objects, assumed).map(({ where, message }) => `${where}: ${message}`);
};

const MISSING = 'which then goes to whatever namespace kubectl is set to: name one, for example "default"';

test.each([
  [
    [object('v1', 'ConfigMap', 'shops')],
    'metadata.namespace: "shops" is not declared by the platform: declare it with addNamespace; did you mean "shop"?',
  ],
  [
    [object('v1', 'ConfigMap', 'elsewhere')],
    'metadata.namespace: "elsewhere" is not declared by the platform: declare it with addNamespace; there are shop',
  ],
  [[object('v1', 'ConfigMap')], `metadata.namespace: is missing on ConfigMap x, ${MISSING}`],
  [
    [object('rbac.authorization.k8s.io/v1', 'RoleBinding')],
    `metadata.namespace: is missing on RoleBinding x, ${MISSING}`,
  ],
  [
    [definition('Namespaced'), object('example.com/v1', 'Thing')],
    `metadata.namespace: is missing on Thing x, ${MISSING}`,
  ],
  [
    [object('example.com/v1', 'Unknown', 'shops')],
    'metadata.namespace: "shops" is not declared by the platform: declare it with addNamespace; did you mean "shop"?',
  ],
])('%j is refused', (manifests, message) => {
  expect(mistakes([SHOP, ...manifests])).toEqual([`platform/services/x: ${message}`]);
});

test.each([
  ['in a declared namespace', [object('v1', 'ConfigMap', 'shop')]],
  ...['default', 'kube-system', 'kube-public', 'kube-node-lease'].map(
    (name) => [`in ${name}`, [object('v1', 'ConfigMap', name)]] as const,
  ),
  ...[
    ['v1', 'PersistentVolume'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
    ['apiregistration.k8s.io/v1', 'APIService'],
    ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
    ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding'],
    ['scheduling.k8s.io/v1', 'PriorityClass'],
    ['storage.k8s.io/v1', 'StorageClass'],
    ['cert-manager.io/v1', 'ClusterIssuer'],
    ['trust.cert-manager.io/v1alpha1', 'Bundle'],
    ['example.com/v1', 'Unknown'],
  ].map(([apiVersion = '', kind = '']) => [`a ${kind} in none`, [object(apiVersion, kind)]] as const),
  ['of a custom kind of the whole cluster', [definition('Cluster'), object('example.com/v1', 'Thing')]],
] satisfies (readonly [string, readonly Manifest[]])[])('an object %s is taken', (_, manifests) => {
  expect(mistakes([SHOP, ...manifests])).toEqual([]);
});

test('a namespace that something else declares is named once, for all objects in it', () => {
  const app = new App();
  assumeNamespace(new Construct(app, 'certificates'), 'cert-manager');
  const secret = object('v1', 'Secret', 'cert-manager');
  expect(mistakes([SHOP, secret], assumedNamespaces(app.node.findAll()))).toEqual([]);
  expect(mistakes([SHOP, secret])).toHaveLength(1);
});

test('objects without any namespace of the platform are a part of one, and are left alone', () => {
  expect(mistakes([object('v1', 'ConfigMap')])).toEqual([]);
});
