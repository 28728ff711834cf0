import platform from '../../../testing/walkthrough/main';
import { newCluster, rendered } from '../verify/testing/verify-main';
import type { FakeCluster } from '../verify/testing/fake-cluster';
import { statusOf } from './status';

const NOW = new Date('2027-03-01T00:00:00Z');
const look = (cluster: FakeCluster) => statusOf(rendered, platform.components, cluster, NOW);

test('what is up, when all is', async () => {
  const { components, services, objects, certificates } = await look(newCluster());
  expect(
    components.map(({ name, rendered, running, pods }) => [name, rendered, running, pods.ready, pods.all, pods.meshed]),
  ).toEqual([
    ['gateway-api', undefined, [], 0, 0, 0],
    ['linkerd', 'edge-26.8.3', ['edge-26.8.3'], 3, 3, 3],
    ['linkerd-viz', 'edge-26.8.3', ['edge-26.8.3'], 5, 5, 5],
    ['knative-serving', '1.23.0', ['1.23.0'], 4, 4, 4],
    ['ambassador', '4.1.0', ['4.1.0'], 1, 1, 1],
  ]);
  expect(services).toEqual({
    all: 1,
    ready: 1,
    unready: [],
    pods: { all: 1, ready: 1, meshed: 1, toBeMeshed: 1 },
  });
  expect(objects).toBe(rendered.objects.length);
  const names = certificates.map(({ name }) => name);
  expect(new Set(names).size).toBe(8);
  expect(names).toContain('root.linkerd.cluster.local');
  expect(certificates.map(({ expires }) => expires.getTime())).toEqual(
    certificates.map(({ expires }) => expires.getTime()).sort((a, b) => a - b),
  );
});

test('pods that are not there yet, or not as they should be', async () => {
  const cluster = newCluster();
  cluster.pod('activator').status.conditions = [];
  cluster.pod('autoscaler').spec.initContainers = [];
  cluster.pods.splice(cluster.pods.indexOf(cluster.pod('controller')), 1);
  const { components } = await look(cluster);
  expect(components.find(({ name }) => name === 'knative-serving')?.pods).toEqual({
    all: 3,
    ready: 2,
    meshed: 2,
    toBeMeshed: 3,
  });
});

test('the version of what runs, where it is another one', async () => {
  const cluster = newCluster();
  const { spec } = cluster.object('Deployment', 'ambassador') as unknown as {
    spec: { template: { spec: { containers: { image: string }[] } } };
  };
  for (const container of spec.template.spec.containers) container.image = 'ghcr.io/emissary-ingress/emissary:4.0.0';
  const { components } = await look(cluster);
  expect(components.find(({ name }) => name === 'ambassador')?.running).toEqual(['4.0.0']);
});

test('services that are not Ready are named, with the reason', async () => {
  const cluster = newCluster();
  const service = cluster.live.find(({ apiVersion }) => apiVersion === 'serving.knative.dev/v1');
  Object.assign(service?.status as object, {
    conditions: [{ type: 'Ready', status: 'False', reason: 'RevisionMissing' }],
  });
  const { services } = await look(cluster);
  expect(services.ready).toBe(0);
  expect(services.unready).toEqual([{ service: 'default/helloworld-go', reason: 'is not Ready: RevisionMissing' }]);
});
