import { check } from '../check';
import { deployment, found, namespace, objectsOf, testExamples } from '../testing/doc-examples';
import { mtlsOpened } from './mtls-opened';

testExamples(mtlsOpened);

const GROUP = 'policy.linkerd.io';
const POLICY = 'config.linkerd.io/default-inbound-policy';
const team = (annotations: object = { [POLICY]: 'all-authenticated' }): string =>
  namespace('team-a', { annotations: { 'linkerd.io/inject': 'enabled', ...annotations } });
const config = (key: string, value: string): object => ({ [`config.linkerd.io/${key}`]: value });
const env = (...variables: readonly object[]): object => config('proxy-additional-env', JSON.stringify(variables));
const web = (annotations: object = {}, container: object = {}, spec: object = {}): string =>
  deployment('web', { annotations, container: { ports: [{ name: 'http', containerPort: 8080 }], ...container }, spec });
const object = (apiVersion: string, kind: string, spec: object, fields: object = {}): string =>
  JSON.stringify({ apiVersion, kind, metadata: { name: 'web', namespace: 'team-a' }, spec, ...fields });
const policyOf = (kind: string, spec: object): string => object(`${GROUP}/v1beta3`, kind, spec);
const server = (fields: object = {}): string => policyOf('Server', { podSelector: {}, port: 8080, ...fields });
const ref = (kind: string): object => ({ group: GROUP, kind, name: 'web' });
const authorization = (...refs: readonly object[]): string =>
  policyOf('AuthorizationPolicy', { targetRef: ref('Server'), requiredAuthenticationRefs: refs });
const networks = (...cidrs: readonly string[]): string =>
  policyOf('NetworkAuthentication', { networks: cidrs.map((cidr) => ({ cidr })) });
const service = (type: string): string =>
  object('v1', 'Service', { type, selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] });
const webhook = object(
  'admissionregistration.k8s.io/v1',
  'ValidatingWebhookConfiguration',
  {},
  {
    webhooks: [{ clientConfig: { service: { name: 'web', namespace: 'team-a', port: 80 } } }],
  },
);
const linkerd = (policy: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'linkerd-config', namespace: 'linkerd' },
    data: { values: `proxy: { defaultInboundPolicy: ${policy} }\n` },
  });
const client = (fields: object): string => policyOf('ServerAuthorization', { server: { name: 'web' }, client: fields });

const lines = (...documents: readonly string[]): string[] => found(mtlsOpened, objectsOf(...documents));

describe('what opens pods of a namespace that requires an identity', () => {
  test.each<[string, readonly string[], string | undefined]>([
    ['nothing', [web()], undefined],
    ['the same policy again', [web({ [POLICY]: 'deny' })], undefined],
    [
      'a policy of its own',
      [web({ [POLICY]: 'all-unauthenticated' })],
      'Deployment team-a/web: spec.template.metadata.annotations["config.linkerd.io/default-inbound-policy"]: all-unauthenticated lets in callers without an identity',
    ],
    ['… for all of the cluster', [web({ [POLICY]: 'cluster-unauthenticated' })], 'cluster-unauthenticated lets in'],
    ['… that is said alone', [web({ [POLICY]: 'audit' })], 'audit lets in'],
    [
      '… of pods outside the mesh',
      [web({ [POLICY]: 'all-unauthenticated', 'linkerd.io/inject': 'disabled' })],
      undefined,
    ],
    [
      'a proxy that is brought along',
      [web({}, {}, { initContainers: [{ name: 'linkerd-proxy', env: [{ name: 'LINKERD2_PROXY_LOG' }] }] })],
      'its pods bring their proxy along, which does not take over the inbound policy of the namespace',
    ],
    [
      '… with a policy',
      [
        web(
          { [POLICY]: 'deny' },
          {},
          { initContainers: [{ name: 'linkerd-proxy', env: [{ name: 'LINKERD2_PROXY_LOG' }] }] },
        ),
      ],
      undefined,
    ],
    [
      '… with an open one',
      [
        web(
          { [POLICY]: 'audit' },
          {},
          { initContainers: [{ name: 'linkerd-proxy', env: [{ name: 'LINKERD2_PROXY_LOG' }] }] },
        ),
      ],
      'spec.template.metadata.annotations["config.linkerd.io/default-inbound-policy"]: audit lets in',
    ],
    [
      'ports past the proxy',
      [web(config('skip-inbound-ports', '8080,9000'))],
      'connections to ports 8080,9000 go past the proxy',
    ],
    ['… none', [web(config('skip-inbound-ports', ''))], undefined],
    [
      '… for clients outside of the cluster',
      [web(config('skip-inbound-ports', '8080')), service('LoadBalancer')],
      undefined,
    ],
    ['… and others', [web(config('skip-inbound-ports', '8080,9000')), service('LoadBalancer')], 'go past the proxy'],
    [
      '… a range with them',
      [web(config('skip-inbound-ports', '8080-8081')), service('LoadBalancer')],
      'go past the proxy',
    ],
    [
      '… for clients within the cluster',
      [web(config('skip-inbound-ports', '8080')), service('ClusterIP')],
      'go past the proxy',
    ],
    [
      'networks past the proxy',
      [web(config('skip-subnets', '10.0.0.0/8'))],
      'connections from 10.0.0.0/8 go past the proxy',
    ],
    [
      'another proxy',
      [web(config('proxy-image', 'registry.example.com/proxy'))],
      'the proxy is another image, registry.example.com/proxy',
    ],
    [
      'a variable of the proxy that opens nothing',
      [web(env({ name: 'LINKERD2_PROXY_LOG', value: 'info' }))],
      undefined,
    ],
    ...[
      { name: 'LINKERD2_PROXY_POLICY_SVC_ADDR', value: 'policy.team-a:8090' },
      { name: 'LINKERD2_PROXY_POLICY_SVC_NAME', value: 'a' },
      { name: 'LINKERD2_PROXY_POLICY_WORKLOAD', value: '{}' },
      { name: 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS', value: 'a' },
      { name: 'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY', value: 'all-unauthenticated' },
      { name: 'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } },
    ].map((variable): [string, readonly string[], string] => [
      `the variable of the proxy ${JSON.stringify(variable)}`,
      [web(env(variable))],
      `spec.template.metadata.annotations["config.linkerd.io/proxy-additional-env"]: ${variable.name} tells the proxy whom to let in`,
    ]),
    [
      '… that requires an identity',
      [web(env({ name: 'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY', value: 'all-authenticated' }))],
      undefined,
    ],
    ['a Server that admits nobody', [web(), server()], undefined],
    ['… or the mesh', [web(), server({ accessPolicy: 'all-authenticated' })], undefined],
    [
      '… all',
      [web(), server({ accessPolicy: 'all-unauthenticated' })],
      'Server team-a/web: spec.accessPolicy: all-unauthenticated lets callers reach port 8080 of Deployment team-a/web without an identity',
    ],
    [
      '… all, at a port for clients outside of the cluster',
      [web(), server({ port: 'http', accessPolicy: 'all-unauthenticated' }), service('NodePort')],
      undefined,
    ],
    [
      '… all, of other pods',
      [web(), server({ accessPolicy: 'audit', podSelector: { matchLabels: { app: 'other' } } })],
      undefined,
    ],
    [
      'an authorization for nobody in particular',
      [web(), server(), authorization()],
      'AuthorizationPolicy team-a/web: spec.requiredAuthenticationRefs: lets callers from every network reach port 8080',
    ],
    [
      '… for every network',
      [web(), server(), authorization(ref('NetworkAuthentication')), networks('10.0.0.0/8', '0.0.0.0/0')],
      'lets callers from every network',
    ],
    [
      '… for every network of IPv6',
      [web(), server(), authorization(ref('NetworkAuthentication')), networks('::/0')],
      'lets callers from every network',
    ],
    ['… for some', [web(), server(), authorization(ref('NetworkAuthentication')), networks('10.0.0.0/8')], undefined],
    [
      '… for networks that are not among the objects',
      [web(), server(), authorization(ref('NetworkAuthentication'))],
      undefined,
    ],
    [
      '… for an identity from everywhere',
      [
        web(),
        server(),
        authorization(ref('NetworkAuthentication'), { kind: 'ServiceAccount', name: 'a' }),
        networks('0.0.0.0/0'),
      ],
      undefined,
    ],
    [
      'a ServerAuthorization of the unauthenticated',
      [web(), server(), client({ unauthenticated: true })],
      'ServerAuthorization team-a/web: spec.client: lets callers from every network',
    ],
    [
      '… from some networks',
      [web(), server(), client({ unauthenticated: true, networks: [{ cidr: '10.0.0.0/8' }] })],
      undefined,
    ],
    ['… of the mesh', [web(), server(), client({ meshTLS: { unauthenticatedTLS: true } })], undefined],
  ])('%s', (_, documents, message) => {
    const all = lines(team(), ...documents);
    expect(all).toHaveLength(message === undefined ? 0 : 1);
    expect(all.join()).toContain(message ?? '');
  });

  test('an annotation of the namespace is found there, once for all its pods', () => {
    const annotations = { [POLICY]: 'deny', ...config('skip-inbound-ports', '8080') };
    expect(lines(team(annotations), web(), deployment('other'))).toEqual([
      expect.stringContaining('Namespace team-a: metadata.annotations["config.linkerd.io/skip-inbound-ports"]: '),
    ]);
  });

  test('a policy for a route counts as well', () => {
    const route = policyOf('HTTPRoute', { parentRefs: [ref('Server')] });
    const policy = policyOf('AuthorizationPolicy', { targetRef: ref('HTTPRoute'), requiredAuthenticationRefs: [] });
    expect(lines(team(), web(), server(), route, policy)).toHaveLength(1);
  });
});

describe('where an identity is required', () => {
  const open = web({ [POLICY]: 'all-unauthenticated' });

  test.each<[string, readonly string[], number]>([
    ['not, nothing is looked at', [team({}), open, server({ accessPolicy: 'all-unauthenticated' })], 0],
    ['not, since the namespace is open', [team({ [POLICY]: 'all-unauthenticated' }), open], 0],
    ['by the policy deny', [team({ [POLICY]: 'deny' }), open], 1],
    ['by the policy cluster-authenticated', [team({ [POLICY]: 'cluster-authenticated' }), open], 1],
    ["by Linkerd's default", [team({}), linkerd('all-authenticated'), open], 1],
    ["by Linkerd's default, which the namespace takes back", [team({ [POLICY]: 'audit' }), linkerd('deny'), open], 1],
    ["not by Linkerd's default", [team({}), linkerd('cluster-unauthenticated'), open], 0],
  ])('%s', (_, documents, count) => {
    expect(lines(...documents)).toHaveLength(count);
  });

  test("Linkerd's control plane is open to all proxies", () => {
    const annotations = { [POLICY]: 'all-unauthenticated', 'linkerd.io/inject': 'enabled' };
    const identity = deployment('identity', { annotations }).replace('"team-a"', '"linkerd"');
    expect(lines(namespace('linkerd', { annotations }), linkerd('deny'))).toEqual([]);
    expect(lines(namespace('linkerd'), linkerd('deny'), identity)).toEqual([]);
    expect(lines(linkerd('deny'), identity.replace('"linkerd"', '"linkerd-viz"'))).toHaveLength(1);
  });
});

describe('who must be let in', () => {
  const other = deployment('other', { container: { ports: [{ containerPort: 8080 }] } });
  const severities = (...documents: readonly string[]): string[] =>
    check(objectsOf(team(), ...documents), { rules: [mtlsOpened] }).findings.map(({ severity }) => severity);
  const everywhere = [server(), authorization(ref('NetworkAuthentication')), networks('0.0.0.0/0')];
  const hook = { lifecycle: { preStop: { httpGet: { port: 8080 } } } };

  test.each<[string, readonly string[], string[]]>([
    ['nobody', [web(), ...everywhere], ['warning']],
    ['the API server', [web(), service('ClusterIP'), webhook, ...everywhere], ['note']],
    ['the kubelet, by a hook', [web({}, hook), ...everywhere], ['note']],
    ['the kubelet, to one of two', [web({}, hook), other, ...everywhere], ['warning']],
    ['… which comes last', [other, web({}, hook), ...everywhere], ['warning']],
    ['clients outside of the cluster', [web(), service('LoadBalancer'), ...everywhere], []],
  ])('%s', (_, documents, expected) => {
    expect(severities(...documents)).toEqual(expected);
  });
});
