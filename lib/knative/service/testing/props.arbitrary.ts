import fc from 'fast-check';
import type { Volume, VolumeMount } from '../../../../imports/serving.knative.dev';
import type { KnativeServiceProps } from '../knative-service';
import { ALL_PROPS } from './all-props';

const some = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** Values that types let pass, and Serving may not. */
const NUMBER = some(0, 1, 2, 3, 10, 100, 1001, -1, 0.5);
const DURATION = some('0s', '6s', '30s', '1m30s', '1.5s', '2h', '-1s', 'soon');
const TEXT = some('a', 'b1', 'shop', 'Shop', 'a_b', 'x'.repeat(64));
const IMAGE = some('registry.example.com/shop:1', 'shop', 'Shop', 'a b', '', 'registry.example.com/x');
const QUANTITY = some<string | number>('100m', '1Gi', '500Mi', 1, 'lots', '-1');
const PORT = some<number | string>(8080, 9000, 70_000, 'http', 'web');

const PROBE = fc.record(
  {
    httpGet: fc.record({ path: some('/', '/ready'), port: PORT }, { requiredKeys: [] }),
    tcpSocket: fc.record({ port: PORT }, { requiredKeys: [] }),
    exec: some({ command: ['true'] }),
    periodSeconds: NUMBER,
    timeoutSeconds: NUMBER,
    failureThreshold: NUMBER,
    successThreshold: NUMBER,
    initialDelaySeconds: NUMBER,
  },
  { requiredKeys: [] },
);
const PROBES = fc.record({ readiness: PROBE, liveness: PROBE, startup: PROBE }, { requiredKeys: [] });

const NAMES = some('v', 'w', 'V', 'pod-info');
const MOUNT: fc.Arbitrary<VolumeMount> = fc.record(
  {
    name: NAMES,
    mountPath: some('/v', '/v/', '/w', 'v', '/dev', ''),
    readOnly: fc.constant(true),
    mountPropagation: some<'None' | 'HostToContainer'>('None', 'HostToContainer'),
  },
  { requiredKeys: ['name', 'mountPath'] },
);
const ITEM = fc.record({ key: some('k', ''), path: some('a', '/a', '../a', '') });
const VOLUME: fc.Arbitrary<Volume> = fc.record(
  {
    name: NAMES,
    configMap: fc.record({ name: some('c'), items: fc.array(ITEM, { maxLength: 2 }) }),
    secret: some({ secretName: 's' }),
    emptyDir: fc.record({ sizeLimit: QUANTITY }),
    hostPath: some({ path: '/x' }),
    image: fc.record({ reference: IMAGE }),
    persistentVolumeClaim: some({ claimName: 'c' }, { claimName: 'c', readOnly: true }),
  },
  { requiredKeys: ['name'] },
);

const CONTAINER = {
  image: IMAGE,
  imagePullPolicy: some<'Always' | 'Never'>('Always', 'Never', 'always' as 'Always'),
  // Kubernetes takes a name twice, which the construct alone refuses.
  env: fc.dictionary(
    some('LEVEL', 'PORT', 'K_SERVICE', 'A=B', ''),
    some<string | object>('x', '', { secretKeyRef: { name: 's', key: 'k' } }, { fieldRef: { fieldPath: 'a' } }, {}),
    { maxKeys: 3 },
  ),
  envFrom: fc.array(
    fc.record(
      { prefix: some('A_', '='), configMapRef: some({ name: 'c' }), secretRef: some({ name: 's' }) },
      { requiredKeys: [] },
    ),
    { maxLength: 2 },
  ),
  args: some(['x'], ['-p', 8080 as unknown as string]),
  resources: fc.record(
    {
      requests: fc.dictionary(some('cpu', 'memory', 'memroy', 'example.com/gpu'), QUANTITY),
      limits: fc.dictionary(some('cpu', 'memory'), QUANTITY),
    },
    { requiredKeys: [] },
  ),
  securityContext: fc.record(
    {
      runAsUser: NUMBER,
      capabilities: some({ drop: ['ALL'] }, { add: ['NET_BIND_SERVICE'] }, { add: ['NET_RAW'] }),
      seccompProfile: fc.record(
        { type: some('RuntimeDefault' as const, 'Localhost' as const), localhostProfile: some('p') },
        { requiredKeys: ['type'] },
      ),
    },
    { requiredKeys: [] },
  ),
  volumeMounts: fc.array(MOUNT, { maxLength: 3 }),
  terminationMessagePolicy: some<'File'>('File', 'Logs' as 'File'),
};

const ANNOTATED = fc.dictionary(
  some('example.com/a', 'a b', 'serving.knative.dev/no-gc'),
  some('x', 'true', 1 as unknown as string),
  { maxKeys: 2 },
);

/** A prop that one of these is likely to be wrong with, or none. */
const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 14, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const seldomEach = (props: Readonly<Record<string, fc.Arbitrary<unknown>>>): Record<string, fc.Arbitrary<unknown>> =>
  Object.fromEntries(Object.entries(props).map(([prop, value]) => [prop, seldom(value)]));

const withImage = (props: Readonly<Record<string, fc.Arbitrary<unknown>>>): Record<string, fc.Arbitrary<unknown>> => ({
  ...seldomEach(props),
  image: fc.oneof(
    { weight: 9, arbitrary: fc.constant('registry.example.com/shop:1') },
    { weight: 1, arbitrary: IMAGE },
  ),
});

const given = (props: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));

/** A value as somebody writes it. */
function asWritten<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(asWritten) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asWritten(item as unknown)])) as Value;
}

const BESIDE = fc.record(withImage({ ...CONTAINER, name: some('side', 'Side', 'queue-proxy', 'shop') })).map(given);

/**
 * Props of a service, most of which say little and may be wrong, without what the construct alone knows: the mesh, the networking layer, and what does
 * nothing though Serving takes it.
 */
export const serviceProps: fc.Arbitrary<Partial<KnativeServiceProps>> = fc
  .record(
    withImage({
      ...CONTAINER,
      name: TEXT,
      containerName: some('shop', 'side', 'queue-proxy', 'a_b'),
      port: fc.record(
        {
          number: some(8080, 80, 8012, 9090, 70_000, -1),
          protocol: some<'h2c' | 'http1'>('h2c', 'http1', 'grpc' as 'h2c'),
        },
        { requiredKeys: ['number'] },
      ),
      probes: PROBES,
      sidecars: fc.array(
        fc.tuple(BESIDE, seldom(PROBES)).map(([one, probes]) => given({ ...one, probes })),
        { maxLength: 2 },
      ),
      initContainers: fc.array(BESIDE, { maxLength: 2 }),
      volumes: fc.array(VOLUME, { maxLength: 3 }),
      serviceAccountName: TEXT,
      podSecurityContext: fc.record(
        { fsGroup: NUMBER, supplementalGroups: fc.array(NUMBER, { maxLength: 2 }) },
        { requiredKeys: [] },
      ),
      nodeSelector: some({ a: 'b' }, {}),
      affinity: some(ALL_PROPS.affinity),
      tolerations: some(ALL_PROPS.tolerations),
      hostIPC: fc.boolean(),
      dnsPolicy: some<'Default'>('Default'),
      revisionName: some('hello-v1', 'v1', 'hello-V1'),
      containerConcurrency: some(0, 1, 1001, -1, 0.5),
      timeoutSeconds: some(300, 601, -1, 0.5),
      progressDeadline: DURATION,
      rolloutDuration: DURATION,
      visibility: some<'cluster-local'>('cluster-local', 'internal' as 'cluster-local'),
      scale: fc.record(
        {
          min: NUMBER,
          max: NUMBER,
          initial: NUMBER,
          activation: NUMBER,
          class: some('kpa.autoscaling.knative.dev' as const, 'hpa.autoscaling.knative.dev' as const),
          metric: some('concurrency', 'rps', 'cpu', ''),
          target: some(0.001, 1, 50, Infinity),
          window: DURATION,
          downDelay: DURATION,
          targetBurstCapacity: some(-2, -1, 0, 200),
        },
        { requiredKeys: [] },
      ),
      queueProxy: fc.record({ cpuRequest: QUANTITY.map(String), cpuLimit: QUANTITY.map(String) }, { requiredKeys: [] }),
      traffic: fc.array(
        fc
          .record({
            revisionName: some('hello-00001', 'Hello', 'a.b'),
            isLatest: fc.boolean(),
            percent: seldom(some(0, 50, 100, 101, 0.5)),
            tag: seldom(some('a', 'b', 'A', 't'.repeat(60))),
          })
          .map(({ revisionName, isLatest, percent, tag }) =>
            given({ ...(isLatest ? { latestRevision: true } : { revisionName }), percent: percent ?? 50, tag }),
          ),
        { minLength: 1, maxLength: 3 },
      ),
      labels: fc.dictionary(some('team', 'a b'), some('x', 'a b', 1 as unknown as string), { maxKeys: 2 }),
      annotations: ANNOTATED,
      templateLabels: fc.dictionary(some('team'), some('x', '-'), { maxKeys: 1 }),
      templateAnnotations: ANNOTATED,
    }),
  )
  // The records of fast-check have no prototype, unlike those that people write.
  .map((props) => asWritten(given(props)));
