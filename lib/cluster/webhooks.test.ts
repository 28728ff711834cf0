import type { Json, Manifest } from '../objects/manifest';
import { FakeKubectl } from './testing/fake-kubectl';
import { configMap, object } from './testing/objects';
import type { FailingClosed } from './webhooks';
import { asksInVain, failingClosed, objectFor, webhookServices } from './webhooks';

const configuration = (name: string, webhook: Record<string, unknown>): Manifest => ({
  ...object('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', name),
  webhooks: [{ name: `${name}.example.com`, clientConfig: { service: { namespace: 'n', name } }, ...webhook }] as Json,
});
const rules = (group: string, resource: string, operation = 'CREATE') => ({
  rules: [{ apiGroups: [group], resources: [resource], operations: [operation] }],
});
function only(manifest: Manifest): FailingClosed {
  const [found] = failingClosed([manifest]);
  if (found === undefined) throw new Error('it does not fail closed');
  return found;
}

test('those that fail closed, which they do unless they say otherwise', () => {
  const all = [
    configuration('a', {}),
    configuration('b', { failurePolicy: 'Ignore' }),
    configuration('c', { failurePolicy: 'Fail' }),
    configMap('d'),
  ];
  expect(failingClosed(all).map(({ name }) => name)).toEqual(['a.example.com', 'c.example.com']);
  expect(webhookServices(all).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

const namespaces = ['plain', 'meshed'].map((name) => object('v1', 'Namespace', name));
const crd = {
  ...object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'oxen.example.com'),
  spec: { group: 'example.com', names: { kind: 'Ox', plural: 'oxen' } },
};
const platform = [
  ...namespaces,
  crd,
  configMap('a', 'plain'),
  { ...configMap('b', 'meshed'), metadata: { name: 'b', namespace: 'meshed', labels: { x: 'y' } } },
  object('example.com/v1', 'Ox', 'c', 'meshed'),
];
const inMeshed = {
  namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['meshed'] }] },
};

test.each<[string, Record<string, unknown>, string | undefined]>([
  ['its resource', rules('', 'configmaps'), 'ConfigMap plain/a'],
  ['all subresources', rules('', 'configmaps/*', 'UPDATE'), 'ConfigMap plain/a'],
  ['a namespace', { ...rules('', 'configmaps'), ...inMeshed }, 'ConfigMap meshed/b'],
  ['labels', { ...rules('*', '*'), objectSelector: { matchLabels: { x: 'y' } } }, 'ConfigMap meshed/b'],
  ['a custom kind', rules('example.com', 'oxen'), 'Ox meshed/c'],
  ['pods, which controllers make', { ...rules('', 'pods'), ...inMeshed }, 'Pod meshed/knitmesh-asks-webhooks'],
  ['deletions alone', rules('', 'configmaps', 'DELETE'), undefined],
  ['what the platform does not have', rules('apps', 'deployments'), undefined],
])('the object to ask a webhook of %s about', (_, webhook, found) => {
  const one = objectFor(only(configuration('w', webhook)), platform);
  expect(one && `${one.kind} ${one.metadata.namespace ?? ''}/${one.metadata.name ?? ''}`).toBe(found);
});

describe('asking', () => {
  let fake: FakeKubectl;
  afterEach(() => {
    fake.remove();
  });

  test.each([
    ['answers', `print('configmap/a serverside-applied (server dry run)');`, undefined],
    [
      'answers with a no',
      `fail('Error from server: admission webhook "w.example.com" denied the request: no');`,
      undefined,
    ],
    [
      'is silent',
      `fail('Error from server (InternalError): Internal error occurred: failed calling webhook "w.example.com": failed to call webhook: refused');`,
      'failed to call webhook: refused',
    ],
    ['answers where another is silent', `fail('failed calling webhook "other.example.com": refused');`, undefined],
  ])('one that %s', async (_, lines, why) => {
    fake = new FakeKubectl(lines);
    expect(await asksInVain(fake.kubectl, only(configuration('w', {})), configMap('a'))).toBe(why);
    expect(fake.calls[0]?.args).toContain('--dry-run=server');
  });
});
