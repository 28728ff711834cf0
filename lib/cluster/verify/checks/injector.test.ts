import { newCluster, problems, renderedOf, see, unseen } from '../testing/verify-main';
import { injector } from './injector';

test('a pod of each meshed namespace would get a proxy, and none is made', async () => {
  const cluster = newCluster();
  expect(await see(injector, cluster)).toEqual({ seen: '4 namespaces', problems: [], unseen: [] });
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

test.each([
  [
    'a user who may create no pods',
    'Error from server (Forbidden): pods is forbidden: User "eve" cannot create resource "pods"',
    'pods is forbidden: User "eve" cannot create resource "pods"',
  ],
  [
    'a quota',
    'Error from server (Forbidden): pods "knitmesh-verify-x" is forbidden: exceeded quota: pods',
    'pods "knitmesh-verify-x" is forbidden: exceeded quota: pods',
  ],
  [
    'pod security',
    'Error from server (Forbidden): pods "a" is forbidden: violates PodSecurity "baseline:latest"',
    'pods "a" is forbidden: violates PodSecurity "baseline:latest"',
  ],
  [
    'a webhook of others',
    'Error from server (InternalError): Internal error occurred: failed calling webhook "kyverno"',
    'Internal error occurred: failed calling webhook "kyverno"',
  ],
])('what %s refuses says nothing of the injector', async (_, words, reason) => {
  const cluster = newCluster();
  cluster.run = () => Promise.resolve({ status: 1, stdout: '', stderr: `${words}\n` });
  expect(await unseen(injector, cluster)).toContain(`a new pod of default: it cannot be tried: ${reason}`);
});

test('a namespace that is gone', async () => {
  const cluster = newCluster();
  cluster.run = () =>
    Promise.resolve({
      status: 1,
      stdout: '',
      stderr: 'Error from server (NotFound): error when creating "STDIN": namespaces "default" not found\n',
    });
  expect(await problems(injector, cluster)).toContain(
    'a new pod of default: is refused: namespaces "default" not found',
  );
});

test('without meshed namespaces there is nothing to try', async () => {
  const none = renderedOf(({ manifest }) => manifest.kind !== 'Namespace');
  expect(await see(injector, newCluster(), {}, none)).toEqual({ problems: [], skipped: 'no namespace is meshed' });
});
