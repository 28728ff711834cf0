import { newCluster, problems, see } from '../testing/verify-main';
import { restarts } from './restarts';

test('a container that was restarted is a warning, no failure', async () => {
  const cluster = newCluster();
  expect(await problems(restarts, cluster)).toEqual([]);
  const { metadata, status } = cluster.pod('controller');
  status.initContainerStatuses = [{ name: 'linkerd-proxy', restartCount: 2 }];
  status.containerStatuses = [{ name: 'controller', restartCount: 1 }];
  expect(await problems(restarts, cluster)).toEqual([
    `warning: Pod knative-serving/${metadata.name}: has had 3 restarts`,
  ]);
});

test('without pods nothing has passed', async () => {
  const cluster = newCluster();
  cluster.pods.length = 0;
  expect(await see(restarts, cluster)).toEqual({ problems: [], skipped: 'none of its pods is there' });
});
