import { openSchema } from '../crds/schema';
import type { Json } from '../objects/manifest';
import { toYaml } from '../render/yaml';
import { readYamlValue } from '../yaml/stream';
import type { MeantDifference } from '../releases/meant-difference';
import { ANYTHING, NOTHING } from '../releases/meant-difference';
import { TAPPED, TAPPED_REASON } from '../releases/meant-in-the-mesh';
import { schemaDefaults } from './schema-defaults';

const SCHEMAS =
  'CRDs carry no schemas, but all of their defaults: without accessPolicy deny a Server is open. The real ones are 400 KB';
const PROSE = 'descriptions and reasons for people are not taken over';
const CHART = 'labels and annotations of the chart: nothing here is installed by Helm';
const DEFAULTS = 'what Kubernetes takes when it is not said';
const RESTARTS = "a sum of upstream's own text; the pods notice new certificates and settings by themselves";
const VALUES = 'the same content, written in one order and without comments';
const BORN_MESHED = 'pods of meshed namespaces wait for the injector, and an injector that is down stops nothing else';
const NAMESPACE = "the platform's own: charts render no namespace";
const FAIL_OPEN = "a validator that is down must not stop other tenants' routes and policies";
const MESHED = 'the namespace says what its pods say: they are in the mesh';

const BOUNDED = 'requests and limits, which the chart has for high availability alone';

const CRDS = 'CustomResourceDefinition *linkerd.io';
const INJECTOR = 'Deployment linkerd/linkerd-proxy-injector';
const INJECTOR_WEBHOOK = 'MutatingWebhookConfiguration linkerd-proxy-injector-webhook-config';
const INJECTOR_SELECTOR = 'webhooks[name=linkerd-proxy-injector.linkerd.io].namespaceSelector.matchExpressions';
const LINKERD_CONFIG = 'ConfigMap linkerd/linkerd-config';
const DISABLED = 'env[name=LINKERD_DISABLED].value';

/** The same YAML as it is written here, but for some of its values. */
const rewritten =
  (changed: Readonly<Record<string, Json>> = {}) =>
  (text: Json | undefined): Json =>
    toYaml({ ...(readYamlValue(text as string) as Record<string, Json>), ...changed });

/** The injector's selector without the meshed namespaces, which have a configuration of their own. */
const withoutMeshed =
  (namespaces: readonly string[]) =>
  (selector: Json | undefined): Json => [
    ...((selector ?? []) as Json[]),
    { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [...namespaces] },
  ];

/** What differs of one that is not highly available: the injector is, all the same. */
const ALONE: readonly MeantDifference[] = [
  { objects: LINKERD_CONFIG, path: 'data.values', becomes: rewritten(), reason: VALUES },
  { objects: INJECTOR, path: 'spec.replicas', becomes: 2, reason: BORN_MESHED },
  {
    objects: 'PodDisruptionBudget linkerd/linkerd-proxy-injector',
    path: '',
    becomes: ANYTHING,
    reason: BORN_MESHED,
  },
];

/** What differs of a highly available one. */
const HIGHLY_AVAILABLE: readonly MeantDifference[] = [
  {
    objects: LINKERD_CONFIG,
    path: 'data.values',
    becomes: rewritten({ webhookFailurePolicy: 'Ignore' }),
    reason: FAIL_OPEN,
  },
  {
    objects: [INJECTOR_WEBHOOK, 'ValidatingWebhookConfiguration linkerd-*-validator-webhook-config'],
    path: 'webhooks[*].failurePolicy',
    becomes: 'Ignore',
    reason: FAIL_OPEN,
  },
];

/** A control plane that is compared. */
export interface ComparedControlPlane {
  /** The namespaces that its platform meshes, in the order of their names. */
  readonly meshed: readonly string[];

  readonly highAvailability: boolean;
}

/** Where the embedded control plane of Linkerd and its CRDs differ from the charts, and why. */
export const meantInLinkerd = ({ meshed, highAvailability }: ComparedControlPlane): readonly MeantDifference[] => [
  ...(highAvailability ? HIGHLY_AVAILABLE : ALONE),
  {
    objects: CRDS,
    path: 'spec.versions[*].schema.openAPIV3Schema',
    becomes: (schema) => openSchema(schemaDefaults(schema)) as Json,
    reason: SCHEMAS,
  },
  {
    objects: CRDS,
    path: ['spec.versions[*].additionalPrinterColumns[*].description', 'spec.versions[*].deprecationWarning'],
    becomes: NOTHING,
    reason: PROSE,
  },
  {
    objects: 'CustomResourceDefinition httproutes.policy.linkerd.io',
    path: 'status',
    becomes: NOTHING,
    reason: DEFAULTS,
  },
  {
    objects: CRDS,
    path: ['metadata.labels["helm.sh/chart"]', 'metadata.annotations'],
    becomes: NOTHING,
    reason: CHART,
  },
  {
    objects: 'ClusterRoleBinding linkerd-linkerd-proxy-injector',
    path: 'subjects[*].apiGroup',
    becomes: NOTHING,
    reason: DEFAULTS,
  },
  {
    objects: ['Deployment linkerd/linkerd-destination', INJECTOR],
    path: 'spec.template.metadata.annotations["checksum/config"]',
    becomes: NOTHING,
    reason: RESTARTS,
  },
  {
    objects: 'Deployment linkerd/linkerd-identity',
    path: `spec.template.spec.containers[name=identity].${DISABLED}`,
    becomes: 'identity starts before its proxy',
    reason: PROSE,
  },
  {
    objects: 'CronJob linkerd/linkerd-heartbeat',
    path: `spec.jobTemplate.spec.template.spec.containers[name=heartbeat].${DISABLED}`,
    becomes: 'heartbeat has no proxy',
    reason: PROSE,
  },
  { objects: INJECTOR_WEBHOOK, path: INJECTOR_SELECTOR, becomes: withoutMeshed(meshed), reason: BORN_MESHED },
  {
    objects: 'MutatingWebhookConfiguration linkerd-proxy-injector-meshed-namespaces',
    path: '',
    becomes: ANYTHING,
    reason: BORN_MESHED,
  },
  { objects: 'Namespace linkerd', path: '', becomes: ANYTHING, reason: NAMESPACE },
];

/** What a part of viz asks for, and may have at most. */
function bounded(component: string, cpu: string, memory: string, mostMemory: string): MeantDifference {
  return {
    objects: `Deployment linkerd-viz/${component}`,
    path: `spec.template.spec.containers[name=${component}].resources`,
    becomes: { limits: { memory: mostMemory }, requests: { cpu, memory } },
    reason: BOUNDED,
  };
}

/** Where the embedded viz differs from what Linkerd's command line tool installs, and why. */
export const MEANT_IN_LINKERD_VIZ: readonly MeantDifference[] = [
  {
    objects: 'Namespace linkerd-viz',
    path: 'metadata.annotations',
    becomes: { 'linkerd.io/inject': 'enabled' },
    reason: MESHED,
  },
  {
    objects: 'Deployment linkerd-viz/*',
    // All of them at once, so that one Deployment alone that lacks them is found.
    path: 'spec.template.metadata.annotations',
    becomes: (annotations) => ({ ...(annotations as Record<string, Json>), ...TAPPED }),
    reason: TAPPED_REASON,
  },
  ...['metrics-api', 'tap', 'tap-injector', 'web'].map((component) => bounded(component, '100m', '50Mi', '250Mi')),
  bounded('prometheus', '300m', '300Mi', '8192Mi'),
  {
    objects: 'ConfigMap linkerd-viz/prometheus-config',
    path: 'data["prometheus.yml"]',
    becomes: rewritten(),
    reason: VALUES,
  },
];
