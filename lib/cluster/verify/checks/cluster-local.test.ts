import { newCluster, problems } from '../testing/verify-main';
import { clusterLocal } from './cluster-local';

test('all names are refused', async () => {
  expect(await problems(clusterLocal, newCluster())).toEqual([]);
});

test('a networking layer that serves them to everyone', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.clusterLocalServed = true;
  const names = ['helloworld-go.default.svc.cluster.local', 'helloworld-go.default.svc', 'helloworld-go.default'];
  expect(await problems(clusterLocal, cluster)).toEqual(
    names.map((name) => `${name}: is answered from outside: 200 "Hello Go Sample v1 now with Linkerd!"`),
  );
});

test("a service's own refusal is an answer from outside too", async () => {
  const cluster = newCluster();
  Object.assign(cluster.dataPlane.faults, { clusterLocalServed: true, answer: { status: 403, body: 'log in first' } });
  expect(await problems(clusterLocal, cluster)).toHaveLength(3);
});

test('what cannot be asked is no refusal', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.closed = true;
  expect(await problems(clusterLocal, cluster)).toContain(
    'helloworld-go.default.svc: cannot be asked for: the connection was closed',
  );
});
