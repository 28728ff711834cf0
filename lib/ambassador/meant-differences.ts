import type { MeantDifference } from '../releases/meant-difference';
import { ANYTHING, NOTHING } from '../releases/meant-difference';
import { TAPPED, TAPPED_REASON } from '../releases/meant-in-the-mesh';

const SCHEMAS = 'CRDs carry no schemas: Emissary checks what it reads, and the real ones are 100 KB';
const CHART = 'labels and annotations of the chart: nothing here is installed by Helm';
const DEFAULTS = 'what Kubernetes takes when it is not said';
const RIGHTS = 'no more rights than it needs, in one role: it reads, updates statuses, and deletes nothing';
const LISTENERS = 'public and cluster-local requests have Listeners, Hosts and Services of their own';
const MODULE =
  'diagnostics are not public, spoofed revision headers are taken out, a port in the Host header does not matter';
const DEBUGGING = 'port 8005 shows snapshots for debugging';
const PODS = 'pods run with less privilege and spread over nodes';
const DRAINING = 'a pod that stops goes on taking requests until nodes and clients know it';
const MESH = "the platform's own: namespace, mesh, disruption budget";

const POD = 'spec.template.spec';
const CONTAINER = `${POD}.containers[name=emissary-ingress]`;
const ALL_OF_THE_CHART = [
  'ServiceAccount ambassador/*',
  'ClusterRole ambassador',
  'ClusterRoleBinding ambassador',
  'Service ambassador/ambassador',
  'Service ambassador/ambassador-admin',
  'Deployment ambassador/ambassador',
  'Module ambassador/ambassador',
];
const CRDS = 'CustomResourceDefinition *.getambassador.io';
const DEPLOYMENT = 'Deployment ambassador/ambassador';

/** The kinds that it reads, which the real role has as `*`. */
const PLURALS = [
  'authservices',
  'consulresolvers',
  'devportals',
  'hosts',
  'kubernetesendpointresolvers',
  'kubernetesserviceresolvers',
  'listeners',
  'logservices',
  'mappings',
  'modules',
  'ratelimitservices',
  'tcpmappings',
  'tlscontexts',
  'tracingservices',
];

/** Where the embedded Ambassador differs from Emissary-ingress's charts, and why. */
export const MEANT_IN_AMBASSADOR: readonly MeantDifference[] = [
  ...Object.entries(TAPPED).map(([annotation, value]) => ({
    objects: 'Deployment ambassador/ambassador',
    path: `spec.template.metadata.annotations["${annotation}"]`,
    becomes: value,
    reason: TAPPED_REASON,
  })),
  {
    objects: CRDS,
    path: 'spec.versions[*].schema.openAPIV3Schema',
    becomes: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    reason: SCHEMAS,
  },
  {
    objects: CRDS,
    path: 'metadata.annotations["controller-gen.kubebuilder.io/version"]',
    becomes: NOTHING,
    reason: SCHEMAS,
  },
  { objects: CRDS, path: 'spec.preserveUnknownFields', becomes: NOTHING, reason: DEFAULTS },
  { objects: [CRDS, ...ALL_OF_THE_CHART], path: 'metadata.labels["helm.sh/chart"]', becomes: NOTHING, reason: CHART },
  {
    objects: ALL_OF_THE_CHART,
    path: ['metadata.labels["app.kubernetes.io/managed-by"]', 'metadata.labels.product'],
    becomes: NOTHING,
    reason: CHART,
  },
  {
    objects: DEPLOYMENT,
    path: [
      'spec.template.metadata.labels["helm.sh/chart"]',
      'spec.template.metadata.labels["app.kubernetes.io/managed-by"]',
      'spec.template.metadata.labels.product',
      'spec.template.metadata.annotations["checksum/config"]',
    ],
    becomes: NOTHING,
    reason: CHART,
  },
  {
    objects: 'Module ambassador/ambassador',
    path: 'metadata.labels["app.kubernetes.io/component"]',
    becomes: NOTHING,
    reason: CHART,
  },
  {
    objects: DEPLOYMENT,
    path: [`${POD}.imagePullSecrets`, `${POD}.dnsPolicy`, `${POD}.hostNetwork`],
    becomes: NOTHING,
    reason: DEFAULTS,
  },
  {
    objects: DEPLOYMENT,
    path: 'spec.strategy.rollingUpdate',
    becomes: { maxSurge: '25%', maxUnavailable: '25%' },
    reason: DEFAULTS,
  },
  {
    objects: DEPLOYMENT,
    path: `${POD}.volumes[name=ambassador-pod-info].downwardAPI.items[path=labels].fieldRef.apiVersion`,
    becomes: 'v1',
    reason: DEFAULTS,
  },

  {
    objects: ['ClusterRole ambassador-crd', 'ClusterRole ambassador-watch'],
    path: '',
    becomes: NOTHING,
    reason: RIGHTS,
  },
  { objects: 'ClusterRole ambassador', path: 'aggregationRule', becomes: NOTHING, reason: RIGHTS },
  {
    objects: 'ClusterRole ambassador',
    path: [
      'rules[* customresourcedefinitions.apiextensions.k8s.io]',
      'rules[* clusteringresses.networking.internal.knative.dev]',
      'rules[update clusteringresses.networking.internal.knative.dev/status]',
      'rules[* ~*.networking.x-k8s.io]',
      'rules[* ~*.gateway.getambassador.io]',
      'rules[* ~*.getambassador.io]',
      'rules[* ingresses.extensions]',
      'rules[* ingressclasses.extensions]',
      'rules[update ingresses.extensions/status]',
      'rules[* namespaces]',
      'rules[* secrets]',
    ],
    becomes: NOTHING,
    reason: RIGHTS,
  },
  {
    objects: 'ClusterRole ambassador',
    path: [
      ...['get', 'list', 'watch'].flatMap((verb) =>
        PLURALS.map((plural) => `rules[${verb} ${plural}.getambassador.io]`),
      ),
      'rules[get namespaces "default"]',
    ],
    becomes: true,
    reason: RIGHTS,
  },

  {
    objects: ['Listener ambassador/ambassador-http-listener', 'Listener ambassador/ambassador-https-listener'],
    path: '',
    becomes: NOTHING,
    reason: LISTENERS,
  },
  {
    objects: [
      'Listener ambassador/ambassador-http',
      'Listener ambassador/ambassador-internal',
      'Host ambassador/*',
      'Service ambassador/ambassador-internal',
    ],
    path: '',
    becomes: ANYTHING,
    reason: LISTENERS,
  },
  {
    objects: 'Service ambassador/ambassador',
    path: 'metadata.labels["app.kubernetes.io/component"]',
    becomes: NOTHING,
    reason: LISTENERS,
  },
  {
    objects: DEPLOYMENT,
    path: `${CONTAINER}.ports[containerPort=8081]`,
    becomes: { name: 'internal', containerPort: 8081 },
    reason: LISTENERS,
  },

  {
    objects: 'Module ambassador/ambassador',
    path: 'spec.config',
    becomes: {
      diagnostics: { enabled: false },
      readiness_probe: { enabled: false },
      liveness_probe: { enabled: false },
      strip_matching_host_port: true,
      defaults: {
        httpmapping: { remove_request_headers: ['Knative-Serving-Revision', 'Knative-Serving-Namespace'] },
      },
    },
    reason: MODULE,
  },

  {
    objects: 'Service ambassador/ambassador-admin',
    path: 'spec.ports[port=8005]',
    becomes: NOTHING,
    reason: DEBUGGING,
  },
  {
    objects: DEPLOYMENT,
    path: `${CONTAINER}.env[name=AMBASSADOR_DISABLE_SNAPSHOT_SERVER]`,
    becomes: { name: 'AMBASSADOR_DISABLE_SNAPSHOT_SERVER', value: 'true' },
    reason: DEBUGGING,
  },

  { objects: DEPLOYMENT, path: `${POD}.securityContext.runAsNonRoot`, becomes: true, reason: PODS },
  {
    objects: DEPLOYMENT,
    path: `${POD}.securityContext.seccompProfile`,
    becomes: { type: 'RuntimeDefault' },
    reason: PODS,
  },
  {
    objects: DEPLOYMENT,
    path: `${CONTAINER}.securityContext.capabilities`,
    becomes: { drop: ['ALL'] },
    reason: PODS,
  },
  {
    objects: DEPLOYMENT,
    path: `${POD}.topologySpreadConstraints`,
    becomes: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        matchLabelKeys: ['pod-template-hash'],
        labelSelector: {
          matchLabels: { 'app.kubernetes.io/name': 'ambassador', 'app.kubernetes.io/instance': 'ambassador' },
        },
      },
    ],
    reason: PODS,
  },

  {
    objects: DEPLOYMENT,
    path: `${CONTAINER}.lifecycle`,
    becomes: { preStop: { sleep: { seconds: 10 } } },
    reason: DRAINING,
  },
  { objects: DEPLOYMENT, path: `${POD}.terminationGracePeriodSeconds`, becomes: 40, reason: DRAINING },

  {
    objects: ['Namespace ambassador', 'PodDisruptionBudget ambassador/ambassador'],
    path: '',
    becomes: ANYTHING,
    reason: MESH,
  },
  {
    objects: DEPLOYMENT,
    path: 'spec.template.metadata.annotations["linkerd.io/inject"]',
    becomes: 'enabled',
    reason: MESH,
  },
];
