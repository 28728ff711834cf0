import { ambassador } from '../lib/ambassador/ambassador';
import type { AmbassadorProps } from '../lib/ambassador/ambassador';
import type { ServingOptions } from '../lib/knative/serving/serving';
import type { KnativeServingSettings } from '../lib/knative/settings/settings';
import { kourier } from '../lib/kourier/kourier';
import type { KourierProps } from '../lib/kourier/kourier';
import type { GrafanaProps } from '../lib/linkerd/grafana/grafana';
import type { CertManagerProps } from '../lib/linkerd/identity/cert-manager';
import { certManager } from '../lib/linkerd/identity/cert-manager';
import { files } from '../lib/linkerd/identity/files';
import type { LinkerdOptions, LinkerdVizOptions } from '../lib/linkerd/linkerd';
import type { NamespaceProps } from '../lib/namespaces';
import type { PlatformProps, PlatformReleases } from '../lib/platform';
import { projectRoot } from '../lib/releases/project-root';

export type ChosenProps = Partial<PlatformProps>;

/** What the commands say of a choice. */
export interface Outcome {
  /** The props that `synth` warns of, besides the sample of certificates. @default [] */
  readonly says?: readonly string[];

  /** The rules of which `check` warns. @default [] */
  readonly warnings?: readonly string[];

  /** The one mistake, of what cannot be had. @default - it can be had */
  readonly mistake?: string;
}

/** Something that a user may choose, as it stands in `main.ts`. */
export interface Choice extends Outcome {
  readonly props: ChosenProps;
}

const NETWORKS: ChosenProps = { nodeNetworks: ['10.0.1.0/24'], apiServerNetworks: ['10.0.0.0/24'] };
const EVERY_ADDRESS = ['nodeNetworks', 'apiServerNetworks', 'probeNetworks'];
const REGISTRY = 'registry.example.com';
const PLACEMENT = {
  nodeSelector: { pool: 'system' },
  tolerations: [{ key: 'system', operator: 'Exists' }],
  podAnnotations: { 'example.com/owner': 'platform' },
};
const POD_RESOURCES = { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } };
const SERVICE = {
  annotations: { 'example.com/load-balancer': 'external' },
  loadBalancerClass: 'example.com/nlb',
  loadBalancerSourceRanges: ['192.0.2.0/24'],
};
const ENVOY = `docker.io/envoyproxy/envoy@sha256:${'0123456789abcdef'.repeat(4)}`;
const TLS = { certificates: [{ hostname: '*.default.example.com', secret: 'default-tls' }] } as const;

// A new option does not compile here until it has a value.

const NAMESPACE: Required<NamespaceProps> = {
  inject: 'enabled',
  mtls: 'permissive',
  podSecurity: 'privileged',
  proxy: {
    cpuRequest: '50m',
    memoryLimit: '200Mi',
    logLevel: 'info',
    opaquePorts: [5432],
    skipOutboundPorts: ['8000-8010'],
  },
  labels: { team: 'platform' },
  annotations: { 'example.com/owner': 'platform' },
};

const AMBASSADOR: Required<AmbassadorProps> = {
  ...PLACEMENT,
  replicas: 5,
  image: `${REGISTRY}/emissary@sha256:${'0123456789abcdef'.repeat(4)}`,
  resources: POD_RESOURCES,
  drainSeconds: 20,
  logLevel: 'debug',
  env: { AMBASSADOR_DRAIN_TIME: '60' },
  spread: [{ over: 'topology.kubernetes.io/zone', maxSkew: 2, required: true }],
  proxy: { cpuRequest: '100m' },
  podLabels: { team: 'edge' },
  preserveClientAddress: true,
  service: SERVICE,
  disruptionBudget: { minAvailable: '50%' },
  tls: { ...TLS, minVersion: 'v1.3', redirect: false },
  namespace: NAMESPACE,
};

const KOURIER: Required<KourierProps> = {
  ...PLACEMENT,
  replicas: { min: 2, max: 20, cpuPercent: 80 },
  image: ENVOY,
  resources: POD_RESOURCES,
  drainSeconds: 60,
  spread: [{ over: 'topology.kubernetes.io/zone' }],
  proxy: { cpuRequest: '100m' },
  podLabels: { team: 'edge' },
  preserveClientAddress: true,
  service: SERVICE,
  disruptionBudget: { maxUnavailable: 1 },
  tls: { secret: 'example-com', namespace: 'certificates' },
  config: { accessLog: false, idleTimeout: '5m', trustedHops: 1, serverHeader: false },
  controller: { ...PLACEMENT, replicas: 2, resources: POD_RESOURCES },
  namespace: NAMESPACE,
};

const GRAFANA: Required<GrafanaProps> = {
  ...PLACEMENT,
  image: `grafana/grafana@sha256:${'0123456789abcdef'.repeat(4)}`,
  imageRegistry: REGISTRY,
  prometheusUrl: 'http://prometheus.monitoring:9090',
  resources: { memoryLimit: '500Mi' },
};

const VIZ: Required<Omit<LinkerdVizOptions, 'grafanaUrl'>> = {
  ...PLACEMENT,
  grafana: GRAFANA,
  prometheusUrl: 'http://prometheus.monitoring:9090',
  replicas: { web: 2, 'metrics-api': 2 },
  resources: { tap: { cpuRequest: '10m' } },
  logLevel: 'debug',
  logFormat: 'json',
  imageRegistry: REGISTRY,
};

const CERT_MANAGER: Required<CertManagerProps> = {
  namespace: 'certificates',
  anchorHours: 175_200,
  issuerHours: 4400,
  webhookHours: 4400,
};

const LINKERD: Required<LinkerdOptions> = {
  ...PLACEMENT,
  identity: certManager(CERT_MANAGER),
  viz: VIZ,
  highAvailability: true,
  replicas: 4,
  injectorReplicas: 5,
  validatorFailurePolicy: 'Fail',
  proxy: { cpuRequest: '50m', memoryLimit: '200Mi', nativeSidecar: true },
  cni: true,
  clusterNetworks: ['10.0.0.0/8'],
  resources: { identity: { memoryLimit: '100Mi' } },
  heartbeat: true,
  heartbeatHour: 3,
  prometheusUrl: 'http://prometheus.monitoring:9090',
  logLevel: 'debug',
  logFormat: 'json',
  imageRegistry: REGISTRY,
  priorityClassName: 'system-cluster-critical',
};

const SERVING: Required<ServingOptions> = {
  highAvailability: true,
  hpaAutoscaler: true,
  postInstallJobs: true,
  imageRegistry: `${REGISTRY}/gcr`,
  components: { activator: { minReplicas: 4, maxReplicas: 8 }, 'autoscaler-hpa': { replicas: 2 } },
  pods: { labels: { team: 'platform' }, annotations: PLACEMENT.podAnnotations, nodeSelector: PLACEMENT.nodeSelector },
  namespace: NAMESPACE,
};

const SETTINGS: Required<KnativeServingSettings> = {
  domain: { 'internal.example.com': { selector: { team: 'internal' } } },
  network: { tagTemplate: '{{.Tag}}--{{.Name}}' },
  autoscaler: { scaleToZeroGracePeriod: '1m' },
  defaults: { revisionTimeoutSeconds: 10 },
  deployment: { progressDeadline: '5m' },
  features: { kubernetesPodspecAffinity: 'enabled' },
  gc: { minNonActiveRevisions: 5 },
  observability: { loggingEnableRequestLog: true },
  logging: { loglevelController: 'debug' },
  leaderElection: { leaseDuration: '90s' },
  tracing: {},
  certmanager: {},
  // What only a newer release reads: a test of its own renders it.
  others: {},
};

const RELEASES: Required<PlatformReleases> = {
  'knative-serving': 'embedded',
  linkerd: 'embedded',
  'linkerd-viz': 'embedded',
  'gateway-api': 'external',
  networking: 'embedded',
};

/** Every prop of the platform at once. */
const PLATFORM: Required<PlatformProps> = {
  domain: 'apps.example.com',
  ingress: kourier(),
  releases: RELEASES,
  settings: {},
  knativeServing: {},
  linkerd: {},
  root: projectRoot(),
  mtls: 'required',
  nodeNetworks: ['10.0.1.0/24'],
  apiServerNetworks: ['10.0.0.0/24'],
  probeNetworks: ['10.0.2.0/24'],
  environment: 'staging',
  objectsPerFile: 1,
  defaultNamespace: NAMESPACE,
};

/** Every option of each part. */
export const EVERY_OPTION = {
  platform: PLATFORM,
  settings: SETTINGS,
  serving: SERVING,
  linkerd: LINKERD,
  certManager: CERT_MANAGER,
  ambassador: AMBASSADOR,
  kourier: KOURIER,
  namespace: NAMESPACE,
} as const;

/** Under "Describe it". */
const README: ChosenProps = {
  ingress: ambassador({ replicas: 5, tls: TLS }),
  knativeServing: { highAvailability: true, imageRegistry: REGISTRY },
  linkerd: { highAvailability: true, viz: { grafana: true } },
  mtls: 'required',
  nodeNetworks: ['10.0.0.0/16'],
  apiServerNetworks: ['10.1.0.0/28'],
  settings: { autoscaler: { scaleToZeroGracePeriod: '1m' }, features: { kubernetesPodspecAffinity: 'enabled' } },
};

const DIGEST = ['image-digest'];

/** What is chosen by one option, or by a few that go together. */
export const CHOICES = {
  nothing: { props: {} },
  'what README.md describes': { props: README, warnings: DIGEST },
  'every prop': { props: PLATFORM, warnings: DIGEST },

  kourier: { props: { ingress: kourier() }, warnings: DIGEST },
  'kourier, pinned': { props: { ingress: kourier({ image: ENVOY }) } },
  'kourier with every option': { props: { ingress: kourier(KOURIER) } },
  'ambassador with every option': { props: { ingress: ambassador(AMBASSADOR) } },
  'ambassador with TLS': { props: { ingress: ambassador({ tls: TLS }) } },
  'kourier that redirects to https': {
    props: {
      ingress: kourier({ image: ENVOY, tls: { secret: 'example-com' } }),
      settings: { network: { httpProtocol: 'Redirected' } },
    },
  },
  "kourier with Serving's certificates": {
    props: { ingress: kourier({ image: ENVOY }), settings: { network: { externalDomainTls: 'Enabled' } } },
    says: ['settings.network.externalDomainTls'],
    warnings: ['crd-missing'],
  },
  'ambassador at node ports': {
    props: { ingress: ambassador({ service: { type: 'NodePort', nodePorts: { http: 30080, https: 30443 } } }) },
  },
  'ambassador that sees clients': { props: { ingress: ambassador({ preserveClientAddress: true }) } },

  'files()': { props: { linkerd: { identity: files({ folder: 'certs' }) } } },
  'certManager()': {
    props: { linkerd: { identity: certManager() } },
    says: ['linkerd.identity'],
    warnings: ['crd-missing'],
  },
  'Linkerd with every option': {
    props: { linkerd: LINKERD },
    says: ['linkerd.identity'],
    warnings: ['crd-missing', 'image-digest'],
  },
  'Linkerd highly available': { props: { linkerd: { highAvailability: true } } },
  'linkerd-cni': { props: { linkerd: { cni: true } } },
  'Linkerd from a mirror': {
    props: { linkerd: { imageRegistry: REGISTRY, viz: { imageRegistry: REGISTRY } } },
    warnings: DIGEST,
  },
  'without viz': { props: { linkerd: { viz: false } } },
  Grafana: { props: { linkerd: { viz: { grafana: true } } }, warnings: DIGEST },
  'Grafana elsewhere': { props: { linkerd: { viz: { grafanaUrl: 'grafana.monitoring:3000' } } } },
  'Prometheus elsewhere': { props: { linkerd: { viz: { prometheusUrl: 'http://prometheus.monitoring:9090' } } } },
  'no native sidecars': { props: { linkerd: { proxy: { nativeSidecar: false, waitBeforeExitSeconds: 5 } } } },

  'mTLS required': { props: { mtls: 'required' }, says: EVERY_ADDRESS },
  'mTLS required with networks': { props: { mtls: 'required', ...NETWORKS } },

  'Serving with every option': { props: { knativeServing: SERVING } },
  'Serving highly available': { props: { knativeServing: { highAvailability: true } } },
  'Serving from a mirror': { props: { knativeServing: { imageRegistry: REGISTRY } } },
  'scaling by CPU': { props: { knativeServing: { hpaAutoscaler: true } } },
  'settings of every ConfigMap': { props: { settings: SETTINGS } },
  'an environment': { props: { environment: 'staging', objectsPerFile: 1 } },
  'a restricted namespace': {
    props: { defaultNamespace: { podSecurity: 'restricted' } },
    mistake:
      'Namespace default: metadata.labels["pod-security.kubernetes.io/enforce"]: restricted forbids NET_ADMIN, which Linkerd\'s init container adds to every meshed pod, so no pod is created: set it to privileged, or install linkerd-cni (docs/rules/pod-security.md)',
  },
  'default outside the mesh': { props: { defaultNamespace: { inject: 'disabled' } }, warnings: ['not-meshed'] },
} as const satisfies Readonly<Record<string, Choice>>;

type ReleaseOutcomes = {
  readonly [Component in keyof PlatformReleases]-?: Readonly<Record<NonNullable<PlatformReleases[Component]>, Outcome>>;
};

/** Where each component may come from. */
export const RELEASE_CHOICES: ReleaseOutcomes = {
  'knative-serving': {
    embedded: {},
    vendored: {},
    external: { says: ['releases.knative-serving'], warnings: ['crd-missing'] },
  },
  linkerd: { embedded: {}, vendored: {}, external: { says: ['releases.linkerd'], warnings: ['crd-missing'] } },
  'linkerd-viz': { embedded: {}, vendored: {}, external: {} },
  'gateway-api': { embedded: { says: ['releases.gateway-api'] }, vendored: {}, external: {} },
  networking: { embedded: {}, vendored: {} },
};

type ReleaseName<Component extends keyof ReleaseOutcomes> = Component extends unknown
  ? `${Component} ${keyof ReleaseOutcomes[Component] & string}`
  : never;

type Name = keyof typeof CHOICES | ReleaseName<keyof ReleaseOutcomes>;

const ofEmbedded = (prop: string, component: string): Outcome => ({
  mistake: `${prop}: is an option of the embedded release alone: leave it out, or set releases.${component} to "embedded"`,
});
const ofOurs = (prop: string, whose: string, component: string): Outcome => ({
  mistake: `${prop}: is given, but ${whose} external and decided on where it is installed: leave it out, or set releases.${component} to "embedded"`,
});

/** Pairs of these, where one could be in the other's way. What is not said of a pair is said of each of the two. */
export const PAIRS: readonly (readonly [Name, Name, Outcome?])[] = [
  ['kourier', 'mTLS required'],
  ['kourier', 'mTLS required with networks'],
  ['kourier', 'certManager()'],
  ['kourier', 'linkerd-cni'],
  ['kourier', 'without viz'],
  ['kourier', 'scaling by CPU'],
  ['kourier', 'Linkerd highly available'],
  ['kourier', 'networking vendored'],
  ['kourier', 'linkerd external'],
  ['kourier', 'knative-serving external'],
  ['kourier', 'default outside the mesh'],
  ['kourier with every option', 'mTLS required with networks'],
  ['kourier with every option', 'no native sidecars'],
  ['ambassador with every option', 'mTLS required with networks'],
  ['ambassador with TLS', 'mTLS required'],
  ['ambassador with TLS', 'networking vendored'],
  ['ambassador that sees clients', 'mTLS required with networks'],
  ['ambassador that sees clients', 'networking vendored'],
  ['certManager()', 'mTLS required with networks'],
  ['certManager()', 'Linkerd highly available'],
  ['certManager()', 'without viz'],
  ['certManager()', 'linkerd-cni'],
  ['certManager()', 'Grafana'],
  ['certManager()', 'linkerd-viz external'],
  ['certManager()', 'linkerd external'],
  [
    'certManager()',
    'linkerd vendored',
    { mistake: 'linkerd.identity: certManager() is for embedded releases, and linkerd is vendored: take files()' },
  ],
  [
    'certManager()',
    'linkerd-viz vendored',
    { mistake: 'linkerd.identity: certManager() is for embedded releases, and linkerd-viz is vendored: take files()' },
  ],
  ['Linkerd highly available', 'Serving highly available'],
  ['Linkerd highly available', 'mTLS required'],
  ['Linkerd highly available', 'linkerd-cni'],
  ['Linkerd highly available', 'linkerd vendored', ofEmbedded('linkerd.highAvailability', 'linkerd')],
  ['Linkerd highly available', 'linkerd external', ofOurs('linkerd.highAvailability', 'Linkerd is', 'linkerd')],
  ['linkerd-cni', 'mTLS required'],
  ['linkerd-cni', 'default outside the mesh'],
  ['linkerd-cni', 'a restricted namespace'],
  ['without viz', 'mTLS required with networks'],
  ['without viz', 'linkerd vendored'],
  ['without viz', 'linkerd external', { warnings: [] }],
  [
    'without viz',
    'linkerd-viz vendored',
    {
      mistake:
        'releases.linkerd-viz: "vendored" is given, but linkerd.viz is false, which leaves viz out: remove one of the two',
    },
  ],
  ['Grafana', 'mTLS required with networks'],
  ['Grafana', 'Linkerd from a mirror'],
  ['Grafana', 'linkerd external'],
  ['Grafana', 'linkerd-viz external', ofOurs('linkerd.viz.grafana', 'viz is', 'linkerd-viz')],
  ['Grafana', 'linkerd-viz vendored', ofEmbedded('linkerd.viz.grafana', 'linkerd-viz')],
  ['Prometheus elsewhere', 'Grafana'],
  ['no native sidecars', 'mTLS required with networks'],
  ['no native sidecars', 'scaling by CPU'],
  ['mTLS required', 'linkerd external'],
  ['mTLS required with networks', 'linkerd vendored'],
  ['mTLS required with networks', 'linkerd-viz vendored'],
  ['mTLS required with networks', 'linkerd-viz external'],
  ['mTLS required with networks', 'knative-serving vendored'],
  ['mTLS required with networks', 'knative-serving external'],
  ['mTLS required with networks', 'networking vendored'],
  ['mTLS required with networks', 'default outside the mesh'],
  ['Serving highly available', 'mTLS required with networks'],
  [
    'Serving highly available',
    'knative-serving vendored',
    ofEmbedded('knativeServing.highAvailability', 'knative-serving'),
  ],
  ['Serving from a mirror', 'knative-serving vendored', ofEmbedded('knativeServing.imageRegistry', 'knative-serving')],
  ['Serving from a mirror', 'settings of every ConfigMap'],
  ['scaling by CPU', 'knative-serving vendored'],
  ['settings of every ConfigMap', 'knative-serving vendored'],
  ['settings of every ConfigMap', 'kourier'],
  ['an environment', 'kourier'],
  ['linkerd vendored', 'linkerd-viz vendored'],
  ['linkerd vendored', 'knative-serving vendored'],
  ['linkerd vendored', 'linkerd-viz external'],
  ['linkerd external', 'linkerd-viz external', { warnings: [] }],
  ['linkerd external', 'linkerd-viz vendored'],
  ['linkerd external', 'knative-serving external'],
  ['knative-serving external', 'networking vendored'],
  ['gateway-api embedded', 'linkerd vendored'],
];
