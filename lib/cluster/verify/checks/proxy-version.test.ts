import { newCluster, problems, see, unseen } from '../testing/verify-main';
import { proxyVersion } from './proxy-version';

test('all are of the version that is rendered', async () => {
  expect(await see(proxyVersion, newCluster())).toEqual({ seen: 'edge-26.8.3', problems: [], unseen: [] });
});

test('one was injected by an older release; without an annotation the image tells', async () => {
  const cluster = newCluster();
  const [older, silent] = [cluster.pod('activator'), cluster.pod('controller')];
  older.metadata.annotations['linkerd.io/proxy-version'] = 'edge-25.1.1';
  delete silent.metadata.annotations['linkerd.io/proxy-version'];
  for (const proxy of silent.spec.initContainers) proxy.image = 'cr.l5d.io/linkerd/proxy:edge-24.1.1';
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

test('without pods nothing has passed', async () => {
  const cluster = newCluster();
  cluster.pods.length = 0;
  expect(await see(proxyVersion, cluster)).toEqual({ problems: [], skipped: 'no pod has a proxy' });
});

test('a digest is part of the version that a pod may ask for, and of what its image tells', async () => {
  const cluster = newCluster();
  const pod = cluster.pod('activator');
  delete pod.metadata.annotations['linkerd.io/proxy-version'];
  pod.metadata.annotations['config.linkerd.io/proxy-version'] = 'edge-26.8.3@sha256:0';
  for (const proxy of pod.spec.initContainers) proxy.image = 'registry.example.com:5000/proxy:edge-26.8.3@sha256:0';
  expect(await problems(proxyVersion, cluster)).toEqual([]);
});

test('one that tells no version is not judged', async () => {
  const cluster = newCluster();
  const pod = cluster.pod('activator');
  delete pod.metadata.annotations['linkerd.io/proxy-version'];
  for (const proxy of pod.spec.initContainers) proxy.image = 'registry.example.com:5000/proxy@sha256:0';
  expect(await unseen(proxyVersion, cluster)).toEqual([
    `Pod knative-serving/${pod.metadata.name}: neither its annotations nor the image of its proxy tell a version`,
  ]);
});
