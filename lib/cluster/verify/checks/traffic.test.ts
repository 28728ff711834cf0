import { newCluster, problems, see } from '../testing/verify-main';
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
