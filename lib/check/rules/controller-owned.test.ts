import { found, objectsOf, testExamples } from '../testing/doc-examples';
import { controllerOwned } from './controller-owned';

testExamples(controllerOwned);

const object = (kind: string, name: string, metadata: object, fields: object): string =>
  JSON.stringify({ apiVersion: 'v1', kind, metadata: { name, ...metadata }, ...fields });
const configuration = (namespace: string, annotations: object = {}): string =>
  object(
    'MutatingWebhookConfiguration',
    'a',
    { annotations },
    {
      webhooks: [{ clientConfig: { caBundle: 'Q0E=', service: { name: 'a', namespace } } }],
    },
  );

test.each<[string, string, string | undefined]>([
  ["another's webhook", configuration('linkerd'), undefined],
  [
    'one whose bundle cert-manager injects',
    configuration('linkerd', { 'cert-manager.io/inject-ca-from': 'linkerd/a' }),
    "cert-manager's injector",
  ],
  ["Knative's Secret, empty", object('Secret', 'webhook-certs', { namespace: 'knative-serving' }, {}), undefined],
  [
    '… with data',
    object('Secret', 'webhook-certs', { namespace: 'knative-serving' }, { data: { 'ca-cert.pem': 'Q0E=' } }),
    'data: Knative',
  ],
  [
    'who made a service',
    object('Service', 'a', { annotations: { 'serving.knative.dev/creator': 'me' } }, {}),
    'metadata.annotations["serving.knative.dev/creator"]',
  ],
])('%s', (_, document, message) => {
  const lines = found(controllerOwned, objectsOf(document));
  expect(lines).toHaveLength(message === undefined ? 0 : 1);
  expect(lines.join('')).toContain(message ?? '');
});
