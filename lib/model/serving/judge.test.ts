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
    `spec.traffic[0].tag: makes the host's label "${'t'.repeat(60)}-shop", of 65 characters: at most 63 are allowed`,
  ],
])('%j under %j is refused', (parts, config, problem) => {
  expect(said(service(parts), config)).toEqual([problem]);
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
