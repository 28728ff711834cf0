import type { FakePod } from '../testing/fake-cluster';
import { newCluster, problems, see } from '../testing/verify-main';
import { podsReady } from './pods-ready';

test('all are', async () => {
  expect(await see(podsReady, newCluster())).toEqual({ seen: '14 pods', problems: [], unseen: [], notes: [] });
});

test('one is not, and says why', async () => {
  const cluster = newCluster();
  const { metadata, status } = cluster.pod('activator');
  status.conditions = [{ type: 'Ready', status: 'False' }];
  status.containerStatuses = [
    { name: 'linkerd-proxy', ready: true },
    { name: 'activator', ready: false, state: { waiting: { reason: 'ImagePullBackOff' } } },
  ];
  expect(await problems(podsReady, cluster)).toEqual([
    `Pod knative-serving/${metadata.name}: is not Ready: 1/2, ImagePullBackOff`,
  ]);
});

test('without pods nothing has passed', async () => {
  const cluster = newCluster();
  cluster.pods.length = 0;
  expect(await see(podsReady, cluster)).toEqual({ problems: [], skipped: 'none of its pods is there' });
});

const NOW = new Date('2026-06-01T12:00:00Z');
const unready = (pod: FakePod, age: number, reason: string): void => {
  pod.metadata.creationTimestamp = new Date(NOW.getTime() - age * 1000).toISOString();
  pod.status.conditions = [{ type: 'Ready', status: 'False' }];
  pod.status.containerStatuses = [{ name: 'linkerd-proxy', ready: false, state: { waiting: { reason } } }];
};

test.each([
  ['activator', 10, 'PodInitializing', { unseen: ['it is starting: 0/2'] }],
  ['helloworld-go', 10, 'ContainerCreating', { notes: ['it is starting: 0/2'] }],
  ['activator', 90, 'PodInitializing', { problems: ['is not Ready: 0/2, PodInitializing'] }],
  ['activator', 10, 'ImagePullBackOff', { problems: ['is not Ready: 0/2, ImagePullBackOff'] }],
])('a pod of %s that is %d s old and says %s', async (name, age, reason, expected) => {
  const cluster = newCluster();
  unready(cluster.pod(name), age, reason);
  const outcome = await see(podsReady, cluster, { now: NOW });
  const reasons = (list: readonly { reason: string }[] = []): string[] => list.map((one) => one.reason);
  expect({
    problems: reasons(outcome.problems),
    unseen: reasons(outcome.unseen),
    notes: reasons(outcome.notes),
  }).toEqual({ problems: [], unseen: [], notes: [], ...expected });
});

test("a Job's pod ends, and a pod of others in the same namespace is theirs", async () => {
  const cluster = newCluster();
  const [job, other] = [cluster.pod('activator'), structuredClone(cluster.pod('helloworld-go'))];
  job.metadata.ownerReferences = [{ kind: 'Job' }];
  other.metadata.labels = { app: 'other' };
  cluster.pods.push(other);
  for (const pod of [job, other]) unready(pod, 90, 'CrashLoopBackOff');
  expect(await see(podsReady, cluster, { now: NOW })).toMatchObject({ seen: '13 pods', problems: [], unseen: [] });
});
