import { TRUST_ANCHORS } from '../../linkerd/testing/certificates';
import { deployment, found, objectsOf, testExamples } from '../testing/doc-examples';
import { certificateHost } from './certificate-host';

testExamples(certificateHost);

const object = (apiVersion: string, kind: string, name: string, spec: object): string =>
  JSON.stringify({ apiVersion, kind, metadata: { name, namespace: 'team-a' }, spec });
const host = (hostname: string): string =>
  object('example.com/v1', 'Host', hostname, { hostname, tlsSecret: { name: 'tls' } });
const certificateIn = (secretName: string, ...dnsNames: string[]): string =>
  object('cert-manager.io/v1', 'Certificate', secretName, { secretName, dnsNames });
const certificate = (...dnsNames: string[]): string => certificateIn('tls', ...dnsNames);
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

/** A pod that serves two webhooks, each with a certificate of its own. */
const twoWebhooks = (declaresPorts = true): string[] => [
  ...['web', 'policy'].flatMap((name) => [
    JSON.stringify({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name },
      webhooks: [{ clientConfig: { service: { name, namespace: 'team-a' } } }],
    }),
    object('v1', 'Service', name, {
      selector: { app: 'web' },
      ports: [{ port: 443, targetPort: declaresPorts ? name : 8443 }],
    }),
  ]),
  deployment('web', {
    spec: {
      containers: ['web', 'policy'].map((name, index) => ({
        name,
        image: 'a',
        ...(declaresPorts && { ports: [{ name, containerPort: 8443 + index }] }),
        volumeMounts: [{ name: `${name}-tls`, mountPath: '/tls' }],
      })),
      volumes: ['web', 'policy'].map((name) => ({ name: `${name}-tls`, secret: { secretName: name } })),
    },
  }),
];
const PROJECTED = { volumes: [{ name: 'tls', projected: { sources: [{ secret: { name: 'tls' } }] } }] };
const emissary = (kind: string, name: string, spec: object): string =>
  object('getambassador.io/v3alpha1', kind, name, spec);
const emissarysHost = (hostname?: string, spec: object = {}): string =>
  emissary('Host', hostname ?? 'any', { hostname, tlsSecret: { name: 'tls' }, ...spec });
const certificateElsewhere = (...dnsNames: string[]): string =>
  certificateIn('tls', ...dnsNames).replace('"team-a"', '"certificates"');
const annotated = (id: string): string =>
  JSON.stringify({
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name: 'api', namespace: 'team-a', annotations: { 'getambassador.io/ambassador-id': id } },
  });
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
  ['a name in other letters', [host('A.Example.com'), certificate('*.EXAMPLE.com')], undefined],
  [
    'a certificate without names',
    [host('a.example.com'), certificate()],
    'spec.tlsSecret: the certificate in tls has no DNS name among its subject alternative names, and clients look at nothing else: make one that is for a.example.com',
  ],
  [
    '… that is rendered',
    [
      host('a.example.com'),
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'tls', namespace: 'team-a' },
        data: { 'tls.crt': Buffer.from(TRUST_ANCHORS).toString('base64') },
      }),
    ],
    'has no DNS name among its subject alternative names',
  ],
  ["Emissary's Host for all names", [emissarysHost('*'), certificate('a.example.com')], undefined],
  ['… which names none', [emissarysHost(), certificate('a.example.com')], undefined],
  ['… with a certificate without names', [emissarysHost('*'), certificate()], undefined],
  [
    '… where a service has a name',
    [domain, service(), emissarysHost('*'), certificate('a.example.com')],
    'which does not cover api.team-a.example.com',
  ],
  ['… with a certificate that is not rendered', [domain, service(), emissarysHost('*')], undefined],
  ['a hostname with a port', [emissarysHost('a.example.com:8443'), certificate('a.example.com')], undefined],
  [
    'a certificate of another namespace',
    [
      emissarysHost('a.example.com', { tlsSecret: { name: 'tls', namespace: 'certificates' } }),
      certificate('a.example.com'),
      certificateElsewhere('b.example.com'),
    ],
    'is for b.example.com, which does not cover a.example.com',
  ],
  [
    'a TLSContext',
    [emissary('TLSContext', 'web', { hosts: ['a.example.com'], secret: 'tls' }), certificate('b.example.com')],
    'TLSContext team-a/web: spec.secret: the certificate in tls is for b.example.com',
  ],
  [
    '… with a secret elsewhere',
    [
      emissary('TLSContext', 'web', { hosts: ['a.example.com'], secret: 'tls.certificates' }),
      certificate('a.example.com'),
      certificateElsewhere('b.example.com'),
    ],
    'the certificate in tls is for b.example.com',
  ],
  [
    '… that has a dot in its name',
    [
      emissary('TLSContext', 'web', { hosts: ['a.example.com'], secret: 'tls.b', secret_namespacing: false }),
      certificateIn('tls.b', 'b.example.com'),
    ],
    'the certificate in tls.b is for b.example.com',
  ],
  [
    'a service of another Ambassador',
    [domain, service(), emissarysHost('*.example.com', { ambassador_id: ['other'] }), certificate('*.example.com')],
    undefined,
  ],
  [
    '… of the same',
    [
      domain,
      annotated('other'),
      emissarysHost('*.example.com', { ambassador_id: ['other'] }),
      certificate('*.example.com'),
    ],
    'which does not cover api.team-a.example.com',
  ],
  [
    '… that another serves more closely',
    [
      domain,
      service(),
      emissarysHost('*.example.com'),
      emissarysHost('*.team-a.example.com', { ambassador_id: ['other'], tlsSecret: { name: 'elsewhere' } }),
      certificate('*.example.com'),
    ],
    'which does not cover api.team-a.example.com',
  ],
  ['an Ingress', [ingress, certificate('b.example.com')], 'spec.tls[0]: the certificate in tls is for b.example.com'],
  ['a Gateway', [gateway, certificate('b.example.com')], 'spec.listeners[0].tls'],
  ["a webhook's certificate", [...webhook, certificate('web.team-a.svc')], undefined],
  ['… without the name that is called', [...webhook, certificate('web')], 'the API server calls web.team-a.svc'],
  [
    '… beside one that is not rendered, which may have it',
    [
      ...webhook.slice(0, 2),
      deployment('web', {
        spec: { volumes: [{ secret: { secretName: 'tls' } }, { secret: { secretName: 'other' } }] },
      }),
      certificate('web'),
    ],
    undefined,
  ],
  [
    '… that is projected',
    [...webhook.slice(0, 2), deployment('web', { spec: PROJECTED }), certificate('web')],
    'the API server calls web.team-a.svc',
  ],
  [
    '… that is rendered',
    [
      ...webhook,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'tls', namespace: 'team-a' },
        data: { 'tls.crt': Buffer.from(TRUST_ANCHORS).toString('base64') },
      }),
    ],
    'Secret team-a/tls: data["tls.crt"]: the API server calls web.team-a.svc, which the certificate does not cover',
  ],
  [
    'a pod of two webhooks, each container with a certificate of its own',
    [...twoWebhooks(), certificateIn('web', 'web.team-a.svc'), certificateIn('policy', 'policy.team-a.svc')],
    undefined,
  ],
  [
    "… one with a certificate for the other's name",
    [...twoWebhooks(), certificateIn('web', 'web.team-a.svc'), certificateIn('policy', 'web.team-a.svc')],
    'Certificate team-a/policy: spec.dnsNames: the API server calls policy.team-a.svc',
  ],
  [
    '… whose containers do not say which serves what: one that covers it is enough',
    [...twoWebhooks(false), certificateIn('web', 'web.team-a.svc'), certificateIn('policy', 'policy.team-a.svc')],
    undefined,
  ],
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
