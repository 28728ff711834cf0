import { newCluster, problems, see } from '../testing/verify-main';
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
