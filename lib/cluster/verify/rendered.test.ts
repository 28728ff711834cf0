import { newCluster, rendered, see } from './testing/verify-main';
import { connections } from './checks/connections';
import { injector } from './checks/injector';
import { podsReady } from './checks/pods-ready';
import { workloads } from './checks/workloads';
import { Rendered } from './rendered';

test('the namespaces of a platform, and those that the injector meshes', () => {
  expect(rendered.namespaces).toEqual([
    'ambassador',
    'default',
    'knative-serving',
    'kube-system',
    'linkerd',
    'linkerd-viz',
  ]);
  expect(rendered.meshedNamespaces).toEqual(['ambassador', 'default', 'knative-serving', 'linkerd-viz']);
});

test('namespaces that are named are looked at, and no others are asked for', async () => {
  const one = new Rendered(rendered.objects, rendered.layer, ['ambassador']);
  const cluster = newCluster();
  expect((await see(workloads, cluster, {}, one)).seen).toBe('1 workload');
  expect((await see(podsReady, cluster, {}, one)).seen).toBe('1 pod');
  expect((await see(injector, cluster, {}, one)).seen).toBe('1 namespace');
  expect(await see(connections, cluster, {}, one)).toMatchObject({
    problems: [],
    skipped: 'no two workloads that call each other are looked at',
  });
  expect(cluster.asked.filter((asked) => asked.includes('get pods'))).toEqual(
    Array.from({ length: 2 }, () => expect.stringContaining('--namespace=ambassador') as string),
  );
});
