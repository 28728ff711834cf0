import { newCluster, problems, see } from '../testing/verify-main';
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
    'Knative Service default/other: is expected to answer, but is no public service that is Ready',
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

test('no service that is Ready', async () => {
  const cluster = newCluster();
  const service = cluster.live.find(({ apiVersion }) => apiVersion === 'serving.knative.dev/v1');
  Object.assign(service?.status as object, { conditions: [] });
  expect(await problems(requests, cluster)).toEqual(['requests: there is no public Knative Service that is Ready']);
});
