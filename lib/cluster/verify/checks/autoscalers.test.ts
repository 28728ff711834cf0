import { newCluster, problems } from '../testing/verify-main';
import { autoscalers } from './autoscalers';

test('all have metrics', async () => {
  expect(await problems(autoscalers, newCluster())).toEqual([]);
});

test('one without, one that is new, and one that is gone', async () => {
  const cluster = newCluster();
  const why = { type: 'ScalingActive', status: 'False', message: 'missing request for cpu\nin container' };
  cluster.object('HorizontalPodAutoscaler', 'activator').status = { conditions: [why] };
  cluster.object('HorizontalPodAutoscaler', 'webhook').status = {};
  const activator = 'HorizontalPodAutoscaler knative-serving/activator';
  const webhook = 'HorizontalPodAutoscaler knative-serving/webhook';
  expect(await problems(autoscalers, cluster)).toEqual([
    `warning: ${activator}: cannot scale: missing request for cpu`,
    `warning: ${webhook}: cannot scale yet`,
  ]);
  cluster.remove('HorizontalPodAutoscaler', 'activator');
  expect(await problems(autoscalers, cluster)).toContain(`${activator}: is not in the cluster`);
});
