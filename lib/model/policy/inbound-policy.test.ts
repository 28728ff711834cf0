import type { ServiceAccount } from './identity';
import { refusal } from './inbound-policy';
import { ObjectIndex } from '../object-index';
import { portOf } from '../served-pods';
import { deployment, namespace, objectsOf } from '../../check/testing/doc-examples';

const DEFAULT_POLICY = 'config.linkerd.io/default-inbound-policy';
const inTheMesh = (policy: string): string =>
  namespace('team-a', { annotations: { 'linkerd.io/inject': 'enabled', [DEFAULT_POLICY]: policy } });
const policyOf = (kind: string, fields: object, labels: object = {}): string =>
  JSON.stringify({
    apiVersion: 'policy.linkerd.io/v1beta1',
    kind,
    metadata: { name: 'web', namespace: 'team-a', labels },
    spec: fields,
  });
const SERVER = policyOf('Server', { podSelector: {}, port: 8080 }, { tier: 'front' });
const serverWith = (accessPolicy: string): string => policyOf('Server', { podSelector: {}, port: 8080, accessPolicy });
const authorization = (target: object, ...refs: object[]): string =>
  policyOf('AuthorizationPolicy', { targetRef: target, requiredAuthenticationRefs: refs });
const POLICY = { group: 'policy.linkerd.io' };
const OF_SERVER = { ...POLICY, kind: 'Server', name: 'web' };
const NETWORK = { ...POLICY, kind: 'NetworkAuthentication', name: 'web' };
const MESH_TLS = { ...POLICY, kind: 'MeshTLSAuthentication', name: 'web' };
const meshTls = (fields: object): string => policyOf('MeshTLSAuthentication', fields);
const linkerd = JSON.stringify({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'linkerd-config', namespace: 'linkerd' },
  data: { values: 'identityTrustDomain: example.org\nproxy: { defaultInboundPolicy: deny }\n' },
});

const METRICS: ServiceAccount = { namespace: 'monitoring', name: 'metrics' };

/** Why a caller is refused at port 8080 of `web`. */
function refused(documents: readonly string[], caller?: ServiceAccount, web = deployment('web')): string | undefined {
  const objects = new ObjectIndex(objectsOf(web, ...documents));
  const [served] = objects.podTemplates.flatMap((template) => portOf(template, 8080));
  if (served === undefined) throw new Error('there is no port');
  return refusal(served, objects, caller);
}

const NONE = 'the Server web admits none';
const OTHERS = 'the Server web admits others alone';

test.each<[string, string[], string | undefined, string | undefined]>([
  ['nothing said', [], undefined, undefined],
  ['all-unauthenticated', [inTheMesh('all-unauthenticated')], undefined, undefined],
  ['cluster-unauthenticated', [inTheMesh('cluster-unauthenticated')], undefined, undefined],
  ['audit', [inTheMesh('audit')], undefined, undefined],
  ['all-authenticated', [inTheMesh('all-authenticated')], 'the default inbound policy is all-authenticated', undefined],
  [
    'cluster-authenticated',
    [inTheMesh('cluster-authenticated')],
    'the default inbound policy is cluster-authenticated',
    undefined,
  ],
  ['deny', [inTheMesh('deny')], 'the default inbound policy is deny', 'the default inbound policy is deny'],
  ["Linkerd's own default", [linkerd], 'the default inbound policy is deny', 'the default inbound policy is deny'],
  ['a Server that authorizes nobody', [SERVER], NONE, OTHERS],
  ['a Server for the mesh', [serverWith('all-authenticated')], NONE, undefined],
  ['a Server for all', [serverWith('all-unauthenticated')], undefined, undefined],
  ['an authorization by network', [SERVER, authorization(OF_SERVER, NETWORK)], undefined, undefined],
  ['… of nobody in particular', [SERVER, authorization(OF_SERVER)], undefined, undefined],
  ['… of another Server', [SERVER, authorization({ ...OF_SERVER, name: 'other' }, NETWORK)], NONE, OTHERS],
  ['… of the namespace', [SERVER, authorization({ kind: 'Namespace', name: 'team-a' }, NETWORK)], undefined, undefined],
  [
    '… of a route to the Server',
    [
      SERVER,
      policyOf('HTTPRoute', { parentRefs: [OF_SERVER] }),
      authorization({ ...POLICY, kind: 'HTTPRoute', name: 'web' }, NETWORK),
    ],
    undefined,
    undefined,
  ],
  [
    '… of a route elsewhere',
    [
      SERVER,
      policyOf('HTTPRoute', { parentRefs: [] }),
      authorization({ ...POLICY, kind: 'HTTPRoute', name: 'web' }, NETWORK),
    ],
    NONE,
    OTHERS,
  ],
  ['… by network and identity', [SERVER, authorization(OF_SERVER, NETWORK, MESH_TLS)], NONE, undefined],
  [
    'an authorization of the service account',
    [SERVER, authorization(OF_SERVER, { kind: 'ServiceAccount', name: 'metrics', namespace: 'monitoring' })],
    NONE,
    undefined,
  ],
  [
    '… of one of that name in the namespace of the policy',
    [SERVER, authorization(OF_SERVER, { kind: 'ServiceAccount', name: 'metrics' })],
    NONE,
    OTHERS,
  ],
  [
    'an authorization of an identity',
    [SERVER, authorization(OF_SERVER, MESH_TLS), meshTls({ identities: ['*'] })],
    NONE,
    undefined,
  ],
  [
    'a ServerAuthorization of all, by labels of the Server',
    [
      SERVER,
      policyOf('ServerAuthorization', {
        server: { selector: { matchLabels: { tier: 'front' } } },
        client: { unauthenticated: true },
      }),
    ],
    undefined,
    undefined,
  ],
  [
    '… of a service account',
    [
      SERVER,
      policyOf('ServerAuthorization', {
        server: { name: 'web' },
        client: { meshTLS: { serviceAccounts: [{ name: 'metrics', namespace: 'monitoring' }] } },
      }),
    ],
    NONE,
    undefined,
  ],
  [
    '… of another Server',
    [SERVER, policyOf('ServerAuthorization', { server: { name: 'other' }, client: { unauthenticated: true } })],
    NONE,
    OTHERS,
  ],
])('%s', (_, documents, withoutIdentity, ofTheMesh) => {
  expect(refused(documents)).toBe(withoutIdentity);
  expect(refused(documents, METRICS)).toBe(ofTheMesh);
});

test('pods that bring their proxy along take nothing over from their namespace', () => {
  const env = [{ name: 'LINKERD2_PROXY_LOG', value: 'info' }];
  const spec = { initContainers: [{ name: 'linkerd-proxy', env }] };
  expect(refused([inTheMesh('deny')], undefined, deployment('web', { spec }))).toBeUndefined();
  const annotations = { [DEFAULT_POLICY]: 'deny' };
  expect(refused([], undefined, deployment('web', { spec, annotations }))).toContain('deny');
});
