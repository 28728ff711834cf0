import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Manifest } from '../../../objects/manifest';
import { newCluster, problems, see, unseen } from '../testing/verify-main';
import { requests } from './requests';

const URL = 'http://helloworld-go.default.example.com';
const ANSWER = 'Hello Go Sample v1 now with Linkerd!';

test('it answers what is expected', async () => {
  const expected = [{ text: ANSWER }, { service: 'default/helloworld-go', text: 'Linkerd' }];
  const { seen, problems } = await see(requests, newCluster(), { expected });
  expect(problems).toEqual([]);
  expect(seen).toMatch(/^200 "Hello Go Sample v1 now with Linkerd!" in \d+ ms$/);
});

test("a service's own 404 is an answer", async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.answer = { status: 404, body: 'no such page' };
  expect(await problems(requests, cluster)).toEqual([]);
});

test('something else than is expected, and a service that is none', async () => {
  const expected = [{ text: 'Hello World' }, { service: 'default/other', text: 'a' }];
  expect(await problems(requests, newCluster(), { expected })).toEqual([
    'Knative Service default/other: is expected to answer, but is no public service',
    `${URL}: answers 200 "${ANSWER}", not "Hello World"`,
  ]);
});

test('a failure', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.answer = { status: 503, body: 'no healthy upstream' };
  expect(await problems(requests, cluster)).toEqual([
    `${URL}: something fails on the way, or the service itself: it answers 503 "no healthy upstream"`,
  ]);
});

test('a networking layer that does not know the host', async () => {
  const cluster = newCluster();
  const service = cluster.live.find(({ apiVersion }) => apiVersion === 'serving.knative.dev/v1');
  Object.assign(service?.status as object, { url: 'http://other.default.example.com' });
  expect(await problems(requests, cluster)).toEqual([
    'http://other.default.example.com: the networking layer knows no such host: it answers 404',
  ]);
});

test('a networking layer that sends plain HTTP away', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.redirected = true;
  expect(await problems(requests, cluster)).toEqual([
    `${URL}: the networking layer sends plain HTTP away: it answers 301`,
  ]);
});

const service = (cluster: ReturnType<typeof newCluster>): Manifest => {
  const found = cluster.live.find(({ apiVersion }) => apiVersion === 'serving.knative.dev/v1');
  if (found === undefined) throw new Error('there is none');
  return found;
};

test('a service that is not Ready is not asked, whatever is expected of it', async () => {
  const cluster = newCluster();
  Object.assign(service(cluster).status as object, { conditions: [] });
  const expected = [{ text: 'a' }, { service: 'default/helloworld-go', text: 'b' }];
  expect(await unseen(requests, cluster, { expected })).toEqual([
    'Knative Service default/helloworld-go: it is not asked before it is Ready',
  ]);
});

test('a service that is not public answers nobody outside, and must not be expected to', async () => {
  const cluster = newCluster();
  Object.assign(service(cluster).status as object, { url: 'http://helloworld-go.default.svc.cluster.local' });
  expect(await see(requests, cluster)).toMatchObject({ problems: [], skipped: 'no Knative Service is public' });
  expect(await problems(requests, cluster, { expected: [{ text: 'a' }] })).toEqual([
    'requests: an answer is expected, but no Knative Service is public',
  ]);
});

test('where kubectl opens no way nothing was asked', async () => {
  const cluster = newCluster();
  cluster.start = () =>
    spawn(process.execPath, [
      '-e',
      `console.error('Error from server (Forbidden): no pods/portforward'); process.exit(1)`,
    ]);
  expect(await unseen(requests, cluster)).toEqual([
    `${URL}: kubectl port-forward service/ambassador: Error from server (Forbidden): no pods/portforward`,
  ]);
});

test('where the pod ends that a way led to, another one is asked', async () => {
  const cluster = newCluster();
  const start = cluster.start.bind(cluster);
  const children: ChildProcess[] = [];
  cluster.start = (args, signal) => {
    const child = start(args, signal);
    children.push(child);
    return child;
  };
  let times = 0;
  cluster.dataPlane.onRequest = () => {
    cluster.dataPlane.faults.closed = times++ === 0;
    if (times === 1) children[0]?.kill();
  };
  expect(await problems(requests, cluster)).toEqual([]);
  expect(children).toHaveLength(2);
});

test('a long answer is looked through, and of one without end it is said that it was not', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.answer = { status: 200, body: `${'x'.repeat(1 << 20)}Hello` };
  expect(await problems(requests, cluster, { expected: [{ text: 'Hello' }] })).toEqual([]);
  cluster.dataPlane.faults.answer = { status: 200, body: `${'x'.repeat(1 << 24)}Hello` };
  expect(await unseen(requests, cluster, { expected: [{ text: 'Hello' }] })).toEqual([
    `${URL}: its answer is longer than what is kept of it, and "Hello" is not in that`,
  ]);
});
