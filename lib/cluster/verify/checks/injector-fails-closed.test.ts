import type { FakeCluster } from '../testing/fake-cluster';
import { newCluster, problems, renderedOf, see } from '../testing/verify-main';
import { injectorFailsClosed } from './injector-fails-closed';

const CLOSED = 'linkerd-proxy-injector-meshed-namespaces';
const OPEN = 'Ignore lets pods of ambassador, default, knative-serving, linkerd-viz start without a proxy';

const webhooks = (cluster: FakeCluster) =>
  cluster.object('MutatingWebhookConfiguration', CLOSED).webhooks as unknown as { failurePolicy: string }[];

test('the webhooks are as they should be', async () => {
  expect(await problems(injectorFailsClosed, newCluster())).toEqual([]);
});

test('someone has opened the webhook that fails closed', async () => {
  const cluster = newCluster();
  for (const webhook of webhooks(cluster)) webhook.failurePolicy = 'Ignore';
  expect(await problems(injectorFailsClosed, cluster)).toEqual([
    expect.stringContaining(`MutatingWebhookConfiguration ${CLOSED}: webhooks[0].failurePolicy: ${OPEN}`),
  ]);
});

test('it is gone', async () => {
  const cluster = newCluster();
  cluster.remove('MutatingWebhookConfiguration', CLOSED);
  expect(await problems(injectorFailsClosed, cluster)).toEqual([
    `MutatingWebhookConfiguration ${CLOSED}: is not in the cluster`,
    expect.stringContaining(OPEN),
  ]);
});

test('where the injector is not among the objects it is not judged', async () => {
  const none = renderedOf(({ manifest }) => manifest.kind !== 'MutatingWebhookConfiguration');
  expect(await see(injectorFailsClosed, newCluster(), {}, none)).toEqual({
    problems: [],
    skipped: 'Linkerd is installed by other means',
  });
});
