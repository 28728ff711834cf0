import type { Json, Manifest } from '../../objects/manifest';
import type { ConfigData } from './config';
import { servingConfig } from './config';
import { judgeServing } from './judge';
import { CASE_FILES, objectsOfCase } from './testing/serving-files';

const IMAGE = 'registry.example.com/shop:1';

const said = (manifest: Manifest, config: ConfigData = {}): string[] =>
  judgeServing(manifest, servingConfig(config)).map(({ path, message }) => `${path}: ${message}`);

interface Parts {
  readonly spec?: Record<string, Json>;
  readonly container?: Record<string, Json>;
  readonly annotations?: Record<string, Json>;
  readonly traffic?: Json;
}

const service = ({ spec = {}, container = {}, annotations = {}, traffic = null }: Parts): Manifest => ({
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: { name: 'shop', namespace: 'default' },
  spec: {
    template: { metadata: { annotations }, spec: { containers: [{ image: IMAGE, ...container }], ...spec } },
    traffic,
  },
});

test.each(CASE_FILES.map((file) => [file]))('what is said of %s', (file) => {
  const found = objectsOfCase(file).map((object) => [object.metadata.name, said(object)]);
  expect(found).toMatchSnapshot();
  const isTaken = file.startsWith('taken-');
  expect(found.every(([, problems]) => (problems?.length === 0) === isTaken)).toBe(true);
});

test.each<[string, Parts, ConfigData]>([
  [
    'a field that its flag lets',
    { spec: { nodeSelector: { a: 'b' } } },
    { features: { 'kubernetes.podspec-nodeselector': 'Allowed' } },
  ],
  ['what Go takes for nothing', { container: { stdin: false, lifecycle: null }, spec: { hostNetwork: false } }, {}],
  ['an older spelling', { annotations: { 'autoscaling.knative.dev/minScale': '1' } }, {}],
  [
    'a timeout that config-defaults lets',
    { spec: { timeoutSeconds: 900 } },
    { defaults: { 'max-revision-timeout-seconds': '900' } },
  ],
  ['the default timeout', { spec: { timeoutSeconds: 0 } }, {}],
  [
    'an autoscaler of somebody else',
    { annotations: { 'autoscaling.knative.dev/class': 'mine.example.com', 'autoscaling.knative.dev/metric': 'x' } },
    {},
  ],
  [
    'no pods at first',
    { annotations: { 'autoscaling.knative.dev/initial-scale': '0' } },
    { autoscaler: { 'allow-zero-initial-scale': 'true' } },
  ],
])('%s is taken', (_, parts, config) => {
  expect(said(service(parts), config)).toEqual([]);
});

test.each<[Parts, ConfigData, string]>([
  [
    { spec: { nodeSelector: {} } },
    { features: {} },
    'spec.template.spec.nodeSelector: needs the flag kubernetes.podspec-nodeselector of config-features, which is "disabled": set it to "enabled", or remove this',
  ],
  [
    { spec: { nodeSelector: {} } },
    {},
    'spec.template.spec.nodeSelector: needs the flag kubernetes.podspec-nodeselector of config-features, which is "disabled" unless set, and config-features is not among the objects: set it to "enabled", or remove this',
  ],
  [
    { spec: { initContainers: [{ name: 'a', image: IMAGE }] } },
    { features: { 'kubernetes.podspec-init-containers': 'allowed' } },
    'spec.template.spec.initContainers: needs the flag kubernetes.podspec-init-containers of config-features, which is "allowed": set it to "enabled", or remove this',
  ],
  [
    { container: { imagePulPolicy: 'Always' } },
    {},
    'spec.template.spec.containers[0].imagePulPolicy: this field is not known: did you mean imagePullPolicy?',
  ],
  [
    { container: { env: [{ name: 'PASSWORD', value: 123456 }] } },
    {},
    'spec.template.spec.containers[0].env[0].value: a number is not a text: put it in quotes',
  ],
  [
    { container: { ports: [{ containerPort: '8080' }] } },
    {},
    'spec.template.spec.containers[0].ports[0].containerPort: "8080" is a text: write the number without quotes',
  ],
  [
    { container: { resources: { limits: { cpu: 'lots' } } } },
    {},
    'spec.template.spec.containers[0].resources.limits.cpu: "lots" is not a quantity: write for example "200m" of CPU or "300Mi" of memory',
  ],
  [
    { spec: { timeoutSeconds: 900 } },
    {},
    'spec.template.spec.timeoutSeconds: 900 is more than max-revision-timeout-seconds of config-defaults, 600: lower it, or raise that',
  ],
  [
    {},
    { defaults: { 'allow-container-concurrency-zero': 'false' } },
    'spec.template.spec.containerConcurrency: 0, which is without a limit and what counts if nothing is said, needs allow-container-concurrency-zero of config-defaults to be "true": set that, or write 1 or more',
  ],
  [
    { annotations: { 'autoscaling.knative.dev/max-scale': '20' } },
    { autoscaler: { 'max-scale-limit': '10' } },
    'spec.template.metadata.annotations["autoscaling.knative.dev/max-scale"]: 20 is over max-scale-limit of config-autoscaler, 10: lower it, or raise that',
  ],
  [
    { annotations: { 'networking.knative.dev/http-protcol': 'x' } },
    {},
    'spec.template.metadata.annotations["networking.knative.dev/http-protcol"]: Serving knows no such annotation: did you mean "networking.knative.dev/http-protocol"?',
  ],
  [
    { traffic: [{ percent: 100, tag: 't'.repeat(60) }] },
    {},
    `spec.traffic[0].tag: "${'t'.repeat(60)}" makes the host's label "${'t'.repeat(60)}-shop", of 65 characters: at most 63 are allowed`,
  ],
])('%j under %j is refused', (parts, config, problem) => {
  expect(said(service(parts), config)).toEqual([problem]);
});

test('a number with an exponent is no number of pods', () => {
  expect(said(service({ annotations: { 'autoscaling.knative.dev/initial-scale': '1e3' } }))).toEqual([
    'spec.template.metadata.annotations["autoscaling.knative.dev/initial-scale"]: "1e3" is not a whole number: write one',
  ]);
});

describe('what Serving takes and Kubernetes refuses', () => {
  const PROBE = { exec: { command: ['true'] } };
  const NAMED = { name: 'v', mountPath: '/v' };
  const POD = 'spec.template.spec';

  test.each<[Parts, string]>([
    [{ container: { name: 'my_app' } }, `${POD}.containers[0].name`],
    [{ container: { imagePullPolicy: 'always' } }, `${POD}.containers[0].imagePullPolicy`],
    [{ container: { env: [{ name: 'A=B', value: '' }] } }, `${POD}.containers[0].env[0].name`],
    [
      { container: { env: [{ name: 'A', value: 'x', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] } },
      `${POD}.containers[0].env[0]`,
    ],
    [{ container: { env: [{ name: 'A', valueFrom: {} }] } }, `${POD}.containers[0].env[0].valueFrom`],
    [{ container: { envFrom: [{ prefix: '=', secretRef: {} }] } }, `${POD}.containers[0].envFrom[0].prefix`],
    [{ container: { resources: { limits: { memroy: '1Gi' } } } }, `${POD}.containers[0].resources.limits.memroy`],
    [{ container: { resources: { limits: { memory: '-1Gi' } } } }, `${POD}.containers[0].resources.limits.memory`],
    [
      { container: { resources: { requests: { cpu: 2 }, limits: { cpu: 1 } } } },
      `${POD}.containers[0].resources.requests.cpu`,
    ],
    [
      { container: { securityContext: { seccompProfile: { type: 'Localhost' } } } },
      `${POD}.containers[0].securityContext.seccompProfile.localhostProfile`,
    ],
    [
      { container: { livenessProbe: { ...PROBE, successThreshold: 2 } } },
      `${POD}.containers[0].livenessProbe.successThreshold`,
    ],
    [
      { container: { startupProbe: { ...PROBE, periodSeconds: -1 } } },
      `${POD}.containers[0].startupProbe.periodSeconds`,
    ],
    [{ container: { startupProbe: { httpGet: {} } } }, `${POD}.containers[0].startupProbe.httpGet.port`],
    [
      { container: { readinessProbe: { tcpSocket: { port: 70_000 } } } },
      `${POD}.containers[0].readinessProbe.tcpSocket.port`,
    ],
    [
      {
        container: { volumeMounts: [{ ...NAMED, name: 'pod-info' }] },
        spec: { volumes: [{ name: 'pod-info', secret: {} }] },
      },
      `${POD}.volumes[0].name`,
    ],
    [
      {
        container: { volumeMounts: [NAMED] },
        spec: { volumes: [{ name: 'v', secret: { items: [{ key: 'k', path: '../a' }] } }] },
      },
      `${POD}.volumes[0].secret.items[0].path`,
    ],
    [{ annotations: { 'a b': 'x' } }, 'spec.template.metadata.annotations["a b"]'],
    [
      { annotations: { 'serving.knative.dev/progress-deadline': '0s' } },
      'spec.template.metadata.annotations["serving.knative.dev/progress-deadline"]',
    ],
    [
      {
        annotations: {
          'queue.sidecar.serving.knative.dev/cpu-resource-request': '2',
          'queue.sidecar.serving.knative.dev/cpu-resource-limit': '1',
        },
      },
      'spec.template.metadata.annotations["queue.sidecar.serving.knative.dev/cpu-resource-request"]',
    ],
  ])('%j', (parts, path) => {
    expect(judgeServing(service(parts), servingConfig({}))).toEqual([
      expect.objectContaining({ path, stricter: 'kubernetes' }),
    ]);
  });

  test('two init containers of one name', () => {
    const init = { name: 'a', image: IMAGE };
    const features = { 'kubernetes.podspec-init-containers': 'enabled' };
    expect(said(service({ spec: { initContainers: [init, init] } }), { features })).toEqual([
      'spec.template.spec.initContainers[1].name: "a" is initContainers[0].name already: choose another',
    ]);
  });

  test('labels of the service', () => {
    const labelled = { ...service({}), metadata: { name: 'shop', labels: { team: 'a b' } } };
    expect(said(labelled)).toEqual([
      expect.stringMatching(/^metadata\.labels\.team: "a b" is not the value of a label/),
    ]);
  });
});

test("the label of a tag's host is made by the template of config-network", () => {
  const traffic = [{ percent: 100, tag: 't'.repeat(56) }];
  expect(said(service({ traffic }))).toEqual([]);
  const withTemplate = (template: string): string[] =>
    said(service({ traffic }), { network: { 'tag-template': template } });
  expect(withTemplate('{{.Name}}-{{.Tag}}-next')).toEqual([
    expect.stringMatching(/^spec\.traffic\[0\]\.tag: "t+" makes the host's label "shop-t+-next", of 66 characters/),
  ]);
  // Conditions are for Serving to work out, and what it refuses is not taken.
  expect(withTemplate('{{if .Tag}}{{.Name}}-{{.Tag}}-next{{end}}')).toEqual([]);
  expect(withTemplate('{{.Nonsense}}-{{.Name}}-{{.Tag}}-next')).toEqual([]);
});

test('a flag that a field and what is in it need is said once', () => {
  expect(said(service({ spec: { securityContext: { runAsUser: 1, fsGroup: 2 } } }))).toEqual([
    expect.stringMatching(/^spec\.template\.spec\.securityContext: needs the flag kubernetes\.podspec-securitycontext/),
  ]);
});

test('what is wrong is said all at once', () => {
  const parts = {
    container: { image: 'a b' },
    spec: { hostNetwork: true, timeoutSeconds: -1 },
    traffic: [{ percent: 10 }],
  };
  expect(said(service(parts))).toHaveLength(4);
});

test('a Revision, which Serving makes itself, is asked for its version alone', () => {
  const revision = { ...service({}), kind: 'Revision' };
  expect(said(revision)).toEqual([]);
  expect(said({ ...revision, apiVersion: 'serving.knative.dev/v1beta1' })).toHaveLength(1);
});
