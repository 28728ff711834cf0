import { deployment, objectsOf } from '../../check/testing/doc-examples';
import { ObjectIndex } from '../object-index';
import { admits, authorizationsOf } from './client-authorization';
import type { ClientAuthorization } from './client-authorization';
import type { ServiceAccount } from './identity';
import { identityOf } from './identity';
import { serversOf } from './server';

const GROUP = 'policy.linkerd.io';
const policyOf = (kind: string, spec: object, namespace = 'team-a', name = 'web'): string =>
  JSON.stringify({ apiVersion: `${GROUP}/v1alpha1`, kind, metadata: { name, namespace }, spec });
const ref = (kind: string, fields: object = {}): object => ({ group: GROUP, kind, name: 'web', ...fields });
const SERVER = policyOf('Server', { podSelector: {}, port: 8080 });
const policy = (refs: readonly object[], target = ref('Server')): string =>
  policyOf('AuthorizationPolicy', { targetRef: target, requiredAuthenticationRefs: refs });
const route = (spec: object, apiVersion = `${GROUP}/v1beta3`, kind = 'HTTPRoute', namespace = 'team-a'): string =>
  JSON.stringify({ apiVersion, kind, metadata: { name: 'web', namespace }, spec });
const trustDomain = (domain: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'linkerd-config', namespace: 'linkerd' },
    data: { values: `identityTrustDomain: ${domain}\n` },
  });

const objectIndex = (documents: readonly string[]): ObjectIndex =>
  new ObjectIndex(objectsOf(deployment('web'), SERVER, ...documents));

function authorizations(documents: readonly string[]): ClientAuthorization[] {
  const objects = objectIndex(documents);
  return objects.podTemplates
    .flatMap((template) => serversOf(template, objects))
    .flatMap((server) => authorizationsOf(server, objects));
}

const FRONT: ServiceAccount = { namespace: 'team-a', name: 'front' };
const METRICS: ServiceAccount = { namespace: 'monitoring', name: 'metrics' };
const OTHER: ServiceAccount = { namespace: 'monitoring', name: 'other' };
const CALLERS = { outsider: undefined, front: FRONT, metrics: METRICS, other: OTHER } as const;

/** Who is let in to the Server `web`. */
function letIn(...documents: readonly string[]): string[] {
  const objects = objectIndex(documents);
  return Object.entries(CALLERS)
    .filter(([, caller]) => authorizations(documents).some((one) => admits(one, caller && identityOf(caller, objects))))
    .map(([name]) => name);
}

const EVERYBODY = Object.keys(CALLERS);
const THE_MESH = ['front', 'metrics', 'other'];
const MESH_TLS = ref('MeshTLSAuthentication');
const NETWORK = ref('NetworkAuthentication');
const account = (fields: object): object => ({ kind: 'ServiceAccount', ...fields });

describe('an authentication that an AuthorizationPolicy requires', () => {
  test.each<[string, readonly object[], readonly string[]]>([
    ['none', [], EVERYBODY],
    ['a network', [NETWORK], EVERYBODY],
    ['an account', [account({ name: 'metrics', namespace: 'monitoring' })], ['metrics']],
    ['… of the core group by its name', [account({ name: 'front', group: 'core' })], ['front']],
    ['… in the namespace of the policy', [account({ name: 'front' })], ['front']],
    ['… of another group', [account({ name: 'front', group: GROUP })], []],
    ['an account and a network', [account({ name: 'front' }), NETWORK], ['front']],
    ['two accounts, of which Linkerd takes none', [account({ name: 'front' }), account({ name: 'front' })], []],
    ['an account and identities', [account({ name: 'front' }), MESH_TLS], []],
    ['two networks', [NETWORK, NETWORK], []],
    ['identities that are not among the objects', [MESH_TLS], THE_MESH],
    ['… without their group', [{ kind: 'MeshTLSAuthentication', name: 'web' }], []],
    ['a namespace, of which only identities may be', [{ kind: 'Namespace', name: 'monitoring' }], []],
    ['a kind that is none', [ref('Identity')], []],
  ])('%s', (_, refs, expected) => {
    expect(letIn(policy(refs))).toEqual(expected);
  });
});

describe('identities of a MeshTLSAuthentication', () => {
  const SUFFIX = 'serviceaccount.identity.linkerd.cluster.local';

  test.each<[string, object, readonly string[]]>([
    ['the very one', { identities: [`metrics.monitoring.${SUFFIX}`] }, ['metrics']],
    ['one that begins alike', { identities: [`metric.monitoring.${SUFFIX}`] }, []],
    ['all of a namespace', { identities: [`*.monitoring.${SUFFIX}`] }, ['metrics', 'other']],
    ['all of one that ends alike', { identities: [`*.ring.${SUFFIX}`] }, []],
    ['all of the mesh by its suffix', { identities: [`*.${SUFFIX}`] }, THE_MESH],
    ['all', { identities: ['*'] }, THE_MESH],
    ['a star within a label, which stands for itself', { identities: [`*ring.${SUFFIX}`] }, []],
    ['a star in the middle', { identities: [`metrics.*.${SUFFIX}`] }, []],
    ['none', {}, []],
    ['a reference to a namespace', { identityRefs: [{ kind: 'Namespace', name: 'monitoring' }] }, ['metrics', 'other']],
    ['… to another one', { identityRefs: [{ kind: 'Namespace', name: 'team-b' }] }, []],
    ['… that is called like an account', { identityRefs: [{ kind: 'Namespace', name: 'metrics' }] }, []],
    [
      'a reference to an account',
      { identityRefs: [account({ name: 'metrics', namespace: 'monitoring' })] },
      ['metrics'],
    ],
    ['… in its own namespace', { identityRefs: [account({ name: 'front' })] }, ['front']],
    ['… elsewhere', { identityRefs: [account({ name: 'metrics' })] }, []],
    [
      'a reference beside another kind, of which Linkerd takes none',
      { identityRefs: [account({ name: 'front' }), { kind: 'Group', name: 'front' }] },
      [],
    ],
    [
      'both kinds of lists',
      { identities: [`other.monitoring.${SUFFIX}`], identityRefs: [account({ name: 'front' })] },
      ['front', 'other'],
    ],
  ])('%s', (_, fields, expected) => {
    expect(letIn(policy([MESH_TLS]), policyOf('MeshTLSAuthentication', fields))).toEqual(expected);
  });

  test('in another namespace count from there', () => {
    const fields = { identityRefs: [account({ name: 'metrics' })] };
    const elsewhere = policyOf('MeshTLSAuthentication', fields, 'monitoring');
    const named = ref('MeshTLSAuthentication', { namespace: 'monitoring' });
    expect(letIn(policy([named]), elsewhere)).toEqual(['metrics']);
    const own = policyOf('MeshTLSAuthentication', { identityRefs: [account({ name: 'front' })] });
    expect(letIn(policy([MESH_TLS]), elsewhere, own)).toEqual(['front']);
  });

  test('are of the trust domain of the mesh', () => {
    const fields = { identities: [`metrics.monitoring.${SUFFIX}`], identityRefs: [account({ name: 'front' })] };
    const documents = [policy([MESH_TLS]), policyOf('MeshTLSAuthentication', fields)];
    expect(letIn(...documents, trustDomain('example.org'))).toEqual(['front']);
  });
});

describe('what an AuthorizationPolicy is about', () => {
  const attached = { parentRefs: [ref('Server')] };

  test.each<[string, object, readonly string[], boolean]>([
    ['the Server', ref('Server'), [], true],
    ['another Server', ref('Server', { name: 'other' }), [], false],
    ['a Server without its group', { kind: 'Server', name: 'web' }, [], false],
    ['the namespace', { kind: 'Namespace', name: 'team-a' }, [], true],
    ['another namespace', { kind: 'Namespace', name: 'team-b' }, [], false],
    ['a route of the Server', ref('HTTPRoute'), [route(attached)], true],
    [
      '… of Gateway API',
      ref('HTTPRoute', { group: 'gateway.networking.k8s.io' }),
      [route(attached, 'gateway.networking.k8s.io/v1')],
      true,
    ],
    [
      '… for gRPC',
      ref('GRPCRoute', { group: 'gateway.networking.k8s.io' }),
      [route(attached, 'gateway.networking.k8s.io/v1', 'GRPCRoute')],
      true,
    ],
    ['… of the other group', ref('HTTPRoute'), [route(attached, 'gateway.networking.k8s.io/v1')], false],
    ['a route of something else', ref('HTTPRoute'), [route({ parentRefs: [ref('Service')] })], false],
    ['a route of another Server', ref('HTTPRoute'), [route({ parentRefs: [ref('Server', { name: 'a' })] })], false],
    ['a route elsewhere', ref('HTTPRoute'), [route(attached, `${GROUP}/v1beta3`, 'HTTPRoute', 'team-b')], false],
    [
      'a route that names a port, which Linkerd takes none of',
      ref('HTTPRoute'),
      [route({ parentRefs: [ref('Server', { port: 8080 })] })],
      false,
    ],
    ['… or a section', ref('HTTPRoute'), [route({ parentRefs: [ref('Server', { sectionName: 'a' })] })], false],
    [
      '… or a Server elsewhere beside this one',
      ref('HTTPRoute'),
      [route({ parentRefs: [ref('Server'), ref('Server', { namespace: 'team-b' })] })],
      false,
    ],
  ])('%s', (_, target, documents, counts) => {
    expect(letIn(policy([], target), ...documents)).toEqual(counts ? EVERYBODY : []);
  });
});

describe('a ServerAuthorization', () => {
  const forClient = (client: object, server: object = { name: 'web' }): string =>
    policyOf('ServerAuthorization', { server, client });

  test.each<[string, string, readonly string[]]>([
    ['of all', forClient({ unauthenticated: true }), EVERYBODY],
    ['of another Server', forClient({ unauthenticated: true }, { name: 'other' }), []],
    [
      'of Servers with other labels',
      forClient({ unauthenticated: true }, { selector: { matchLabels: { a: 'b' } } }),
      [],
    ],
    ['of nobody', forClient({ networks: [{ cidr: '0.0.0.0/0' }] }), []],
    ['of the mesh', forClient({ meshTLS: { unauthenticatedTLS: true } }), THE_MESH],
    [
      'of an identity',
      forClient({ meshTLS: { identities: ['front.team-a.serviceaccount.identity.linkerd.cluster.local'] } }),
      ['front'],
    ],
    [
      'of an account elsewhere',
      forClient({ meshTLS: { serviceAccounts: [{ name: 'metrics', namespace: 'monitoring' }] } }),
      ['metrics'],
    ],
    ['of an account of its namespace', forClient({ meshTLS: { serviceAccounts: [{ name: 'front' }] } }), ['front']],
  ])('%s', (_, document, expected) => {
    expect(letIn(document)).toEqual(expected);
  });
});

describe('the networks of an authorization', () => {
  const networks = (...given: readonly object[]): string => policyOf('NetworkAuthentication', { networks: given });
  const forClient = (client: object): string => policyOf('ServerAuthorization', { server: { name: 'web' }, client });

  test.each<[string, readonly string[], ClientAuthorization['networks']]>([
    ['not named', [policy([])], 'every'],
    ['not among the objects', [policy([NETWORK])], 'some'],
    ['one', [policy([NETWORK]), networks({ cidr: '10.0.0.0/8' })], 'some'],
    ['all of IPv4', [policy([NETWORK]), networks({ cidr: '0.0.0.0/0' })], 'every'],
    ['all of IPv6', [policy([NETWORK]), networks({ cidr: '10.0.0.0/8' }, { cidr: '::/0' })], 'every'],
    ['all but some', [policy([NETWORK]), networks({ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] })], 'some'],
    ['a part that ends alike', [policy([NETWORK]), networks({ cidr: '10.0.0.0/30' })], 'some'],
    ['of a ServerAuthorization', [forClient({ unauthenticated: true, networks: [{ cidr: '10.0.0.0/8' }] })], 'some'],
    ['… that names none', [forClient({ unauthenticated: true })], 'every'],
    ['… all', [forClient({ unauthenticated: true, networks: [{ cidr: '0.0.0.0/0' }] })], 'every'],
  ])('%s', (_, documents, expected) => {
    expect(authorizations(documents).map((one) => one.networks)).toEqual([expected]);
  });
});
