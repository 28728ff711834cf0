import { newCluster, problems, see } from '../testing/verify-main';
import { proxyVersion } from './proxy-version';

test('all are of the version that is rendered', async () => {
  expect(await see(proxyVersion, newCluster())).toEqual({ seen: 'edge-26.8.3', problems: [] });
});

test('one was injected by an older release; without an annotation the image tells', async () => {
  const cluster = newCluster();
  const [older, silent] = [cluster.pod('activator'), cluster.pod('controller')];
  older.metadata.annotations['linkerd.io/proxy-version'] = 'edge-25.1.1';
  delete silent.metadata.annotations['linkerd.io/proxy-version'];
  for (const proxy of silent.spec.initContainers) proxy.image = 'cr.l5d.io/linkerd/proxy:edge-24.1.1@sha256:0';
  expect(await problems(proxyVersion, cluster)).toEqual([
    `Pod knative-serving/${older.metadata.name}: has a proxy of edge-25.1.1, not edge-26.8.3`,
    `Pod knative-serving/${silent.metadata.name}: has a proxy of edge-24.1.1, not edge-26.8.3`,
  ]);
});

test('a pod may ask for another one', async () => {
  const cluster = newCluster();
  Object.assign(cluster.pod('activator').metadata.annotations, {
    'linkerd.io/proxy-version': 'edge-25.1.1',
    'config.linkerd.io/proxy-version': 'edge-25.1.1',
  });
  expect(await problems(proxyVersion, cluster)).toEqual([]);
});
