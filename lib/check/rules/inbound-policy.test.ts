import { deployment, found, namespace, objectsOf, testExamples } from '../testing/doc-examples';
import { inboundPolicy } from './inbound-policy';

testExamples(inboundPolicy);

const REQUIRED = {
  annotations: { 'linkerd.io/inject': 'enabled', 'config.linkerd.io/default-inbound-policy': 'all-authenticated' },
};
const http = (port: number | string, scheme?: string): object => ({ httpGet: { path: '/', port, scheme } });
const web = (container: object = {}, annotations: object = {}): string =>
  deployment('web', { container: { ports: [{ name: 'https', containerPort: 8443 }], ...container }, annotations });
const object = (apiVersion: string, kind: string, name: string, fields: object): string =>
  JSON.stringify({ apiVersion, kind, metadata: { name, namespace: 'team-a' }, ...fields });
const service = object('v1', 'Service', 'web', {
  spec: { selector: { app: 'web' }, ports: [{ port: 443, targetPort: 'https' }] },
});
const webhook = object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'web', {
  webhooks: [{ clientConfig: { service: { name: 'web', namespace: 'team-a' } } }],
});
const api = object('apiregistration.k8s.io/v1', 'APIService', 'v1.web', {
  spec: { service: { name: 'web', namespace: 'team-a' } },
});
const knativeService = object('serving.knative.dev/v1', 'Service', 'api', {
  spec: { template: { spec: { containers: [{ image: 'a' }] } } },
});
const server = (fields: object): string =>
  object('policy.linkerd.io/v1beta3', 'Server', 'web', {
    spec: { podSelector: { matchLabels: { app: 'web' } }, ...fields },
  });
const authorization = (kind: string): string =>
  object('policy.linkerd.io/v1alpha1', 'AuthorizationPolicy', 'web', {
    spec: {
      targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'web' },
      requiredAuthenticationRefs: [{ group: 'policy.linkerd.io', kind, name: 'a' }],
    },
  });

const ORDERS = object('policy.linkerd.io/v1beta3', 'HTTPRoute', 'web', {
  spec: {
    parentRefs: [{ group: 'policy.linkerd.io', kind: 'Server', name: 'web' }],
    rules: [{ matches: [{ path: { value: '/orders' } }] }],
  },
});

test.each<[string, string[], string | undefined]>([
  [
    'the API server calls a webhook',
    [web(), service, webhook],
    'the API server, which calls web, has no identity of the mesh and is refused on port 8443: the default inbound policy is all-authenticated',
  ],
  ['… or an aggregated API', [web(), service, api], 'the API server'],
  [
    '… on a port that is open to its network',
    [web(), service, webhook, server({ port: 'https' }), authorization('NetworkAuthentication')],
    undefined,
  ],
  [
    '… or to everyone',
    [web(), service, webhook, server({ port: 8443, accessPolicy: 'all-unauthenticated' })],
    undefined,
  ],
  [
    '… or to identities alone',
    [web(), service, webhook, server({ port: 8443 }), authorization('MeshTLSAuthentication')],
    'the Server web admits none',
  ],
  [
    '… on another port than the one that is open',
    [web(), service, webhook, server({ port: 8080 }), authorization('NetworkAuthentication')],
    'the default inbound policy',
  ],
  [
    '… past the proxy',
    [web({}, { 'config.linkerd.io/skip-inbound-ports': '25,8000-9000' }), service, webhook],
    undefined,
  ],
  [
    '… of pods with a policy of their own',
    [web({}, { 'config.linkerd.io/default-inbound-policy': 'all-unauthenticated' }), service, webhook],
    undefined,
  ],
  ['… of pods outside the mesh', [web({}, { 'linkerd.io/inject': 'disabled' }), service, webhook], undefined],
  ['a probe over HTTP', [web({ readinessProbe: http('https') })], undefined],
  [
    'a probe over HTTPS',
    [web({ readinessProbe: http('https', 'HTTPS') })],
    'the kubelet, with its readinessProbe over HTTPS,',
  ],
  [
    'a probe over HTTP that a route of its port takes the allowance from',
    [
      web({
        readinessProbe: { httpGet: { path: '/ready', port: 8443 } },
        livenessProbe: { httpGet: { path: '/ready', port: 8443 } },
      }),
      server({ port: 8443 }),
      ORDERS,
    ],
    'the kubelet, with its readinessProbe (GET /ready), has no identity of the mesh and is refused on port 8443: the Server web has HTTPRoutes, so Linkerd no longer lets probes in by itself, and its HTTPRoute team-a/web does not match GET /ready: add an HTTPRoute for GET /ready, with an AuthorizationPolicy that names a NetworkAuthentication',
  ],
  [
    '… of pods outside the mesh',
    [web({ readinessProbe: http('https') }, { 'linkerd.io/inject': 'disabled' }), server({ port: 8443 }), ORDERS],
    undefined,
  ],
  [
    "a Knative Service's probe for readiness over HTTPS, which queue-proxy makes",
    [
      object('serving.knative.dev/v1', 'Service', 'api', {
        spec: { template: { spec: { containers: [{ image: 'a', readinessProbe: http(8080, 'HTTPS') }] } } },
      }),
      server({ port: 8022, accessPolicy: 'all-unauthenticated', podSelector: {} }),
    ],
    undefined,
  ],
  [
    'a probe by gRPC',
    [web({ livenessProbe: { grpc: { port: 8443 } } })],
    'the kubelet, with its livenessProbe by gRPC,',
  ],
  ['a probe that only connects', [web({ livenessProbe: { tcpSocket: { port: 8443 } } })], undefined],
  [
    'a hook',
    [web({ lifecycle: { preStop: http(9000) } })],
    'the kubelet, with its preStop hook, has no identity of the mesh and is refused on port 9000',
  ],
  ["queue-proxy's hook", [knativeService], 'is refused on port 8022'],
  [
    '… whose port is open',
    [
      knativeService,
      object('policy.linkerd.io/v1beta3', 'Server', 'web', {
        spec: {
          podSelector: { matchExpressions: [{ key: 'serving.knative.dev/revision', operator: 'Exists' }] },
          port: 8022,
        },
      }),
      authorization('NetworkAuthentication'),
    ],
    undefined,
  ],
])('%s', (_, documents, message) => {
  const lines = found(inboundPolicy, objectsOf(namespace('team-a', REQUIRED), ...documents));
  expect(lines).toHaveLength(message === undefined ? 0 : 1);
  expect(lines.join('')).toContain(message ?? '');
});
