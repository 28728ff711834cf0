import { spawn } from 'node:child_process';
import { newCluster, problems, see, unseen } from '../testing/verify-main';
import { traffic } from './traffic';

test('it is looked at when it is asked for', () => {
  const settings = { now: new Date(), expected: [], requestTimeout: 1 };
  expect(traffic.wanted?.(settings)).toBe(false);
  expect(traffic.wanted?.({ ...settings, traffic: 1 })).toBe(true);
});

test('one request, and how it fared', async () => {
  const { seen, problems } = await see(traffic, newCluster(), { traffic: 100 });
  expect(seen).toMatch(/^100\.0 % of 1 requests, p50 \d+ ms, p95 \d+ ms, max \d+ ms$/);
  expect(problems).toEqual([]);
});

test('requests every 3 s, of which some fail', async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.answer = { status: 503, body: '' };
  const [line] = await problems(traffic, cluster, { traffic: 3100 });
  expect(line).toMatch(
    /^http:\/\/helloworld-go\.default\.example\.com: 0\.0 % of 2 requests, p50 \d+ ms, p95 \d+ ms, max \d+ ms: 2 × 503$/,
  );
});

test("a service's own 404 is an answer here as well", async () => {
  const cluster = newCluster();
  cluster.dataPlane.faults.answer = { status: 404, body: 'no such page' };
  expect(await problems(traffic, cluster, { traffic: 100 })).toEqual([]);
});

test('requests that kubectl does not carry are not counted', async () => {
  const cluster = newCluster();
  cluster.start = () => spawn(process.execPath, ['-e', `console.error('no way'); process.exit(1)`]);
  expect(await unseen(traffic, cluster, { traffic: 100 })).toEqual([
    'http://helloworld-go.default.example.com: some requests could not be sent: kubectl port-forward service/ambassador: no way',
  ]);
});

test('without a service that is Ready there is nothing to send', async () => {
  const cluster = newCluster();
  const service = cluster.live.find(({ apiVersion }) => apiVersion === 'serving.knative.dev/v1');
  Object.assign(service?.status as object, { conditions: [] });
  expect(await unseen(traffic, cluster, { traffic: 100 })).toEqual([
    'requests: there is no public Knative Service that is Ready',
  ]);
});
