import { newCluster, problems } from '../testing/verify-main';
import { injectorFailsClosed } from './injector-fails-closed';

test('the webhooks are as they should be', async () => {
  expect(await problems(injectorFailsClosed, newCluster())).toEqual([]);
});

test('someone has opened the webhook that fails closed', async () => {
  const cluster = newCluster();
  const closed = cluster.live.find(
    ({ kind, webhooks }) =>
      kind === 'MutatingWebhookConfiguration' &&
      JSON.stringify(webhooks).includes('"Fail"') &&
      JSON.stringify(webhooks).includes('linkerd-proxy-injector'),
  );
  for (const webhook of closed?.webhooks as unknown as { failurePolicy: string }[]) webhook.failurePolicy = 'Ignore';
  expect(await problems(injectorFailsClosed, cluster)).toEqual([
    expect.stringContaining('Ignore lets pods of meshed namespaces start without a proxy'),
  ]);
  cluster.remove('MutatingWebhookConfiguration', closed?.metadata.name ?? '');
  expect(await problems(injectorFailsClosed, cluster)).toEqual([
    `MutatingWebhookConfiguration ${closed?.metadata.name ?? ''}: is not in the cluster`,
    expect.stringContaining('Ignore lets pods of ambassador, default, knative-serving, linkerd-viz start'),
  ]);
});
