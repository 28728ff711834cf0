import { newCluster, problems, renderedOf, see } from '../testing/verify-main';
import { Rendered } from '../rendered';
import { workloads } from './workloads';

test('all that runs is counted', async () => {
  expect(await see(workloads, newCluster())).toEqual({ seen: '13 workloads', problems: [] });
});

test.each([
  ['is scaled to 0', { spec: { replicas: 0 } }],
  ['was changed, and its controller has not looked at it', { status: { observedGeneration: 0 } }],
  [
    '1 of 3 pods are of its last version: pods "ambassador-1" is forbidden',
    {
      spec: { replicas: 3 },
      status: {
        observedGeneration: 1,
        updatedReplicas: 1,
        conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'pods "ambassador-1" is forbidden\nmore' }],
      },
    },
  ],
  [
    '2 of 3 pods are available',
    { spec: { replicas: 3 }, status: { observedGeneration: 1, updatedReplicas: 3, availableReplicas: 2 } },
  ],
])('a Deployment that %s', async (reason, fields) => {
  const cluster = newCluster();
  Object.assign(cluster.object('Deployment', 'ambassador'), fields);
  expect(await problems(workloads, cluster)).toEqual([`Deployment ambassador/ambassador: ${reason}`]);
});

test('a Deployment that is gone', async () => {
  const cluster = newCluster();
  cluster.remove('Deployment', 'linkerd-identity');
  expect(await problems(workloads, cluster)).toEqual(['Deployment linkerd/linkerd-identity: is not in the cluster']);
});

test('one that is rendered without pods, and a DaemonSet that no node is for', async () => {
  const cluster = newCluster();
  const deployment = cluster.object('Deployment', 'ambassador');
  Object.assign(deployment.spec as object, { replicas: 0 });
  const rendered = renderedOf(() => true);
  const objects = rendered.objects.map((object) =>
    object.manifest.kind === 'Deployment' && object.manifest.metadata.name === 'ambassador'
      ? { ...object, manifest: { ...object.manifest, spec: { ...(object.manifest.spec as object), replicas: 0 } } }
      : object,
  );
  expect(await problems(workloads, cluster, {}, new Rendered(objects, rendered.layer))).toEqual([]);
  Object.assign(deployment, { kind: 'DaemonSet', status: { observedGeneration: 1, desiredNumberScheduled: 0 } });
  const daemon = objects.map((object) => ({
    ...object,
    manifest: {
      ...object.manifest,
      ...(object.manifest.metadata.name === 'ambassador' &&
        object.manifest.kind === 'Deployment' && { kind: 'DaemonSet' }),
    },
  }));
  expect(await problems(workloads, cluster, {}, new Rendered(daemon, rendered.layer))).toEqual([
    'DaemonSet ambassador/ambassador: is to run on no node',
  ]);
});

test('a platform without any is not judged', async () => {
  const none = renderedOf(({ manifest }) => manifest.kind !== 'Deployment');
  expect(await see(workloads, newCluster(), {}, none)).toEqual({ problems: [], skipped: 'none is rendered' });
});
