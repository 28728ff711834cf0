import { newCluster, problems, see } from '../testing/verify-main';
import { trustRoot } from './trust-root';

test('all trust what is rendered', async () => {
  const { seen, problems } = await see(trustRoot, newCluster());
  expect(problems).toEqual([]);
  expect(seen).toMatch(/^sha256 [0-9a-f]{12}$/);
});

test('one is of before a rotation, and one does not tell', async () => {
  const cluster = newCluster();
  const [older, silent] = [cluster.pod('activator'), cluster.pod('controller')];
  older.metadata.annotations['linkerd.io/trust-root-sha256'] = '0';
  delete silent.metadata.annotations['linkerd.io/trust-root-sha256'];
  expect(await problems(trustRoot, cluster)).toEqual([
    `Pod knative-serving/${older.metadata.name}: was given other trust anchors`,
    `Pod knative-serving/${silent.metadata.name}: does not tell its trust anchors: it has no annotation linkerd.io/trust-root-sha256`,
  ]);
});
