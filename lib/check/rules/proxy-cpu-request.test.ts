import { found, namespace, objectsOf, testExamples } from '../testing/doc-examples';
import { proxyCpuRequest } from './proxy-cpu-request';

testExamples(proxyCpuRequest);

const ENABLED = { 'linkerd.io/inject': 'enabled' };
const CLASS = { 'autoscaling.knative.dev/class': 'hpa.autoscaling.knative.dev' };
const service = (annotations: object): string =>
  JSON.stringify({
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name: 'api', namespace: 'team-a' },
    spec: { template: { metadata: { annotations }, spec: { containers: [] } } },
  });
const config = (name: string, space: string, data: object): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: space }, data });

test.each<[string, string[], boolean]>([
  ['a Knative Service that Serving scales itself', [service({})], false],
  ['one of the class hpa', [service(CLASS)], true],
  ['… by memory', [service({ ...CLASS, 'autoscaling.knative.dev/metric': 'memory' })], false],
  ['… with a request for its proxy', [service({ ...CLASS, 'config.linkerd.io/proxy-cpu-request': '50m' })], false],
  [
    '… where Linkerd is installed with one',
    [
      service(CLASS),
      config('linkerd-config', 'linkerd', { values: 'proxy: { resources: { cpu: { request: 10m } } }' }),
    ],
    false,
  ],
  ['… outside of the mesh', [service({ ...CLASS, 'linkerd.io/inject': 'disabled' })], false],
  [
    "where the class is the platform's",
    [
      service({}),
      config('config-autoscaler', 'knative-serving', { 'pod-autoscaler-class': 'hpa.autoscaling.knative.dev' }),
    ],
    true,
  ],
])('%s', (_, documents, expected) => {
  const objects = objectsOf(namespace('team-a', { annotations: ENABLED }), ...documents);
  expect(found(proxyCpuRequest, objects)).toHaveLength(expected ? 1 : 0);
});
