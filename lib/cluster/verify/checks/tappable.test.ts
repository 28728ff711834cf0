import { newCluster, problems, see } from '../testing/verify-main';
import { tappable } from './tappable';

test('all are', async () => {
  expect(await problems(tappable, newCluster())).toEqual([]);
});

test('a proxy that admits no tap, and a pod that viz leaves alone', async () => {
  const cluster = newCluster();
  const [deaf, left] = [cluster.pod('activator'), cluster.pod('controller')];
  delete deaf.metadata.annotations['config.linkerd.io/proxy-additional-env'];
  deaf.spec.initContainers = [
    { name: 'linkerd-proxy', restartPolicy: 'Always', env: [{ name: 'LINKERD2_PROXY_LOG', value: 'info' }] },
  ];
  delete left.metadata.annotations['viz.linkerd.io/tap-enabled'];
  expect(await problems(tappable, cluster)).toEqual([
    `Pod knative-serving/${deaf.metadata.name}: has a proxy without LINKERD2_PROXY_TAP_SVC_NAME: it admits no tap`,
    `Pod knative-serving/${left.metadata.name}: has no annotation viz.linkerd.io/tap-enabled: "true", so viz does not tap it`,
  ]);
});

test('without pods nothing has passed', async () => {
  const cluster = newCluster();
  cluster.pods.length = 0;
  expect(await see(tappable, cluster)).toEqual({ problems: [], skipped: 'no pod that is to be tapped is there' });
});
