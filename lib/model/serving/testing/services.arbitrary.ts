import fc from 'fast-check';
import { isMapping } from '../../../objects/json';
import type { Json, Manifest } from '../../../objects/manifest';
import { QUEUE_RESOURCES } from '../annotations';
import { SCALE_ANNOTATIONS, scaleKeys } from '../scale';
import type { ScaleKey } from '../scale';

/** Objects that Serving takes, and objects that something was done to: nothing of the two is known but that most are refused. */

const CONTAINER = { image: 'registry.example.com/shop:1' };
const template = (spec: Json, metadata: Json = {}): Json => ({ metadata, spec });
const service = (spec: Json, metadata: Record<string, Json> = {}): Manifest => ({
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: { name: 'shop', namespace: 'default', ...metadata },
  spec,
});

const VALID: readonly Manifest[] = [
  service({ template: template({ containers: [CONTAINER] }) }),
  service(
    {
      template: template(
        {
          containers: [
            {
              name: 'app',
              ...CONTAINER,
              ports: [{ containerPort: 8080, name: 'h2c' }],
              env: [
                { name: 'A', value: 'b' },
                { name: 'C', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
              ],
              envFrom: [{ prefix: 'X_', configMapRef: { name: 'c' } }],
              readinessProbe: { httpGet: { path: '/ready', port: 'h2c' }, periodSeconds: 5, timeoutSeconds: 2 },
              livenessProbe: { tcpSocket: { port: 8080 } },
              resources: { requests: { cpu: '100m' }, limits: { memory: '1Gi' } },
              securityContext: { runAsUser: 1000, capabilities: { drop: ['ALL'] }, runAsNonRoot: true },
              volumeMounts: [
                { name: 'conf', mountPath: '/conf' },
                { name: 'tmp', mountPath: '/tmp/x', readOnly: false },
              ],
            },
            { name: 'log', image: 'log@sha256:' + 'a1'.repeat(32), env: [{ name: 'PORT', value: '1' }] },
          ],
          volumes: [
            { name: 'conf', configMap: { name: 'c', items: [{ key: 'a', path: 'b' }] } },
            { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
          ],
          timeoutSeconds: 60,
          containerConcurrency: 10,
          serviceAccountName: 'shop',
        },
        { annotations: { 'autoscaling.knative.dev/min-scale': '1', 'autoscaling.knative.dev/max-scale': '5' } },
      ),
      traffic: [
        { latestRevision: true, percent: 90 },
        { revisionName: 'shop-00001', percent: 10, tag: 'old' },
      ],
    },
    { labels: { app: 'shop' }, annotations: { 'serving.knative.dev/rollout-duration': '60s' } },
  ),
  service({
    template: template({
      containers: [
        { ...CONTAINER, ports: [{ containerPort: 80 }] },
        { image: 'log', livenessProbe: { exec: { command: ['x'] } } },
      ],
      initContainers: [
        { name: 'warm', image: 'warm:1', volumeMounts: [{ name: 'all', mountPath: '/a', readOnly: true }] },
      ],
      volumes: [
        {
          name: 'all',
          projected: {
            sources: [
              { secret: { name: 's' } },
              { serviceAccountToken: { path: 't', audience: 'a' } },
              { downwardAPI: { items: [{ path: 'l', fieldRef: { fieldPath: 'metadata.labels' } }] } },
            ],
          },
        },
      ],
      nodeSelector: { pool: 'gpu' },
      tolerations: [{ key: 'gpu', operator: 'Exists' }],
      securityContext: { runAsUser: 1000, fsGroup: 2000, supplementalGroups: [1] },
    }),
  }),
  {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Configuration',
    metadata: { name: 'shop', namespace: 'default' },
    spec: { template: template({ containers: [CONTAINER] }, { name: 'shop-first' }) },
  },
  {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Route',
    metadata: { name: 'shop', namespace: 'default' },
    spec: {
      traffic: [
        { configurationName: 'shop', percent: 60 },
        { revisionName: 'shop-1', percent: 40, tag: 'a' },
      ],
    },
  },
  {
    apiVersion: 'serving.knative.dev/v1beta1',
    kind: 'DomainMapping',
    metadata: { name: 'shop.example.com', namespace: 'default' },
    spec: { ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'shop' }, tls: { secretName: 'tls' } },
  },
];

/** What may stand where something else should. */
const TRICKY: readonly Json[] = [
  null,
  '',
  ' ',
  'x',
  'X',
  'two',
  '2',
  '-1',
  '0',
  '1.5',
  '01',
  '+3',
  '1e3',
  'NaN',
  'Inf',
  '-Inf',
  '10s',
  '6s',
  '5.9s',
  '1h',
  '61m',
  '-5s',
  '1500ms',
  '.5s',
  '2h',
  '1d',
  'true',
  'Enabled',
  'cpu',
  'rps',
  'concurrency',
  'memory',
  'linear',
  'weightedExponential',
  'kpa.autoscaling.knative.dev',
  'hpa.autoscaling.knative.dev',
  'my.autoscaling.knative.dev',
  'other.example.com',
  '200m',
  '1Gi',
  '-1Gi',
  'Gi',
  '1 Gi',
  'h2c',
  'http1',
  'http',
  'grpc',
  'TCP',
  'UDP',
  'PORT',
  'K_SERVICE',
  'queue-proxy',
  'user-container',
  'app',
  'shop',
  'shop-00002',
  'Shop',
  'a.b',
  'a/b',
  'a'.repeat(63),
  'a'.repeat(64),
  'a'.repeat(254),
  '7up',
  '-a',
  'a-',
  '/',
  '/dev',
  '/dev/log/',
  '//conf',
  'relative',
  '/a/../b',
  'Memory',
  'Disk',
  'None',
  'HostToContainer',
  'Bidirectional',
  'Always',
  'Never',
  'File',
  'FallbackToLogsOnError',
  'RuntimeDefault',
  'Localhost',
  'shop.example.com',
  'shop.example.com.',
  'a.svc.cluster.local',
  'localhost',
  'MyOrg/shop:1',
  'docker.io/{team}/shop',
  'a',
  'a:b:c',
  'x@sha256:abc',
  'shop@sha256:' + 'A'.repeat(64),
  'http://x/y',
  'reg:5000/x/y',
  'a//b',
  'a.b/',
  'a b',
  'Re.G/ab',
  '[::1]:5000/ab',
  'ab:',
  'ab:' + 't'.repeat(129),
  'é.com/ab',
  '2006-01-02T15:04:05Z',
  0,
  1,
  2,
  -1,
  50,
  80,
  100,
  101,
  300,
  601,
  1001,
  1.5,
  8012,
  8013,
  8022,
  8112,
  9090,
  9091,
  8008,
  65535,
  65536,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 40,
  1e21,
  true,
  false,
  [],
  [null],
  ['a'],
  ['NET_BIND_SERVICE'],
  ['a', 'b'],
  [{}],
  [1],
  {},
  { a: 'b' },
  { a: 1 },
  { a: null },
  { name: 'x' },
];

const SPEC = ['spec', 'template', 'spec'] as const;
const FIRST = [...SPEC, 'containers', 0] as const;
const SECOND = [...SPEC, 'containers', 1] as const;
const INIT = [...SPEC, 'initContainers', 0] as const;
const VOLUME = [...SPEC, 'volumes', 0] as const;

/** Fields by the places in which they stand: known ones, those that need flags, those that are never taken, and unknown ones. */
const FIELDS: readonly (readonly [place: readonly (string | number)[], fields: readonly string[]])[] = [
  [[], ['apiVersion', 'kind', 'metadata', 'spec', 'data']],
  [
    ['metadata'],
    [
      'name',
      'generateName',
      'namespace',
      'labels',
      'annotations',
      'creationTimestamp',
      'generation',
      'finalizers',
      'foo',
    ],
  ],
  [
    ['metadata', 'labels'],
    ['serving.knative.dev/service', 'networking.knative.dev/visibility'],
  ],
  [['spec'], ['template', 'traffic', 'replicas', 'ref', 'tls', 'runLatest']],
  [
    ['spec', 'template'],
    ['metadata', 'spec', 'name'],
  ],
  [
    ['spec', 'template', 'metadata'],
    ['name', 'generateName', 'labels', 'annotations', 'namespace', 'creationTimestamp'],
  ],
  [
    ['spec', 'ref'],
    ['name', 'kind', 'apiVersion', 'group', 'namespace', 'address', 'uid'],
  ],
  [
    ['spec', 'traffic'],
    ['0', '1', '2'],
  ],
  [
    ['spec', 'traffic', 0],
    ['tag', 'revisionName', 'configurationName', 'latestRevision', 'percent', 'url', 'weight'],
  ],
  [
    ['spec', 'traffic', 1],
    ['tag', 'revisionName', 'configurationName', 'latestRevision', 'percent'],
  ],
  [
    SPEC,
    (
      'volumes initContainers containers ephemeralContainers restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy ' +
      'nodeSelector serviceAccountName serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID hostIPC ' +
      'shareProcessNamespace securityContext imagePullSecrets hostname subdomain affinity schedulerName tolerations hostAliases ' +
      'priorityClassName priority dnsConfig readinessGates runtimeClassName enableServiceLinks preemptionPolicy overhead ' +
      'topologySpreadConstraints setHostnameAsFQDN os hostUsers schedulingGates resourceClaims resources timeoutSeconds ' +
      'responseStartTimeoutSeconds idleTimeoutSeconds containerConcurrency container replicas hostnameOverride'
    ).split(' '),
  ],
  ...[FIRST, SECOND, INIT].map(
    (place) =>
      [
        place,
        (
          'name image command args workingDir ports envFrom env resources resizePolicy restartPolicy volumeMounts volumeDevices livenessProbe ' +
          'readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext stdin ' +
          'stdinOnce tty port restartPolicyRules'
        ).split(' '),
      ] as const,
  ),
  ...[FIRST, SECOND, INIT].flatMap((container) =>
    ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe) => [
      [
        [...container, probe],
        (
          'exec httpGet tcpSocket grpc initialDelaySeconds timeoutSeconds periodSeconds successThreshold failureThreshold ' +
          'terminationGracePeriodSeconds port'
        ).split(' '),
      ] as const,
      [
        [...container, probe, 'httpGet'],
        ['path', 'port', 'host', 'scheme', 'httpHeaders'],
      ] as const,
      [
        [...container, probe, 'tcpSocket'],
        ['port', 'host'],
      ] as const,
      [
        [...container, probe, 'grpc'],
        ['port', 'service'],
      ] as const,
    ]),
  ),
  ...[FIRST, SECOND, INIT].flatMap((container) => [
    [
      [...container, 'ports', 0],
      ['name', 'containerPort', 'hostPort', 'protocol', 'hostIP'],
    ] as const,
    [
      [...container, 'ports'],
      ['0', '1'],
    ] as const,
    [
      [...container, 'env', 0],
      ['name', 'value', 'valueFrom', 'val'],
    ] as const,
    [
      [...container, 'env', 0, 'valueFrom'],
      ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'],
    ] as const,
    [
      [...container, 'envFrom', 0],
      ['prefix', 'configMapRef', 'secretRef'],
    ] as const,
    [
      [...container, 'resources'],
      ['limits', 'requests', 'claims'],
    ] as const,
    [
      [...container, 'resources', 'limits'],
      ['cpu', 'memory', 'example.com/gpu'],
    ] as const,
    [
      [...container, 'volumeMounts', 0],
      ['name', 'readOnly', 'recursiveReadOnly', 'mountPath', 'subPath', 'mountPropagation', 'subPathExpr'],
    ] as const,
    [
      [...container, 'volumeMounts', 1],
      ['name', 'readOnly', 'mountPath'],
    ] as const,
    [
      [...container, 'securityContext'],
      (
        'capabilities privileged seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot readOnlyRootFilesystem ' +
        'allowPrivilegeEscalation procMount seccompProfile appArmorProfile'
      ).split(' '),
    ] as const,
    [
      [...container, 'securityContext', 'capabilities'],
      ['add', 'drop'],
    ] as const,
    [
      [...container, 'securityContext', 'seccompProfile'],
      ['type', 'localhostProfile'],
    ] as const,
  ]),
  [
    [...SPEC, 'securityContext'],
    (
      'seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot supplementalGroups supplementalGroupsPolicy fsGroup sysctls ' +
      'fsGroupChangePolicy seccompProfile appArmorProfile'
    ).split(' '),
  ],
  [
    [...SPEC, 'securityContext', 'seccompProfile'],
    ['type', 'localhostProfile'],
  ],
  [
    VOLUME,
    'name hostPath emptyDir secret configMap projected persistentVolumeClaim csi ephemeral image nfs downwardAPI gitRepo'.split(
      ' ',
    ),
  ],
  [
    [...VOLUME, 'configMap'],
    ['name', 'items', 'defaultMode', 'optional'],
  ],
  [
    [...VOLUME, 'secret'],
    ['secretName', 'items', 'defaultMode', 'name'],
  ],
  [
    [...VOLUME, 'configMap', 'items', 0],
    ['key', 'path', 'mode'],
  ],
  [
    [...VOLUME, 'emptyDir'],
    ['medium', 'sizeLimit'],
  ],
  [
    [...VOLUME, 'persistentVolumeClaim'],
    ['claimName', 'readOnly'],
  ],
  [
    [...VOLUME, 'image'],
    ['reference', 'pullPolicy'],
  ],
  [
    [...VOLUME, 'csi'],
    ['driver', 'readOnly', 'fsType', 'volumeAttributes', 'nodePublishSecretRef'],
  ],
  [
    [...VOLUME, 'hostPath'],
    ['path', 'type'],
  ],
  [
    [...VOLUME, 'ephemeral', 'volumeClaimTemplate'],
    ['metadata', 'spec'],
  ],
  [
    [...VOLUME, 'ephemeral', 'volumeClaimTemplate', 'spec'],
    ['accessModes', 'selector', 'resources', 'volumeName', 'storageClassName', 'dataSource'],
  ],
  ...[0, 1, 2].map(
    (source) =>
      [
        [...VOLUME, 'projected', 'sources', source],
        ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken', 'clusterTrustBundle', 'podCertificate'],
      ] as const,
  ),
  [
    [...VOLUME, 'projected', 'sources', 0, 'secret'],
    ['name', 'items', 'optional'],
  ],
  [
    [...VOLUME, 'projected', 'sources', 1, 'serviceAccountToken'],
    ['path', 'audience', 'expirationSeconds'],
  ],
  [
    [...VOLUME, 'projected', 'sources', 2, 'downwardAPI', 'items', 0],
    ['path', 'fieldRef', 'resourceFieldRef', 'mode'],
  ],
  [
    [...SPEC, 'affinity'],
    ['nodeAffinity', 'podAffinity', 'podAntiAffinity', 'foo'],
  ],
  [
    [...SPEC, 'affinity', 'podAffinity'],
    ['requiredDuringSchedulingIgnoredDuringExecution', 'preferredDuringSchedulingIgnoredDuringExecution'],
  ],
  [
    [...SPEC, 'tolerations', 0],
    ['key', 'operator', 'value', 'effect', 'tolerationSeconds', 'foo'],
  ],
  [
    [...SPEC, 'topologySpreadConstraints', 0],
    ['maxSkew', 'topologyKey', 'whenUnsatisfiable', 'labelSelector', 'minDomains', 'matchLabelKeys'],
  ],
  [
    [...SPEC, 'dnsConfig'],
    ['nameservers', 'searches', 'options'],
  ],
  [
    [...SPEC, 'hostAliases', 0],
    ['ip', 'hostnames', 'hostname'],
  ],
];

const ANNOTATIONS = [
  ...(Object.keys(SCALE_ANNOTATIONS) as ScaleKey[]).flatMap(scaleKeys),
  ...QUEUE_RESOURCES,
  'autoscaling.knative.dev/unknown',
  'autoscaling.knative.devx',
  'queue.sidecar.serving.knative.dev/resource-percentage',
  'queue.sidecar.serving.knative.dev/resourcePercentage',
  'serving.knative.dev/rollout-duration',
  'serving.knative.dev/rolloutDuration',
  'serving.knative.dev/progress-deadline',
  'networking.knative.dev/http-protocol',
  'networking.knative.dev/ingress.class',
  'networking.knative.dev/visibility',
  'features.knative.dev/http-full-duplex',
];

/** Whole values that Serving may take in the place of a field, so that what is within them is reached. */
const WHOLE: Readonly<Record<string, readonly Json[]>> = {
  emptyDir: [{}, { medium: 'Memory' }],
  hostPath: [{ path: '/x' }],
  persistentVolumeClaim: [{ claimName: 'c' }, { claimName: 'c', readOnly: true }],
  csi: [{ driver: 'd' }],
  ephemeral: [{ volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } }],
  image: [{ reference: 'r:1' }, 'shop', 'registry.example.com:5000/a/b:1.0'],
  secret: [{ secretName: 's' }, { name: 's' }],
  configMap: [{ name: 'c' }],
  projected: [{ sources: [] }, { sources: [{ configMap: { name: 'c' } }] }],
  livenessProbe: [{ httpGet: { path: '/' } }, { tcpSocket: {} }, { exec: { command: [] } }, { grpc: { port: 1 } }],
  readinessProbe: [{ httpGet: {} }, { tcpSocket: { port: 5 } }, { grpc: {} }, { successThreshold: 2 }],
  startupProbe: [{ httpGet: { port: 80 } }, { exec: {} }],
  env: [[{ name: 'A', value: 'b' }], [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'f' } } }]],
  envFrom: [[{ secretRef: { name: 's' } }], [{ configMapRef: { name: 'c' }, secretRef: { name: 's' } }]],
  ports: [[{ containerPort: 8080 }], [{ containerPort: 8080 }, { containerPort: 8081 }]],
  securityContext: [
    { runAsUser: 5 },
    { capabilities: { add: ['NET_BIND_SERVICE'] } },
    { privileged: false },
    { seccompProfile: { type: 'RuntimeDefault' } },
  ],
  affinity: [{ nodeAffinity: {} }, { podAffinity: {} }],
  tolerations: [[{ operator: 'Exists' }]],
  topologySpreadConstraints: [[{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }]],
  hostAliases: [[{ ip: '1.2.3.4', hostnames: ['h'] }]],
  dnsConfig: [{ nameservers: ['1.1.1.1'] }],
  initContainers: [[{ name: 'warm', image: 'warm:1' }], [{ image: 'warm:1' }, { image: 'warm:1' }]],
  containers: [
    [CONTAINER, CONTAINER],
    [
      { name: 'app', ...CONTAINER, ports: [{ containerPort: 80 }] },
      { name: 'app', ...CONTAINER },
    ],
  ],
  volumes: [[{ name: 'conf', secret: { secretName: 's' } }], [{ name: 'conf', emptyDir: {} }]],
  volumeMounts: [
    [{ name: 'conf', mountPath: '/c', readOnly: true }],
    [{ name: 'conf', mountPath: '/c' }],
    [{ name: 'all', mountPath: '/c' }],
  ],
  resources: [{ limits: { cpu: 1 } }, { requests: { memory: '1Gi' } }],
  traffic: [
    [{ percent: 100 }],
    [{ latestRevision: true, percent: 100, tag: 'a' }],
    [{ configurationName: 'x', percent: 100 }],
  ],
  capabilities: [{ add: ['NET_BIND_SERVICE'] }, { drop: ['ALL'] }, { add: ['SYS_ADMIN'] }],
  items: [[{ key: 'k', path: 'p' }], [{ key: 'k' }]],
  grpc: [{ port: 50 }],
  httpGet: [{ port: 'http' }, { port: 5 }],
  tcpSocket: [{ port: 'h2c' }],
  valueFrom: [{ secretKeyRef: { name: 's', key: 'k' } }, { fieldRef: { fieldPath: 'metadata.name' } }],
  kind: ['Service', 'Route', 'Configuration', 'DomainMapping', 'Servce'],
  apiVersion: ['serving.knative.dev/v1', 'serving.knative.dev/v1beta1', 'serving.knative.dev/v1alpha1'],
};

type Place = readonly (string | number)[];

/** One thing that is done to an object. */
type Change = (object: Json) => void;

/** What stands at a place of an object, once it is made where it is not there. */
function reach(object: Json, place: Place): Json {
  let found = object;
  for (const [index, step] of place.entries()) {
    const holder = found as Record<string | number, Json>;
    if (!isMapping(holder) && !Array.isArray(holder)) return null;
    holder[step] ??= typeof place[index + 1] === 'number' ? [] : {};
    found = holder[step];
  }
  return found;
}

const field = fc
  .constantFrom(...FIELDS)
  .chain(([place, names]) => fc.constantFrom(...names).map((name): readonly [Place, string] => [place, name]));

const put: fc.Arbitrary<Change> = field.chain(([place, name]) =>
  fc.oneof(fc.constantFrom(...TRICKY), fc.constantFrom(...(WHOLE[name] ?? TRICKY))).map((value): Change => (object) => {
    const holder = reach(object, place);
    if (Array.isArray(holder)) holder[Number(name)] = structuredClone(value);
    else if (isMapping(holder)) (holder as Record<string, Json>)[name] = structuredClone(value);
  }),
);
const remove: fc.Arbitrary<Change> = field.map(([place, name]): Change => (object) => {
  const holder = reach(object, place);
  if (isMapping(holder)) Reflect.deleteProperty(holder, name);
});
const annotate: fc.Arbitrary<Change> = fc
  .tuple(
    fc.constantFrom<Place[]>(['spec', 'template', 'metadata', 'annotations'], ['metadata', 'annotations']),
    fc.constantFrom(...ANNOTATIONS),
    fc.constantFrom(...TRICKY),
  )
  .map(([place, key, value]): Change => (object) => {
    const holder = reach(object, place);
    if (isMapping(holder)) (holder as Record<string, Json>)[key] = structuredClone(value);
  });
/** Anything that is there, replaced by anything. */
const replace: fc.Arbitrary<Change> = fc
  .tuple(fc.nat(), fc.constantFrom(...TRICKY))
  .map(([which, value]): Change => (object) => {
    const all = [...leaves(object)];
    const [holder, key] = all[which % all.length] ?? [];
    if (holder !== undefined && key !== undefined) holder[key] = structuredClone(value);
  });

function* leaves(value: Json): Generator<readonly [Record<string | number, Json>, string | number]> {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const holder = value as Record<string, Json>;
    yield [holder, key];
    yield* leaves(holder[key] ?? null);
  }
}

/** An object of Serving's API, to which up to four things were done. */
export const servingObjects: fc.Arbitrary<Manifest> = fc
  .tuple(
    fc.constantFrom(...VALID, ...VALID.slice(0, 3), ...VALID.slice(0, 3)),
    fc.array(fc.oneof({ weight: 4, arbitrary: put }, { weight: 2, arbitrary: annotate }, remove, replace), {
      maxLength: 4,
    }),
  )
  .map(([valid, changes]) => {
    const object = structuredClone(valid) as Json;
    changes.forEach((change) => {
      change(object);
    });
    return object as Manifest;
  })
  // What is of another group is not asked for.
  .filter(({ apiVersion }) => typeof apiVersion === 'string' && apiVersion.startsWith('serving.knative.dev/'));
