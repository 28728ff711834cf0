import { deployment, found, objectsOf, testExamples } from '../testing/doc-examples';
import { certificateHost } from './certificate-host';

testExamples(certificateHost);

const object = (apiVersion: string, kind: string, name: string, spec: object): string =>
  JSON.stringify({ apiVersion, kind, metadata: { name, namespace: 'team-a' }, spec });
const host = (hostname: string): string =>
  object('example.com/v1', 'Host', hostname, { hostname, tlsSecret: { name: 'tls' } });
const certificate = (...dnsNames: string[]): string =>
  object('cert-manager.io/v1', 'Certificate', 'tls', { secretName: 'tls', dnsNames });
const ingress = object('networking.k8s.io/v1', 'Ingress', 'web', {
  tls: [{ hosts: ['a.example.com'], secretName: 'tls' }],
});
const gateway = object('gateway.networking.k8s.io/v1', 'Gateway', 'web', {
  listeners: [{ hostname: 'a.example.com', tls: { certificateRefs: [{ name: 'tls' }] } }],
});
const webhook = [
  JSON.stringify({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'web' },
    webhooks: [{ clientConfig: { service: { name: 'web', namespace: 'team-a' } } }],
  }),
  object('v1', 'Service', 'web', { selector: { app: 'web' }, ports: [{ port: 443, targetPort: 8443 }] }),
  deployment('web', { spec: { volumes: [{ name: 'tls', secret: { secretName: 'tls' } }] } }),
];
const domain = JSON.stringify({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'config-domain', namespace: 'knative-serving' },
  data: { 'example.com': '' },
});
const service = (labels: object = {}): string =>
  JSON.stringify({
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name: 'api', namespace: 'team-a', labels },
  });

test.each<[string, string[], string | undefined]>([
  ['a certificate for the name', [host('a.example.com'), certificate('a.example.com')], undefined],
  ['a wildcard one label up', [host('a.example.com'), certificate('*.example.com')], undefined],
  [
    'a wildcard two labels up',
    [host('a.b.example.com'), certificate('*.example.com')],
    'does not cover a.b.example.com',
  ],
  ['the wildcard itself', [host('*.example.com'), certificate('*.example.com')], undefined],
  ['a certificate from elsewhere', [host('*.example.com')], undefined],
  ['an Ingress', [ingress, certificate('b.example.com')], 'spec.tls[0]: the certificate in tls is for b.example.com'],
  ['a Gateway', [gateway, certificate('b.example.com')], 'spec.listeners[0].tls'],
  ["a webhook's certificate", [...webhook, certificate('web.team-a.svc')], undefined],
  ['… without the name that is called', [...webhook, certificate('web')], 'the API server calls web.team-a.svc'],
  [
    'a service below a wildcard of more labels',
    [domain, service(), host('*.example.com')],
    'does not cover api.team-a.example.com',
  ],
  [
    '… with a host of its namespace',
    [domain, service(), host('*.example.com'), host('*.team-a.example.com')],
    undefined,
  ],
  [
    '… that is cluster-local',
    [domain, service({ 'networking.knative.dev/visibility': 'cluster-local' }), host('*.example.com')],
    undefined,
  ],
])('%s', (_, documents, message) => {
  const lines = found(certificateHost, objectsOf(...documents));
  expect(lines).toHaveLength(message === undefined ? 0 : 1);
  expect(lines.join('')).toContain(message ?? '');
});
