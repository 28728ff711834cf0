import { found, objectsOf, testExamples } from '../testing/doc-examples';
import { knativeLimits } from './knative-limits';

testExamples(knativeLimits);

const service = (spec: object, name = 'api'): string =>
  JSON.stringify({
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name, namespace: 'team-a' },
    spec: { template: { spec: { containers: [{ image: 'registry.example.com/api:1' }], ...spec } } },
  });
const configMap = (name: string, data: object, namespace = 'knative-serving'): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data });
const operated = (config: object): string =>
  JSON.stringify({
    apiVersion: 'operator.knative.dev/v1beta1',
    kind: 'KnativeServing',
    metadata: { name: 'knative-serving', namespace: 'knative-serving' },
    spec: { config },
  });

const PINNED = service({ nodeSelector: { pool: 'gpu' } });
const FLAG = { 'kubernetes.podspec-nodeselector': 'enabled' };

const BY_CPU = JSON.stringify({
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: { name: 'api', namespace: 'team-a' },
  spec: {
    template: {
      metadata: { annotations: { 'autoscaling.knative.dev/class': 'hpa.autoscaling.knative.dev' } },
      spec: { containers: [{ image: 'registry.example.com/api:1' }] },
    },
  },
});
const limitRange = (namespace: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'defaults', namespace },
    spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '100m' } }] },
  });

test.each<[string, string[], string[]]>([
  ['a name of 63 characters', [service({}, 'a'.repeat(63))], []],
  ['one of 64', [service({}, 'a'.repeat(64))], ['has 64 characters: at most 63 are allowed']],
  [
    'a raised limit',
    [service({ timeoutSeconds: 900 }), configMap('config-defaults', { 'max-revision-timeout-seconds': '900' })],
    [],
  ],
  ['a field without its flag', [PINNED], ['kubernetes.podspec-nodeselector']],
  ['a field whose flag a ConfigMap sets', [PINNED, configMap('config-features', FLAG)], []],
  [
    'a ConfigMap of that name in another namespace',
    [PINNED, configMap('config-features', FLAG, 'team-a')],
    ['kubernetes.podspec-nodeselector'],
  ],
  ['a field whose flag the Operator sets', [PINNED, operated({ features: FLAG })], []],
  ['an autoscaler by CPU without a request', [BY_CPU], ['containers[0].resources.requests: is without cpu']],
  ['one that a LimitRange gives', [BY_CPU, limitRange('team-a')], []],
  ['one that a LimitRange elsewhere does not', [BY_CPU, limitRange('default')], ['is without cpu']],
  ['one that config-defaults gives', [BY_CPU, configMap('config-defaults', { 'revision-cpu-request': '1' })], []],
  ['the same by the whole name', [PINNED, operated({ 'config-features': FLAG })], []],
])('%s', (_, documents, messages) => {
  const lines = found(knativeLimits, objectsOf(...documents));
  expect(lines).toHaveLength(messages.length);
  messages.forEach((message, index) => expect(lines[index]).toContain(message));
});
