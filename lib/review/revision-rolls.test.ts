import { SETTINGS } from '../model/serving/settings/tables';
import type { Json, Manifest } from '../objects/manifest';
import { diff } from './diff';
import { reportSections } from './diff-report';

type Data = Readonly<Record<string, string>>;

const config = (name: string, data: Data): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'knative-serving' },
  data: { ...data },
});

interface Parts {
  readonly annotations?: Record<string, string>;
  readonly labels?: Record<string, string>;
  readonly spec?: Record<string, Json>;
  readonly container?: Record<string, Json>;
}

const service = (name: string, { annotations = {}, labels = {}, spec = {}, container = {} }: Parts = {}): Manifest => ({
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: { name, namespace: 'team' },
  spec: {
    template: {
      metadata: { annotations, labels },
      spec: { ...spec, containers: [{ image: 'registry.example.com/web:1', ...container }] },
    },
  },
});

const rollsOf = (from: readonly Manifest[], to: readonly Manifest[]) =>
  diff(
    from.map((manifest) => ({ manifest })),
    to.map((manifest) => ({ manifest })),
  ).revisions;

/** The keys that roll all revisions where one ConfigMap changes. */
const keys = (name: string, from: Data, to: Data): string[] | undefined =>
  rollsOf([config(name, from), service('a')], [config(name, to), service('a')])?.keys.map(
    ({ path, late }) => `${path}${late ? ' late' : ''}`,
  );

/**
 * Every key of Serving's ConfigMaps of which some value is in the pods of revisions, with two values that differ there. Seen with Serving 1.23.0's own
 * MakeDeployment, which was asked for each key of each ConfigMap, and gave the same pods for all others.
 */
const ROLLING: Readonly<Record<string, Readonly<Record<string, readonly [string, string]>>>> = {
  'config-deployment': {
    'queue-sidecar-image': ['queue:1', 'queue:2'],
    'queue-sidecar-cpu-request': ['25m', '50m'],
    'queue-sidecar-memory-request': ['100Mi', '200Mi'],
    'queue-sidecar-ephemeral-storage-request': ['1Gi', '2Gi'],
    'queue-sidecar-cpu-limit': ['1', '2'],
    'queue-sidecar-memory-limit': ['100Mi', '200Mi'],
    'queue-sidecar-ephemeral-storage-limit': ['1Gi', '2Gi'],
    'queue-sidecar-token-audiences': ['a', 'a,b'],
    'queue-sidecar-rootca': ['a', 'b'],
    'queue-sidecar-tls-min-version': ['1.2', '1.3'],
    'queue-sidecar-tls-max-version': ['1.2', '1.3'],
    'queue-sidecar-tls-cipher-suites': ['a', 'b'],
    'queue-sidecar-tls-curve-preferences': ['a', 'b'],
    'default-affinity-type': ['none', 'prefer-spread-revision-over-nodes'],
    'runtime-class-name': ['gvisor: {}', 'kata: {}'],
  },
  'config-features': {
    'autodetect-http2': ['disabled', 'enabled'],
    'multi-container-probing': ['disabled', 'enabled'],
    'queueproxy.mount-podinfo': ['disabled', 'enabled'],
    'queueproxy.resource-defaults': ['disabled', 'enabled'],
  },
  'config-logging': {
    'zap-logger-config': ['{}', '{"level": "info"}'],
    'loglevel.queueproxy': ['info', 'debug'],
  },
  'config-network': { 'system-internal-tls': ['disabled', 'enabled'] },
  'config-observability': {
    'logging.enable-var-log-collection': ['false', 'true'],
    'logging.revision-url-template': ['http://a', 'http://b'],
    'logging.request-log-template': ['a', 'b'],
    'logging.enable-request-log': ['false', 'true'],
    'logging.enable-probe-request-log': ['false', 'true'],
    'metrics-protocol': ['none', 'prometheus'],
    'metrics-endpoint': ['a', 'b'],
    'metrics-export-interval': ['10s', '20s'],
    'request-metrics-protocol': ['none', 'prometheus'],
    'request-metrics-endpoint': ['a', 'b'],
    'request-metrics-export-interval': ['10s', '20s'],
    'runtime-profiling': ['disabled', 'enabled'],
    'runtime-export-interval': ['10s', '20s'],
    'tracing-protocol': ['none', 'stdout'],
    'tracing-endpoint': ['a', 'b'],
    'tracing-sampling-rate': ['0.1', '0.2'],
  },
};

const LATE = ['config-features', 'config-logging'];
const pathOf = (key: string): string => (/^[\w-]+$/.test(key) ? `data.${key}` : `data["${key}"]`);
const rolling = Object.entries(ROLLING).flatMap(([name, values]) =>
  Object.entries(values).map(([key, [from, to]]) => [name, key, from, to] as const),
);

test.each(rolling)('%s %s rolls all revisions', (name, key, from, to) => {
  const expected = [`${pathOf(key)}${LATE.includes(name) ? ' late' : ''}`];
  expect(keys(name, { [key]: from }, { [key]: to })).toEqual(expected);
});

/** A deprecated key, and one that counts for some revisions alone: see below. */
const OTHERS = ['internal-encryption', 'enable-service-links'];

test('no other key does', () => {
  const others = Object.entries(SETTINGS).flatMap(([name, of]) =>
    Object.keys(of)
      .filter((key) => ROLLING[name]?.[key] === undefined && !OTHERS.includes(key))
      .map((key) => [name, key] as const),
  );
  expect(others.length).toBeGreaterThan(90);
  for (const [name, key] of [...others, ['config-domain', 'example.com'], ['config-other', 'a']] as const) {
    expect([name, key, keys(name, { [key]: 'true' }, { [key]: 'false' })]).toEqual([name, key, undefined]);
  }
});

test.each<[string, string, Data, Data, string[] | undefined]>([
  ['a default, said', 'config-deployment', {}, { 'queue-sidecar-cpu-request': '25m' }, undefined],
  [
    'the same quantity',
    'config-deployment',
    { 'queue-sidecar-cpu-limit': '1' },
    { 'queue-sidecar-cpu-limit': '1000m' },
    undefined,
  ],
  ['a key that comes', 'config-deployment', {}, { 'queue-sidecar-cpu-limit': '1' }, ['data.queue-sidecar-cpu-limit']],
  ['a key that goes', 'config-deployment', { 'queue-sidecar-rootca': 'a' }, {}, ['data.queue-sidecar-rootca']],
  [
    'an older spelling',
    'config-deployment',
    { queueSidecarImage: 'queue:1' },
    { queueSidecarImage: 'queue:2' },
    ['data.queueSidecarImage'],
  ],
  [
    'an older spelling under the newer one, which counts',
    'config-deployment',
    { 'queue-sidecar-image': 'queue:1', queueSidecarImage: 'queue:1' },
    { 'queue-sidecar-image': 'queue:1', queueSidecarImage: 'queue:2' },
    undefined,
  ],
  [
    'the same set',
    'config-deployment',
    { 'queue-sidecar-token-audiences': 'a,b' },
    { 'queue-sidecar-token-audiences': 'b, a' },
    undefined,
  ],
  ['an _example', 'config-deployment', { _example: 'a' }, { _example: 'b' }, undefined],
  [
    'the same duration',
    'config-observability',
    { 'metrics-export-interval': '60s' },
    { 'metrics-export-interval': '1m' },
    undefined,
  ],
  ['a default, said in another case', 'config-observability', {}, { 'logging.enable-request-log': 'False' }, undefined],
  ['a key of an older release', 'config-observability', {}, { 'metrics.backend-destination': 'a' }, undefined],
  ['the level of another component', 'config-logging', {}, { 'loglevel.controller': 'debug' }, undefined],
  ['its deprecated key', 'config-network', {}, { 'internal-encryption': 'true' }, ['data.internal-encryption']],
  [
    'a flag in another case',
    'config-features',
    { 'autodetect-http2': 'enabled' },
    { 'autodetect-http2': 'Enabled' },
    undefined,
  ],
  [
    'a flag that is allowed, which is not enabled',
    'config-features',
    {},
    { 'multi-container-probing': 'allowed' },
    undefined,
  ],
  [
    'enable-service-links, which revisions were made with',
    'config-defaults',
    { 'enable-service-links': 'default' },
    { 'enable-service-links': 'false' },
    ['data.enable-service-links'],
  ],
  ['enable-service-links, left to Kubernetes', 'config-defaults', {}, { 'enable-service-links': 'default' }, undefined],
])('%s', (_, name, from, to, expected) => {
  expect(keys(name, from, to)).toEqual(expected);
});

test('a ConfigMap that comes or goes as a whole, and what tells the Operator to make it', () => {
  const deployment = config('config-deployment', { 'queue-sidecar-image': 'queue:1', 'progress-deadline': '10m' });
  const expected = {
    keys: [{ object: 'ConfigMap knative-serving/config-deployment', path: 'data.queue-sidecar-image' }],
  };
  expect(rollsOf([service('a')], [service('a'), deployment])).toMatchObject(expected);
  expect(rollsOf([service('a'), deployment], [service('a')])).toMatchObject(expected);
  const operated = (cpu: string): Manifest => ({
    apiVersion: 'operator.knative.dev/v1beta1',
    kind: 'KnativeServing',
    metadata: { name: 'knative-serving', namespace: 'knative-serving' },
    spec: { config: { deployment: { 'queue-sidecar-cpu-request': cpu } } },
  });
  expect(rollsOf([operated('25m')], [operated('50m')])?.keys).toEqual([
    {
      object: 'KnativeServing knative-serving/knative-serving',
      path: 'spec.config.deployment.queue-sidecar-cpu-request',
      from: '25m',
      to: '50m',
      late: false,
    },
  ]);
});

test('another version for the Operator to install, which comes with another queue-proxy', () => {
  const operated = (version: string): Manifest => ({
    apiVersion: 'operator.knative.dev/v1beta1',
    kind: 'KnativeServing',
    metadata: { name: 'knative-serving', namespace: 'knative-serving' },
    spec: { version },
  });
  expect(rollsOf([operated('1.22'), service('a')], [operated('1.23'), service('a')])).toMatchObject({
    keys: [{ path: 'spec.version', from: '1.22', to: '1.23' }],
    whileAwake: ['Service team/a'],
  });
  expect(rollsOf([service('a')], [operated('1.23'), service('a')])).toBeUndefined();
});

test('a ConfigMap of that name elsewhere is nobody’s', () => {
  const elsewhere = (cpu: string): Manifest => ({
    ...config('config-deployment', { 'queue-sidecar-cpu-request': cpu }),
    metadata: { name: 'config-deployment', namespace: 'team' },
  });
  expect(rollsOf([elsewhere('25m')], [elsewhere('50m')])).toBeUndefined();
});

const CPU = 'queue.sidecar.serving.knative.dev/cpu-resource-request';
const PERCENT = 'queue.sidecar.serving.knative.dev/resource-percentage';
const withCpu = { resources: { requests: { cpu: '1' } } };

test.each<[string, string, Data, Data, Parts, 'rolls' | 'stays']>([
  [
    'its own CPU',
    'config-deployment',
    {},
    { 'queue-sidecar-cpu-request': '50m' },
    { annotations: { [CPU]: '30m' } },
    'stays',
  ],
  [
    'its own CPU, and another key',
    'config-deployment',
    {},
    { 'queue-sidecar-cpu-limit': '1' },
    { annotations: { [CPU]: '30m' } },
    'rolls',
  ],
  [
    'a percentage of its own CPU',
    'config-deployment',
    {},
    { 'queue-sidecar-cpu-request': '50m' },
    { annotations: { [PERCENT]: '20' }, container: withCpu },
    'stays',
  ],
  [
    'a percentage of nothing',
    'config-deployment',
    {},
    { 'queue-sidecar-cpu-request': '50m' },
    { annotations: { [PERCENT]: '20' } },
    'rolls',
  ],
  [
    'its own affinity',
    'config-deployment',
    {},
    { 'default-affinity-type': 'none' },
    { spec: { affinity: {} } },
    'stays',
  ],
  [
    'its own runtime class',
    'config-deployment',
    {},
    { 'runtime-class-name': 'kata: {}' },
    { spec: { runtimeClassName: 'a' } },
    'stays',
  ],
  [
    'a runtime class for its label',
    'config-deployment',
    {},
    { 'runtime-class-name': 'kata:\n  selector:\n    app: a\n' },
    { labels: { app: 'a' } },
    'rolls',
  ],
  [
    'a runtime class for another label',
    'config-deployment',
    {},
    { 'runtime-class-name': 'kata:\n  selector:\n    app: b\n' },
    { labels: { app: 'a' } },
    'stays',
  ],
  ['pod information that is allowed', 'config-features', {}, { 'queueproxy.mount-podinfo': 'allowed' }, {}, 'stays'],
  [
    '… and asked for',
    'config-features',
    {},
    { 'queueproxy.mount-podinfo': 'allowed' },
    { annotations: { 'features.knative.dev/queueproxy-podinfo': 'enabled' } },
    'rolls',
  ],
  [
    'service links of its own',
    'config-defaults',
    { 'enable-service-links': 'default' },
    { 'enable-service-links': 'true' },
    { spec: { enableServiceLinks: false } },
    'stays',
  ],
])('a service with %s', (_, name, from, to, parts, expected) => {
  const found = rollsOf([config(name, from), service('a', parts)], [config(name, to), service('a', parts)]);
  expect(found).toMatchObject(
    expected === 'stays'
      ? { always: [], whileAwake: [], stay: ['Service team/a'] }
      : { always: [], whileAwake: ['Service team/a'], stay: [] },
  );
});

test.each<[string, Data, Record<string, string>, 'always' | 'whileAwake']>([
  ['nothing said', {}, {}, 'whileAwake'],
  ['min-scale', {}, { 'autoscaling.knative.dev/min-scale': '2' }, 'always'],
  ['its older spelling', {}, { 'autoscaling.knative.dev/minScale': '1' }, 'always'],
  ['a min-scale of 0', { 'min-scale': '1' }, { 'autoscaling.knative.dev/min-scale': '0' }, 'whileAwake'],
  ['initial-scale, which is of its start alone', {}, { 'autoscaling.knative.dev/initial-scale': '3' }, 'whileAwake'],
  ['min-scale for all', { 'min-scale': '1' }, {}, 'always'],
  ['no scale to zero', { 'enable-scale-to-zero': 'false' }, {}, 'always'],
  [
    'the HPA, which does not scale to zero',
    {},
    { 'autoscaling.knative.dev/class': 'hpa.autoscaling.knative.dev' },
    'always',
  ],
])('who has pods: %s', (_, autoscaler, annotations, expected) => {
  const of = (cpu: string): Manifest[] => [
    config('config-deployment', { 'queue-sidecar-cpu-request': cpu }),
    config('config-autoscaler', autoscaler),
    service('a', { annotations }),
  ];
  expect(rollsOf(of('25m'), of('50m'))?.[expected]).toEqual(['Service team/a']);
});

/** The rows under workloads. */
const rows = (from: readonly Manifest[], to: readonly Manifest[]): [string, ...string[]] => {
  const found = diff(
    from.map((manifest) => ({ manifest })),
    to.map((manifest) => ({ manifest })),
  );
  const section = reportSections(found, false).find(({ title }) => title === 'workloads');
  return [section?.summary ?? '', ...(section?.rows ?? []).map((row) => row.join(' | '))];
};

test('a service that has pods for sure from this change on may have none until then', () => {
  const of = (cpu: string, scale: string): Manifest[] => [
    config('config-deployment', { 'queue-sidecar-cpu-request': cpu }),
    config('config-autoscaler', { 'min-scale': scale }),
    service('a'),
  ];
  expect(rollsOf(of('25m', '0'), of('50m', '1'))).toMatchObject({ always: [], whileAwake: ['Service team/a'] });
});

test('the report names who has pods for sure, and says what YAML does not', () => {
  const of = (cpu: string, more: Data = {}): Manifest[] => [
    config('config-deployment', { 'queue-sidecar-cpu-request': cpu }),
    config('config-logging', more),
    service('a', { annotations: { 'autoscaling.knative.dev/min-scale': '1' } }),
    service('b'),
    service('c', { annotations: { [CPU]: '30m' } }),
  ];
  expect(rows(of('25m'), of('50m'))).toEqual([
    '‼ all revisions roll their pods',
    '‼ all revisions of Knative Services | roll their pods | ConfigMap knative-serving/config-deployment data.queue-sidecar-cpu-request: "25m" → "50m"',
    ' |  | Service team/a: always with pods, which roll',
    ' |  | Service team/b: with pods only while there are requests: at zero nothing rolls',
    ' |  | Service team/c: as before, by what the service says itself',
  ]);
  expect(rows(of('25m'), of('25m', { 'loglevel.queueproxy': 'debug' }))[1]).toMatch(
    /data\["loglevel\.queueproxy"\]: added "debug", when Serving looks at each again: after 10 hours at most, or when its controller starts$/,
  );
  expect(rows(of('25m'), of('50m', { 'loglevel.queueproxy': 'debug' })).join()).not.toMatch(/after 10 hours/);
  const links = (value: string): Manifest[] => [
    config('config-defaults', { 'enable-service-links': value }),
    service('a'),
  ];
  expect(rows(links('false'), links('true')).slice(0, 2)).toEqual([
    'some revisions may roll their pods',
    'some revisions of Knative Services in the cluster | may roll their pods | ConfigMap knative-serving/config-defaults data.enable-service-links: "false" → "true": those that were made while it was "default"',
  ]);
});

test('where there is no Knative Service among the objects, those of the cluster are meant', () => {
  const of = (image: string): Manifest => config('config-deployment', { 'queue-sidecar-image': image });
  expect(rows([of('queue:1')], [of('queue:2')]).slice(1)).toEqual([
    '‼ all revisions of Knative Services in the cluster | roll their pods | ConfigMap knative-serving/config-deployment data.queue-sidecar-image, see images',
  ]);
  const found = diff([{ manifest: of('queue:1') }], [{ manifest: of('queue:2') }]);
  const images = reportSections(found, false).find(({ title }) => title === 'images');
  expect(images?.rows).toEqual([
    ['queue: 1 → 2', 'queue-proxy beside every revision, by ConfigMap knative-serving/config-deployment'],
  ]);
});
