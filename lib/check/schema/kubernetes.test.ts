import type { Manifest } from '../../objects/manifest';
import { BUILT_IN_GROUPS, builtInProblems, isBuiltInGroup, KUBERNETES_VERSION, SCHEMAS_PACKAGE } from './kubernetes';

const problems = (manifest: object): string[] =>
  builtInProblems(manifest as Manifest).map(({ path, message }) => `${path}: ${message}`);

const deployment = (container: object, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { selector: {}, template: { metadata: {}, spec: { containers: [{ name: 'web', ...container }] } }, ...spec },
});

test.each<[string, object, string[]]>([
  ['a native sidecar, which Kubernetes 1.27 did not have', deployment({ restartPolicy: 'Always' }), []],
  [
    'an unknown field deep within, with the one that is meant',
    deployment({ securityContext: { runAsNonRot: true } }),
    [
      'spec.template.spec.containers[0].securityContext.runAsNonRot: this field is not known: did you mean runAsNonRoot?',
    ],
  ],
  [
    'a wrong type and a missing field',
    deployment({ ports: [{ name: 'http', containerPort: '80' }] }, { selector: null }),
    [
      'spec.selector: is missing: give it a value',
      'spec.template.spec.containers[0].ports[0].containerPort: "80" is not an integer: write one',
    ],
  ],
  [
    'a value that is none of those allowed',
    deployment({ imagePullPolicy: 'Sometimes' }),
    [
      'spec.template.spec.containers[0].imagePullPolicy: "Sometimes" is not one of "Always", "IfNotPresent", "Never": use one of them',
    ],
  ],
  [
    'any labels, annotations and data',
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', labels: { 'a.b/c': 'd' }, annotations: { x: 'y' } },
      data: { any: 'thing' },
    },
    [],
  ],
  [
    'a kind that is not there',
    { apiVersion: 'apps/v1', kind: 'Deploymnt', metadata: { name: 'a' } },
    [`kind: Kubernetes ${KUBERNETES_VERSION} has no Deploymnt in apps/v1: correct apiVersion or kind`],
  ],
  [
    'a part of objects, which is no kind',
    { apiVersion: 'v1', kind: 'Container', metadata: { name: 'a' } },
    [`kind: Kubernetes ${KUBERNETES_VERSION} has no Container in v1: correct apiVersion or kind`],
  ],
  [
    'a version that is no file name',
    { apiVersion: '../../x', kind: 'Pod', metadata: { name: 'a' } },
    [`kind: Kubernetes ${KUBERNETES_VERSION} has no Pod in ../../x: correct apiVersion or kind`],
  ],
])('%s', (_, manifest, expected) => {
  expect(problems(manifest)).toEqual(expected);
});

test('the fields of a CRD schema that the package leaves out are taken', () => {
  const schema = {
    type: 'object',
    description: 'a widget',
    'x-kubernetes-preserve-unknown-fields': true,
    properties: { size: { 'x-kubernetes-int-or-string': true } },
  };
  const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } };
  const spec = {
    group: 'example.com',
    names: { kind: 'Widget', plural: 'widgets' },
    scope: 'Namespaced',
    versions: [version],
  };
  const crd = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'a' },
    spec,
  };
  expect(problems(crd)).toEqual([]);
});

test.each([
  ['', true],
  ['apps', true],
  ['networking.k8s.io', true],
  ['gateway.networking.k8s.io', false],
  ['serving.knative.dev', false],
])('the group "%s" is of Kubernetes: %p', (group, builtIn) => {
  expect(isBuiltInGroup(group)).toBe(builtIn);
});

test('the groups of Kubernetes are those of the package', () => {
  const { exports } = jest.requireActual<{ exports: object }>('kubernetes-models/package.json');
  const groups = Object.keys(exports).flatMap((path) => /^\.\/([^/]+\.k8s\.io)$/.exec(path)?.[1] ?? []);
  expect(BUILT_IN_GROUPS).toEqual(groups);
});

test('the version that is told is the one of the package that is installed, by the fields that its schemas name', () => {
  const { version } = jest.requireActual<{ version: string }>('kubernetes-models/package.json');
  expect(SCHEMAS_PACKAGE).toBe(`kubernetes-models ${version}`);
  // New in 1.33, and in 1.34.
  expect(problems(deployment({ lifecycle: { stopSignal: 'SIGUSR1' } }))).toEqual([]);
  expect(problems(deployment({ restartPolicyRules: [] }))).toHaveLength(1);
});
