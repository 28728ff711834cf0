import type { Manifest } from '../../objects/manifest';
import { KUBERNETES_VERSION } from '../../syntax/kubernetes-version';
import { builtInProblems, SCHEMAS_PACKAGE } from './kubernetes';

const problems = (manifest: object): string[] =>
  builtInProblems(manifest as Manifest).map(({ path, message }) => `${path}: ${message}`);

const deployment = (container: object, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { selector: {}, template: { metadata: {}, spec: { containers: [{ name: 'web', ...container }] } }, ...spec },
});

const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec });
const RESTART = { action: 'Restart', exitCodes: { operator: 'In', values: [1] } };
const PODS_CERTIFICATE = { podCertificate: { keyType: 'ED25519', signerName: 'a/b', userAnnotations: {} } };

test.each<[string, object, string[]]>([
  ['a native sidecar, which Kubernetes 1.27 did not have', deployment({ restartPolicy: 'Always' }), []],
  [
    'fields that Kubernetes 1.33 did not have',
    pod({
      hostnameOverride: 'web.example.com',
      containers: [{ name: 'web', restartPolicy: 'Never', restartPolicyRules: [RESTART] }],
    }),
    [],
  ],
  [
    'the same, misspelled',
    pod({ hostnameOverrride: 'web', containers: [{ name: 'web', restartPolicyRule: [RESTART] }] }),
    [
      'spec.hostnameOverrride: this field is not known: did you mean hostnameOverride?',
      'spec.containers[0].restartPolicyRule: this field is not known: did you mean restartPolicyRules?',
    ],
  ],
  [
    'a value within them that is wrong',
    pod({ containers: [{ name: 'web', restartPolicyRules: [{ exitCodes: { operator: 'In', values: ['1'] } }] }] }),
    [
      'spec.containers[0].restartPolicyRules[0].action: is missing: give it a value',
      'spec.containers[0].restartPolicyRules[0].exitCodes.values[0]: "1" is not an integer: write one',
    ],
  ],
  [
    'fields that newer versions have',
    pod({ schedulingGroup: {}, containers: [], volumes: [{ name: 'a', projected: { sources: [PODS_CERTIFICATE] } }] }),
    [
      'spec.schedulingGroup: Kubernetes 1.34 does not have this field, which is new in 1.36: remove it',
      'spec.volumes[0].projected.sources[0].podCertificate.userAnnotations: Kubernetes 1.34 does not have this field, which is new in 1.35: remove it',
    ],
  ],
  [
    'a kind that Kubernetes 1.33 did not have',
    { apiVersion: 'resource.k8s.io/v1', kind: 'DeviceClass', metadata: { name: 'a' }, spec: { selector: [] } },
    ['spec.selector: this field is not known: did you mean selectors?'],
  ],
  [
    'a kind that newer versions have',
    { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingAdmissionPolicy', metadata: { name: 'a' } },
    [
      'kind: Kubernetes 1.34 serves no MutatingAdmissionPolicy in admissionregistration.k8s.io/v1: correct apiVersion or kind',
    ],
  ],
  [
    'a version that Kubernetes no longer serves',
    { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: 'a' } },
    ['kind: Kubernetes 1.34 serves no PodDisruptionBudget in policy/v1beta1: use policy/v1'],
  ],
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
    [`kind: Kubernetes ${KUBERNETES_VERSION} serves no Deploymnt in apps/v1: did you mean Deployment?`],
  ],
  [
    'a part of objects, which is no kind',
    { apiVersion: 'v1', kind: 'Container', metadata: { name: 'a' } },
    [`kind: Kubernetes ${KUBERNETES_VERSION} serves no Container in v1: correct apiVersion or kind`],
  ],
  [
    'a version that is no file name',
    { apiVersion: '../../x', kind: 'Pod', metadata: { name: 'a' } },
    [`kind: Kubernetes ${KUBERNETES_VERSION} serves no Pod in ../../x: use v1`],
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
  ['scheduling.k8s.io/v1', 'PriorityClass', { value: 1, description: 'for what may wait' }, []],
  [
    'apps/v1',
    'Deployment',
    { description: 'a' },
    ['description: this field is not known: remove it, or correct its name'],
  ],
])('a description of a %s %s', (apiVersion, kind, fields, expected) => {
  const given = { apiVersion, kind, metadata: { name: 'a' }, ...fields };
  expect(problems(given)).toEqual(expected);
});

test('the package that is told is the one that is installed', () => {
  const { version } = jest.requireActual<{ version: string }>('kubernetes-models/package.json');
  expect(SCHEMAS_PACKAGE).toBe(`kubernetes-models ${version}`);
});
