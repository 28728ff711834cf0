import { deployment, found, namespace, objectsOf, testExamples } from '../testing/doc-examples';
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
  [
    '… by memory',
    [service({ ...CLASS, 'autoscaling.knative.dev/metric': 'memory', 'autoscaling.knative.dev/target': '70' })],
    false,
  ],
  [
    '… by memory without a target, of which Serving says nothing',
    [service({ ...CLASS, 'autoscaling.knative.dev/metric': 'memory' })],
    true,
  ],
  ['… with a request for its proxy', [service({ ...CLASS, 'config.linkerd.io/proxy-cpu-request': '50m' })], false],
  [
    '… where Linkerd is installed with one',
    [
      service(CLASS),
      config('linkerd-config', 'linkerd', { values: 'proxy: { resources: { cpu: { request: 10m } } }' }),
    ],
    false,
  ],
  ['… with a limit for its proxy', [service({ ...CLASS, 'config.linkerd.io/proxy-cpu-limit': '1' })], false],
  ['… with no CPU for its proxy', [service({ ...CLASS, 'config.linkerd.io/proxy-cpu-request': '0' })], true],
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

describe('a Deployment under an autoscaler', () => {
  const CPU = { requests: { cpu: '100m' } };
  const metric = (type: string, fields: object, target = 'Utilization'): object => ({
    type: `${type.charAt(0).toUpperCase()}${type.slice(1)}`,
    [type]: { name: 'cpu', target: { type: target, averageUtilization: 80 }, ...fields },
  });
  const autoscaler = (spec: object = {}, apiVersion = 'autoscaling/v2'): string =>
    JSON.stringify({
      apiVersion,
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', namespace: 'team-a' },
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 3, ...spec },
    });
  const limits = (limit: object): string =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'limits', namespace: 'team-a' },
      spec: { limits: [limit] },
    });
  const web = (spec: object, annotations: object = {}): string =>
    deployment('web', { spec, annotations: { 'config.linkerd.io/proxy-cpu-request': '100m', ...annotations } });
  const containers = (...all: readonly object[]): object => ({
    containers: all.map((fields, index) => ({ name: `c${index}`, image: 'a', ...fields })),
  });
  const without = (path: string): string => `spec.template.spec.${path}.resources.requests: `;

  test.each<[string, string[], string[]]>([
    ['with requests', [web(containers({ resources: CPU })), autoscaler()], []],
    ['without', [web(containers({})), autoscaler()], [without('containers[0]')]],
    ['without on one of two', [web(containers({ resources: CPU }, {})), autoscaler()], [without('containers[1]')]],
    [
      'with a request for memory',
      [web(containers({ resources: { requests: { memory: '1Gi' } } })), autoscaler()],
      [without('containers[0]')],
    ],
    ['with a limit', [web(containers({ resources: { limits: { cpu: '1' } } })), autoscaler()], []],
    ['with a request of the pod', [web({ ...containers({}), resources: CPU }), autoscaler()], []],
    [
      'with a native sidecar',
      [
        web({ ...containers({ resources: CPU }), initContainers: [{ name: 'log', restartPolicy: 'Always' }] }),
        autoscaler(),
      ],
      [without('initContainers[0]')],
    ],
    [
      'with a container of the start',
      [web({ ...containers({ resources: CPU }), initContainers: [{ name: 'migrate' }] }), autoscaler()],
      [],
    ],
    [
      'outside of the mesh',
      [web(containers({}), { 'linkerd.io/inject': 'disabled' }), autoscaler()],
      [without('containers[0]')],
    ],
    [
      'without any on proxy and container',
      [deployment('web'), autoscaler()],
      [without('containers[0]'), "here Linkerd's proxy"],
    ],
    [
      'without, by an older API',
      [web(containers({})), autoscaler({ targetCPUUtilizationPercentage: 80 }, 'autoscaling/v1')],
      [without('containers[0]')],
    ],
    ['by an amount of CPU', [deployment('web'), autoscaler({ metrics: [metric('resource', {}, 'AverageValue')] })], []],
    ['by memory', [deployment('web'), autoscaler({ metrics: [metric('resource', { name: 'memory' })] })], []],
    [
      'by the CPU of one container',
      [
        web(containers({}, {}), { 'config.linkerd.io/proxy-cpu-request': '0' }),
        autoscaler({ metrics: [metric('containerResource', { container: 'c1' })] }),
      ],
      [without('containers[1]')],
    ],
    [
      'by the CPU of the proxy',
      [deployment('web'), autoscaler({ metrics: [metric('containerResource', { container: 'linkerd-proxy' })] })],
      ["here Linkerd's proxy"],
    ],
    [
      'by an amount of CPU of one container',
      [deployment('web'), autoscaler({ metrics: [metric('containerResource', { container: 'web' }, 'AverageValue')] })],
      [],
    ],
    [
      'where a LimitRange gives one',
      [deployment('web'), autoscaler(), limits({ type: 'Container', defaultRequest: { cpu: '50m' } })],
      [],
    ],
    ['… as its bound', [deployment('web'), autoscaler(), limits({ type: 'Container', max: { cpu: '2' } })], []],
    [
      '… of memory',
      [web(containers({})), autoscaler(), limits({ type: 'Container', default: { memory: '1Gi' } })],
      [without('containers[0]')],
    ],
    [
      '… for pods as a whole',
      [web(containers({})), autoscaler(), limits({ type: 'Pod', max: { cpu: '2' } })],
      [without('containers[0]')],
    ],
  ])('%s', (_, documents, messages) => {
    const lines = found(proxyCpuRequest, objectsOf(namespace('team-a', { annotations: ENABLED }), ...documents));
    expect(lines).toHaveLength(messages.length);
    messages.forEach((message, index) => {
      expect(lines[index]).toContain(message);
    });
  });
});
