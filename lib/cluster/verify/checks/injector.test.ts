import { newCluster, problems, see } from '../testing/verify-main';
import { injector } from './injector';

test('a pod of each meshed namespace would get a proxy, and none is made', async () => {
  const cluster = newCluster();
  expect(await see(injector, cluster)).toEqual({ seen: '4 namespaces', problems: [] });
  expect(cluster.asked).toHaveLength(4);
  expect(cluster.asked.filter((asked) => asked.startsWith('create --dry-run=server '))).toHaveLength(4);
});

test.each([
  ['is down', 'is refused: Internal error occurred: failed calling webhook "linkerd-proxy-injector.linkerd.io"'],
  ['leaves', 'would start without a proxy'],
] as const)('an injector that %s', async (injectorIs, reason) => {
  const cluster = newCluster();
  cluster.injector = injectorIs;
  const namespaces = ['ambassador', 'default', 'knative-serving', 'linkerd-viz'];
  expect(await problems(injector, cluster)).toEqual(namespaces.map((name) => `a new pod of ${name}: ${reason}`));
});

test('a user who may create no pods learns that it was not tried', async () => {
  const cluster = newCluster();
  const words = 'Error from server (Forbidden): pods is forbidden: User "eve" cannot create resource "pods"';
  cluster.run = () => Promise.resolve({ status: 1, stdout: '', stderr: `${words}\n` });
  expect(await problems(injector, cluster)).toContain(
    'warning: a new pod of default: cannot be tried: pods is forbidden: User "eve" cannot create resource "pods"',
  );
});
