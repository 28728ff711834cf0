import { newCluster, problems, see } from '../testing/verify-main';
import { podsReady } from './pods-ready';

test('all are', async () => {
  expect(await see(podsReady, newCluster())).toEqual({ seen: '14 pods', problems: [] });
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
