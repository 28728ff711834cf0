import { newCluster, rendered } from '../cluster/verify/testing/verify-main';
import { behindOf } from './behind';

test('nothing is behind where all is as it is rendered', async () => {
  expect(await behindOf(rendered.objects, newCluster())).toEqual([]);
});

test('what is gone, and what is changed', async () => {
  const cluster = newCluster();
  cluster.remove('PodDisruptionBudget', 'ambassador');
  const { spec } = cluster.object('Deployment', 'ambassador') as unknown as { spec: { replicas: number } };
  spec.replicas += 1;
  expect(await behindOf(rendered.objects, cluster)).toEqual([
    { object: 'Deployment ambassador/ambassador', how: 'differs' },
    { object: 'PodDisruptionBudget ambassador/ambassador', how: 'missing' },
  ]);
});
