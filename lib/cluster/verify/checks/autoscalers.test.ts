import { newCluster, problems, unseen } from '../testing/verify-main';
import { autoscalers } from './autoscalers';

test('all have metrics', async () => {
  expect(await problems(autoscalers, newCluster())).toEqual([]);
});

test('one without, and one that is gone', async () => {
  const cluster = newCluster();
  const why = { type: 'ScalingActive', status: 'False', message: 'missing request for cpu\nin container' };
  cluster.object('HorizontalPodAutoscaler', 'activator').status = { conditions: [why] };
  const activator = 'HorizontalPodAutoscaler knative-serving/activator';
  expect(await problems(autoscalers, cluster)).toEqual([
    `warning: ${activator}: cannot scale: missing request for cpu`,
  ]);
  cluster.remove('HorizontalPodAutoscaler', 'activator');
  expect(await problems(autoscalers, cluster)).toContain(`${activator}: is not in the cluster`);
});

test('one that is new is not judged', async () => {
  const cluster = newCluster();
  cluster.object('HorizontalPodAutoscaler', 'webhook').status = {};
  expect(await unseen(autoscalers, cluster)).toEqual([
    'HorizontalPodAutoscaler knative-serving/webhook: its controller has not looked for metrics yet',
  ]);
});
