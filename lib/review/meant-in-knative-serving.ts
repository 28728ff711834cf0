import type { Json } from '../objects/manifest';
import type { MeantDifference } from '../releases/meant-difference';
import { ANYTHING, NOTHING } from '../releases/meant-difference';
import { TAPPED, TAPPED_REASON } from '../releases/meant-in-the-mesh';

const SCHEMAS =
  "CRDs carry no schemas: Serving's webhook completes and checks its objects, and the real ones are 400 KB";
const EXAMPLES = 'examples set nothing, and their checksums go with them';
const SETTINGS = "the platform's own settings: its domain, its networking layer";
const MESH_MODE =
  'Linkerd finds pods by their addresses itself, and one 503 of its proxy must not turn pod addressing off';
const WEBHOOKS = 'webhooks as the controller makes them in the cluster, so that nothing drifts';
const BUDGETS = '80 % of one pod keeps every node from being drained';
const JOBS =
  'Jobs are named by version and stay: kubectl cannot apply one without a name, Flux would run a passing one for ever';
const PROXY_CPU = 'pods that are scaled by CPU need a CPU request for their proxy too';
const NAMESPACE = 'pods are in the mesh, whose init container needs privileges';

const CONFIG_MAPS = 'ConfigMap knative-serving/config-*';
const BUDGETS_OF_BOTH = [
  'PodDisruptionBudget knative-serving/activator-pdb',
  'PodDisruptionBudget knative-serving/webhook-pdb',
];
const JOB = 'Job knative-serving/*';
const MUTATING = 'MutatingWebhookConfiguration webhook.serving.knative.dev';
const VALIDATING = 'ValidatingWebhookConfiguration validation.webhook.serving.knative.dev';
const VALIDATING_CONFIG = 'ValidatingWebhookConfiguration config.webhook.serving.knative.dev';

/**
 * Where the embedded Knative Serving differs from the real one, and why.
 *
 * @param ingressClass that of the networking layer
 */
export const meantInKnativeServing = (ingressClass: string): readonly MeantDifference[] => [
  {
    objects: 'CustomResourceDefinition *.knative.dev',
    path: 'spec.versions[*].schema.openAPIV3Schema',
    becomes: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    reason: SCHEMAS,
  },

  { objects: CONFIG_MAPS, path: 'data._example', becomes: NOTHING, reason: EXAMPLES },
  {
    objects: CONFIG_MAPS,
    path: 'metadata.annotations["knative.dev/example-checksum"]',
    becomes: NOTHING,
    reason: EXAMPLES,
  },
  {
    objects: 'ConfigMap knative-serving/config-domain',
    path: 'data["example.com"]',
    becomes: '',
    reason: SETTINGS,
  },
  {
    objects: 'ConfigMap knative-serving/config-network',
    path: 'data.ingress-class',
    becomes: ingressClass,
    reason: SETTINGS,
  },
  {
    objects: 'ConfigMap knative-serving/config-network',
    path: 'data.mesh-compatibility-mode',
    becomes: 'disabled',
    reason: MESH_MODE,
  },

  { objects: MUTATING, path: 'webhooks[*].rules', becomes: requests('CREATE', 'UPDATE'), reason: WEBHOOKS },
  { objects: VALIDATING, path: 'webhooks[*].rules', becomes: requests('CREATE', 'UPDATE', 'DELETE'), reason: WEBHOOKS },
  {
    objects: VALIDATING_CONFIG,
    path: 'webhooks[*].rules',
    becomes: [
      {
        operations: ['CREATE', 'UPDATE'],
        apiGroups: [''],
        apiVersions: ['v1'],
        resources: ['configmaps/*'],
        scope: 'Namespaced',
      },
    ],
    reason: WEBHOOKS,
  },
  {
    objects: [MUTATING, VALIDATING],
    path: 'webhooks[*].namespaceSelector',
    becomes: { matchExpressions: [{ key: 'webhooks.knative.dev/exclude', operator: 'DoesNotExist' }] },
    reason: WEBHOOKS,
  },
  { objects: MUTATING, path: 'webhooks[*].clientConfig.service.path', becomes: '/defaulting', reason: WEBHOOKS },
  {
    objects: VALIDATING,
    path: 'webhooks[*].clientConfig.service.path',
    becomes: '/resource-validation',
    reason: WEBHOOKS,
  },
  {
    objects: VALIDATING_CONFIG,
    path: 'webhooks[*].clientConfig.service.path',
    becomes: '/config-validation',
    reason: WEBHOOKS,
  },
  { objects: MUTATING, path: 'webhooks[*].reinvocationPolicy', becomes: 'IfNeeded', reason: WEBHOOKS },

  { objects: BUDGETS_OF_BOTH, path: 'spec.minAvailable', becomes: NOTHING, reason: BUDGETS },
  { objects: BUDGETS_OF_BOTH, path: 'spec.maxUnavailable', becomes: 1, reason: BUDGETS },

  { objects: JOB, path: ['metadata.generateName', 'spec.ttlSecondsAfterFinished'], becomes: NOTHING, reason: JOBS },
  { objects: JOB, path: 'metadata.name', becomes: ANYTHING, reason: JOBS },

  {
    objects: ['Deployment knative-serving/*', JOB],
    path: 'spec.template.metadata.annotations',
    becomes: TAPPED,
    reason: TAPPED_REASON,
  },
  {
    objects: 'Namespace knative-serving',
    path: 'metadata.annotations["linkerd.io/inject"]',
    becomes: 'enabled',
    reason: NAMESPACE,
  },
  {
    objects: 'Namespace knative-serving',
    path: 'metadata.annotations["config.linkerd.io/proxy-cpu-request"]',
    becomes: '100m',
    reason: PROXY_CPU,
  },
  {
    objects: 'Namespace knative-serving',
    path: 'metadata.labels["pod-security.kubernetes.io/enforce"]',
    becomes: 'privileged',
    reason: NAMESPACE,
  },
];

/** The rules for Serving's own objects: each kind in the version that it has. */
function requests(...operations: string[]): Json {
  const rule = (group: string, version: string, ...plurals: string[]): Json => ({
    operations,
    apiGroups: [group],
    apiVersions: [version],
    resources: plurals.flatMap((plural) => [plural, `${plural}/status`]),
    scope: '*',
  });
  return [
    rule('autoscaling.internal.knative.dev', 'v1alpha1', 'metrics', 'podautoscalers'),
    rule('networking.internal.knative.dev', 'v1alpha1', 'certificates', 'ingresses', 'serverlessservices'),
    rule('serving.knative.dev', 'v1', 'configurations', 'revisions', 'routes', 'services'),
    rule('serving.knative.dev', 'v1beta1', 'domainmappings'),
  ];
}
