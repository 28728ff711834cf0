import { newCluster, problems } from '../testing/verify-main';
import { services } from './services';

test('all have endpoints', async () => {
  expect(await problems(services, newCluster())).toEqual([]);
});

test('a Service without a pod that is Ready, and one that is gone', async () => {
  const cluster = newCluster();
  cluster.pod('autoscaler').status.conditions = [{ type: 'Ready', status: 'False' }];
  cluster.remove('Service', 'activator-service');
  expect(await problems(services, cluster)).toEqual([
    'Service knative-serving/activator-service: is not in the cluster',
    'Service knative-serving/autoscaler: has no endpoint that is ready',
  ]);
});
