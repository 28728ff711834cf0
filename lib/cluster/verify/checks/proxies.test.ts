import { withoutTokenProjection } from '../../../model/testing/token-projection';
import { Rendered } from '../rendered';
import { newCluster, problems, rendered, see } from '../testing/verify-main';
import { proxies } from './proxies';

const NONE = 'has no linkerd-proxy, neither as a container nor as an init container';

test('every pod has one, among its init containers or its containers', async () => {
  const cluster = newCluster();
  const { spec } = cluster.pod('ambassador');
  spec.containers = [...spec.containers, ...spec.initContainers.splice(0)];
  expect(await see(proxies, cluster)).toEqual({ seen: '14 pods', problems: [] });
});

test('a pod that was born without', async () => {
  const cluster = newCluster();
  const pod = cluster.pod('ambassador');
  pod.spec.initContainers = [];
  expect(await problems(proxies, cluster)).toEqual([`Pod ambassador/${pod.metadata.name}: ${NONE}`]);
});

test.each([
  ['says that it is to have none', { annotations: { 'linkerd.io/inject': 'disabled' } }],
  ['has ended', { deletionTimestamp: '2026-01-01T00:00:00Z' }],
])('a pod that %s needs none', async (_, metadata) => {
  const cluster = newCluster();
  const pod = cluster.pod('ambassador');
  pod.spec.initContainers = [];
  Object.assign(pod.metadata, metadata);
  expect(await problems(proxies, cluster)).toEqual([]);
});

test('a pod on the network of its node needs none', async () => {
  const cluster = newCluster();
  Object.assign(cluster.pod('ambassador').spec, { initContainers: [], hostNetwork: true });
  expect(await problems(proxies, cluster)).toEqual([]);
});

test('without pods nothing has passed', async () => {
  const cluster = newCluster();
  cluster.pods.length = 0;
  expect(await see(proxies, cluster)).toEqual({ problems: [], skipped: 'no pod is to have one' });
});

test('the pods of a service that was scaled to zero are looked at when it has answered', async () => {
  const cluster = newCluster();
  const pod = cluster.pod('helloworld-go');
  pod.spec.initContainers = [];
  cluster.pods.splice(cluster.pods.indexOf(pod), 1);
  cluster.dataPlane.onRequest = () => cluster.pods.push(pod);
  expect(await problems(proxies, cluster)).toEqual([`Pod default/${pod.metadata.name}: ${NONE}`]);
});

test('a pod without the token that its proxy would need', async () => {
  const cluster = newCluster();
  const pod = cluster.pod('ambassador');
  Object.assign(pod.spec, { initContainers: [], automountServiceAccountToken: false });
  const of = new Rendered(withoutTokenProjection(rendered.objects), rendered.layer);
  expect(await problems(proxies, cluster, {}, of)).toEqual([
    expect.stringContaining(
      `Pod ambassador/${pod.metadata.name}: has no linkerd-proxy: the pod has automountServiceAccountToken: false`,
    ),
  ]);
});
