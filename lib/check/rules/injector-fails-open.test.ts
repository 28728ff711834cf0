import { deployment, found, namespace, objectsOf, testExamples } from '../testing/doc-examples';
import { injectorFailsOpen } from './injector-fails-open';

testExamples(injectorFailsOpen);

const ENABLED = { annotations: { 'linkerd.io/inject': 'enabled' } };
const NOT_LABELLED = { matchExpressions: [{ key: 'linkerd.io/control-plane-component', operator: 'DoesNotExist' }] };
const labelled = deployment('web', { labels: { 'linkerd.io/control-plane-component': 'web' } });
interface Given {
  readonly failurePolicy: string;
  readonly values?: readonly string[];
  readonly objectSelector?: object;
}
const webhooks = (...given: readonly Given[]): string =>
  JSON.stringify({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: 'injector' },
    webhooks: given.map(({ failurePolicy, values, objectSelector }) => ({
      clientConfig: { service: { name: 'linkerd-proxy-injector', namespace: 'linkerd' } },
      failurePolicy,
      objectSelector,
      namespaceSelector: values && {
        matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }],
      },
      rules: [{ resources: ['pods', 'services'] }],
    })),
  });

test.each<[string, string[], string | undefined]>([
  ['no injector among the objects', [namespace('team-a', ENABLED)], undefined],
  ['failing closed for all', [namespace('team-a', ENABLED), webhooks({ failurePolicy: 'Fail' })], undefined],
  ['failing open, with nothing meshed yet', [webhooks({ failurePolicy: 'Ignore' })], 'pods of meshed namespaces'],
  [
    'one that is applied later and fails open',
    [namespace('team-a', ENABLED), webhooks({ failurePolicy: 'Fail' }), webhooks({ failurePolicy: 'Ignore' })],
    'pods of team-a start',
  ],
  [
    'one namespace of two is covered',
    [
      namespace('team-a', ENABLED),
      namespace('team-b', ENABLED),
      namespace('team-c'),
      webhooks({ failurePolicy: 'Ignore' }, { failurePolicy: 'Fail', values: ['team-a'] }),
    ],
    'pods of team-b start',
  ],
  [
    'pods that the one that fails closed leaves out by their labels',
    [
      namespace('team-a', ENABLED),
      labelled,
      webhooks({ failurePolicy: 'Ignore' }, { failurePolicy: 'Fail', objectSelector: NOT_LABELLED }),
    ],
    'pods of team-a start',
  ],
  [
    '… and so does the one that fails open',
    [
      namespace('team-a', ENABLED),
      labelled,
      webhooks(
        { failurePolicy: 'Ignore', objectSelector: NOT_LABELLED },
        { failurePolicy: 'Fail', objectSelector: NOT_LABELLED },
      ),
    ],
    undefined,
  ],
  [
    '… of which there are none',
    [
      namespace('team-a', ENABLED),
      deployment('web'),
      webhooks({ failurePolicy: 'Ignore' }, { failurePolicy: 'Fail', objectSelector: NOT_LABELLED }),
    ],
    undefined,
  ],
  [
    'a template that asks for a proxy by itself',
    [namespace('team-a'), deployment('web', ENABLED), webhooks({ failurePolicy: 'Ignore' })],
    'pods of team-a start',
  ],
])('%s', (_, documents, message) => {
  const lines = found(injectorFailsOpen, objectsOf(...documents));
  expect(lines).toHaveLength(message === undefined ? 0 : 1);
  expect(lines.join('')).toContain(message ?? '');
});
