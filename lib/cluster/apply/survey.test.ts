import { rightsFor, survey } from './survey';
import { FakeKubectl } from '../testing/fake-kubectl';
import { configMap, object } from '../testing/objects';

test('what applying takes, once for each kind and namespace', () => {
  const rights = rightsFor([
    configMap('a'),
    configMap('b'),
    configMap('c', 'n'),
    object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'r'),
  ]);
  expect(
    rights.map(({ verb, group, resource, namespace }) => `${verb} ${group}/${resource} ${namespace ?? '-'}`),
  ).toEqual([
    'get /configmaps default',
    'create /configmaps default',
    'patch /configmaps default',
    'get /configmaps n',
    'create /configmaps n',
    'patch /configmaps n',
    'get rbac.authorization.k8s.io/clusterroles -',
    'create rbac.authorization.k8s.io/clusterroles -',
    'patch rbac.authorization.k8s.io/clusterroles -',
  ]);
});

describe('of a cluster', () => {
  let fake: FakeKubectl;
  afterEach(() => {
    fake.remove();
  });

  const answers = (config: string): string => `
if (args[0] === 'version') print({ serverVersion: { gitVersion: 'v1.34.4' } });
else if (args[0] === 'config') ${config}
else if (args[0] === 'create') for (const { spec } of objects) print(String(spec.resourceAttributes.verb !== 'patch'));
else if (args.includes('--filename=-')) list(objects);
else list([]);`;

  test('its name, its version, what is there, and what is not allowed', async () => {
    const config = { clusters: [{ cluster: { server: 'https://k:6443' } }], 'current-context': 'staging' };
    fake = new FakeKubectl(answers(`print(${JSON.stringify(config)});`));
    const found = await survey(fake.kubectl, [configMap('a')], [object('v1', 'Secret', 's', 'n')]);
    expect(found).toMatchObject({ server: 'https://k:6443', context: 'staging', version: 'v1.34.4' });
    expect([...found.live.keys()]).toEqual(['ConfigMap default/a', 'Secret n/s']);
    expect(found.denied).toEqual([{ verb: 'patch', group: '', resource: 'configmaps', namespace: 'default' }]);
  });

  test('in a pod, where no kubeconfig names it', async () => {
    fake = new FakeKubectl(answers(`fail('error: current-context must exist in order to minify');`));
    const found = await survey(fake.kubectl, []);
    expect([found.server, found.context]).toEqual(['the cluster', undefined]);
  });
});
