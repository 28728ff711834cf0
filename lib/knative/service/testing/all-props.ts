import type { Container, Probe, Volume } from '../../../../imports/serving.knative.dev';
import type { FeaturesSettings } from '../../settings/features';
import { FEATURES } from '../../settings/features';
import type { InitContainerProps, ServingContainerProps, SidecarProps } from '../containers';
import type { KnativeServiceProps } from '../knative-service';
import type { Probes } from '../probes';
import type { QueueProxy } from '../queue-proxy';
import type { Scale } from '../scale';

/** All of a type, however deep its optional properties are. */
type All<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

/** Settings with every flag of `config-features` on. */
export const ALL_FEATURES: FeaturesSettings = Object.fromEntries(
  Object.keys(FEATURES).map((feature) => [feature, 'enabled']),
);

const probe = (how: Probe, period: number): Probe => ({
  ...how,
  initialDelaySeconds: period + 1,
  periodSeconds: period,
  timeoutSeconds: period + 2,
  failureThreshold: period + 3,
  successThreshold: 1,
});

const probes = (how: Probe, period: number): All<Probes> => ({
  readiness: probe(how, period),
  liveness: probe(how, period + 100),
  startup: probe(how, period + 200),
});

const HTTP_GET: All<NonNullable<Probe['httpGet']>> = {
  path: '/healthz',
  port: 8090,
  host: 'probed.example.com',
  scheme: 'HTTPS',
  httpHeaders: [{ name: 'X-Probe', value: 'yes' }],
};

const items = [{ key: 'from', path: 'to/file', mode: 0o400 }];
const downwardItems = [
  { path: 'pod-name', mode: 0o440, fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } },
  { path: 'cpu', resourceFieldRef: { containerName: 'serving', resource: 'limits.cpu', divisor: '1m' } },
];

const VOLUMES: readonly Volume[] = [
  { name: 'config', configMap: { name: 'app-config', optional: true, defaultMode: 0o444, items } },
  { name: 'secret', secret: { secretName: 'app-secret', optional: false, defaultMode: 0o400, items } },
  {
    name: 'projected',
    projected: {
      defaultMode: 0o404,
      sources: [
        { configMap: { name: 'projected-config', optional: true, items } },
        { secret: { name: 'projected-secret', optional: true, items } },
        { downwardAPI: { items: downwardItems } },
        { serviceAccountToken: { audience: 'vault', expirationSeconds: 7200, path: 'token' } },
      ],
    },
  },
  { name: 'scratch', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
  { name: 'empty', emptyDir: {} },
  { name: 'claim', persistentVolumeClaim: { claimName: 'data', readOnly: false } },
  { name: 'host', hostPath: { path: '/var/lib/app', type: 'Directory' } },
  { name: 'csi', csi: { driver: 'secrets.csi.example.com', readOnly: true, volumeAttributes: { class: 'vault' } } },
  {
    name: 'ephemeral',
    ephemeral: {
      volumeClaimTemplate: {
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    },
  },
  { name: 'model', image: { reference: 'docker.io/library/model:2', pullPolicy: 'IfNotPresent' } },
];

const WRITABLE = ['scratch', 'empty', 'claim', 'ephemeral'];

const container = (image: string): Omit<All<InitContainerProps>, 'name' | 'env'> => ({
  image,
  imagePullPolicy: 'Always',
  command: ['/bin/app'],
  args: ['--verbose', image],
  workingDir: '/srv',
  envFrom: [
    { prefix: 'CFG_', configMapRef: { name: 'all-config', optional: true } },
    { prefix: 'SEC_', secretRef: { name: 'all-secrets', optional: false } },
  ],
  resources: {
    requests: { cpu: '100m', memory: '64Mi' },
    limits: { cpu: 1, memory: '128Mi', 'ephemeral-storage': '1Gi' },
  },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsGroup: 1001,
    runAsNonRoot: true,
    runAsUser: 1002,
    seccompProfile: { type: 'Localhost', localhostProfile: 'profiles/app.json' },
  } satisfies All<NonNullable<Container['securityContext']>>,
  volumeMounts: VOLUMES.map(({ name }) => ({
    name,
    mountPath: `/mnt/${name}`,
    subPath: `part-of-${name}`,
    readOnly: !WRITABLE.includes(name),
    mountPropagation: 'HostToContainer',
  })),
  terminationMessagePath: '/dev/end',
  terminationMessagePolicy: 'File',
});

const sidecar = (name: string, how: Probe, period: number): All<SidecarProps> => ({
  ...container(`docker.io/library/${name}:1`),
  name,
  env: [
    { name: 'PORT', value: '9000' },
    { name: 'AGAIN', value: '$(PORT)' },
    { name: 'HOST_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
  ],
  probes: probes(how, period),
});

const SERVING: All<ServingContainerProps> = {
  ...container('docker.io/library/hello:1'),
  containerName: 'serving',
  port: { number: 8081, protocol: 'http1' },
  env: {
    TARGET: 'world',
    LEVEL: { configMapKeyRef: { name: 'levels', key: 'level', optional: true } },
    PASSWORD: { secretKeyRef: { name: 'passwords', key: 'password', optional: false } },
    POD_NAME: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } },
    CPUS: { resourceFieldRef: { containerName: 'serving', resource: 'limits.cpu', divisor: 1 } },
  },
  probes: probes({ httpGet: HTTP_GET }, 10),
};

const SCALE: All<Scale> = {
  min: 1,
  max: 20,
  initial: 3,
  activation: 2,
  metric: 'rps',
  target: 150.5,
  targetUtilizationPercentage: 80,
  targetBurstCapacity: -1,
  class: 'kpa.autoscaling.knative.dev',
  window: '90s',
  panicWindowPercentage: 12.5,
  panicThresholdPercentage: 250,
  metricAggregationAlgorithm: 'weighted-exponential',
  downDelay: '2m',
  toZeroPodRetentionPeriod: '1m30s',
};

const QUEUE_PROXY: All<QueueProxy> = {
  cpuRequest: '30m',
  cpuLimit: '300m',
  memoryRequest: '50Mi',
  memoryLimit: '200Mi',
  ephemeralStorageRequest: '400Mi',
  ephemeralStorageLimit: '1G',
  mountPodInfo: true,
};

/** Every prop of a service, for tests: a new one does not compile until it is here. The flags of all are in {@link ALL_FEATURES}. */
export const ALL_PROPS: All<KnativeServiceProps> = {
  ...SERVING,
  name: 'everything',
  namespace: 'team-a',
  revisionName: 'everything-v7',
  sidecars: [
    sidecar('tcp', { tcpSocket: { port: 9001, host: '127.0.0.2' } }, 20),
    sidecar('exec', { exec: { command: ['/bin/healthy'] } }, 30),
    sidecar('grpc', { grpc: { port: 9002, service: 'health' } }, 40),
  ],
  initContainers: [{ ...container('docker.io/library/migrate:1'), name: 'migrate', env: { STEP: 'first' } }],
  volumes: VOLUMES,
  serviceAccountName: 'robot',
  automountServiceAccountToken: false,
  imagePullSecrets: ['registry-password'],
  enableServiceLinks: true,
  podSecurityContext: {
    fsGroup: 2001,
    runAsGroup: 2002,
    runAsNonRoot: true,
    runAsUser: 2003,
    supplementalGroups: [2004, 2005],
    seccompProfile: { type: 'RuntimeDefault' },
  },
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['eu-1', 'eu-2'] }] }],
      },
    },
  },
  nodeSelector: { disk: 'fast' },
  tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'serving', effect: 'NoExecute', tolerationSeconds: 61 }],
  topologySpreadConstraints: [
    { maxSkew: 5, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
  ],
  priorityClassName: 'urgent',
  runtimeClassName: 'gvisor',
  schedulerName: 'my-scheduler',
  dnsPolicy: 'None',
  dnsConfig: { nameservers: ['192.0.2.53'], searches: ['corp.example.com'], options: [{ name: 'ndots', value: '2' }] },
  hostAliases: [{ ip: '192.0.2.10', hostnames: ['legacy.example.com'] }],
  hostNetwork: true,
  hostIPC: true,
  hostPID: true,
  shareProcessNamespace: true,
  containerConcurrency: 55,
  timeoutSeconds: 500,
  responseStartTimeoutSeconds: 450,
  idleTimeoutSeconds: 400,
  traffic: [
    { revisionName: 'everything-v6', percent: 75, tag: 'previous' },
    { latestRevision: true, percent: 25, tag: 'next' },
  ],
  visibility: 'cluster-local',
  scale: SCALE,
  rolloutDuration: '380s',
  progressDeadline: '15m',
  // A pod without a service account's token, or in its node's network, cannot be meshed.
  meshed: false,
  proxy: { cpuRequest: '110m', logLevel: 'debug' },
  queueProxy: QUEUE_PROXY,
  webSocket: true,
  httpFullDuplex: true,
  httpProtocol: 'redirected',
  disableExternalDomainTls: true,
  labels: { 'app.kubernetes.io/part-of': 'shop' },
  annotations: { 'example.com/owner': 'team-a' },
  templateLabels: { tier: 'front' },
  templateAnnotations: { 'example.com/build': '4711' },
};
