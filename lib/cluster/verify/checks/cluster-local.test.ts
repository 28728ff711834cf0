import { newCluster, problems, unseen } from '../testing/verify-main';
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

test('what cannot be asked is no refusal, and no failure', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.closed = true;
  expect(await unseen(clusterLocal, cluster)).toContain('helloworld-go.default.svc: the connection was closed');
});

test('a networking layer that refuses everything has refused nothing', async () => {
  const cluster = newCluster();
  const service = cluster.live.find(({ apiVersion }) => apiVersion === 'serving.knative.dev/v1');
  Object.assign(service?.status as object, { url: 'http://other.default.example.com' });
  expect(await unseen(clusterLocal, cluster)).toEqual([
    'the networking layer: it serves no public service, so that its refusals say nothing',
  ]);
});

test('where plain HTTP is sent away it is asked by HTTPS', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.redirected = true;
  // Nothing is played behind port 443.
  expect(await unseen(clusterLocal, cluster)).toContainEqual(
    expect.stringMatching(/SSL|EPROTO|packet length|wrong version/i),
  );
});
