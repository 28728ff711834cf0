import { newCluster, problems, see, unseen } from '../testing/verify-main';
import { trustRoot } from './trust-root';

test('all trust what is rendered', async () => {
  const { seen, problems } = await see(trustRoot, newCluster());
  expect(problems).toEqual([]);
  expect(seen).toMatch(/^sha256 [0-9a-f]{12}$/);
});

test('one is of before a rotation', async () => {
  const cluster = newCluster();
  const older = cluster.pod('activator');
  older.metadata.annotations['linkerd.io/trust-root-sha256'] = '0';
  expect(await problems(trustRoot, cluster)).toEqual([
    `Pod knative-serving/${older.metadata.name}: was given other trust anchors`,
  ]);
});

test('without pods nothing has passed', async () => {
  const cluster = newCluster();
  cluster.pods.length = 0;
  expect(await see(trustRoot, cluster)).toEqual({ problems: [], skipped: 'no pod has a proxy' });
});

test('one that does not tell is not judged', async () => {
  const cluster = newCluster();
  const silent = cluster.pod('controller');
  delete silent.metadata.annotations['linkerd.io/trust-root-sha256'];
  expect(await unseen(trustRoot, cluster)).toEqual([
    `Pod knative-serving/${silent.metadata.name}: it does not tell its trust anchors: it has no annotation linkerd.io/trust-root-sha256`,
  ]);
});
