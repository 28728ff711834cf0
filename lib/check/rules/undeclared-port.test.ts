import { deployment, found, namespace, objectsOf, testExamples } from '../testing/doc-examples';
import { undeclaredPort } from './undeclared-port';

testExamples(undeclaredPort);

const POLICY = 'config.linkerd.io/default-inbound-policy';
const ENV = 'config.linkerd.io/proxy-additional-env';
const PORTS = 'LINKERD2_PROXY_INBOUND_PORTS';
const team = (policy = 'all-authenticated'): string =>
  namespace('team-a', { annotations: { 'linkerd.io/inject': 'enabled', [POLICY]: policy } });
const object = (kind: string, fields: object, name = 'web'): string =>
  JSON.stringify({
    apiVersion: 'policy.linkerd.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'team-a' },
    spec: fields,
  });
const server = (fields: object = {}): string => object('Server', { podSelector: {}, port: 9000, ...fields });
const ref = (kind: string): object => ({
  ...(kind !== 'ServiceAccount' && { group: 'policy.linkerd.io' }),
  kind,
  name: 'web',
});
const authorized = (kind: string, target = ref('Server')): string =>
  object('AuthorizationPolicy', { targetRef: target, requiredAuthenticationRefs: [ref(kind)] });
const networks = (...cidrs: string[]): string =>
  object('NetworkAuthentication', { networks: cidrs.map((cidr) => ({ cidr })) });
const variable = (value: string): object => ({ [ENV]: JSON.stringify([{ name: PORTS, value }]) });
const web = (container: object = {}, annotations: object = {}, spec: object = {}): string =>
  deployment('web', { container, annotations, spec });

const REFUSES = 'refuses callers whom the Server admits';
const ADMITS = 'admits callers whom the Server refuses';
const NETWORK = [authorized('NetworkAuthentication'), networks('10.0.1.0/24')];

const lines = (...documents: string[]): string[] => found(undeclaredPort, objectsOf(...documents));

test('says what is wrong and what to do', () => {
  expect(lines(team(), web(), server(), ...NETWORK)).toEqual([
    expect.stringContaining(
      `the Server web is about port 9000, which no container of the pod declares: the first connection is judged by the default inbound policy, all-authenticated, which ${REFUSES} and ${ADMITS}: declare the port on a container`,
    ),
  ]);
});

describe('how the first connection differs from the others', () => {
  const [direct, everywhere] = [authorized('NetworkAuthentication'), networks('0.0.0.0/0', '::/0')];
  const mesh = (...identities: string[]): string[] => [
    authorized('MeshTLSAuthentication'),
    object('MeshTLSAuthentication', { identities }),
  ];
  const client = (fields: object): string => object('ServerAuthorization', { server: { name: 'web' }, client: fields });

  test.each<[string, string, string[], string[]]>([
    ['it is refused', 'deny', [server(), ...mesh('*')], [REFUSES]],
    ['… though some alone are let in', 'deny', [server(), ...mesh('web.team-a')], [REFUSES]],
    ['… or an account', 'deny', [server(), authorized('ServiceAccount')], [REFUSES]],
    ['… though the Server itself lets them in', 'all-authenticated', [server({ accessPolicy: 'audit' })], [REFUSES]],
    ['… though everybody is let in', 'all-authenticated', [server(), direct, everywhere], [REFUSES]],
    ['… though everybody is let in without a policy', 'deny', [server(), client({ unauthenticated: true })], [REFUSES]],
    ['it gets through', 'all-unauthenticated', [server()], [ADMITS]],
    [
      '… though the mesh alone is let in',
      'all-unauthenticated',
      [server({ accessPolicy: 'all-authenticated' })],
      [ADMITS],
    ],
    ['… though some networks alone are', 'audit', [server(), ...NETWORK], [ADMITS]],
    [
      '… though all but some are',
      'audit',
      [
        server(),
        direct,
        object('NetworkAuthentication', { networks: [{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }] }),
      ],
      [ADMITS],
    ],
    ['… with an identity that is not let in', 'all-authenticated', [server(), ...mesh('web.team-a')], [ADMITS]],
    [
      '… on a path that is not let in',
      'audit',
      [
        server(),
        object('HTTPRoute', { parentRefs: [ref('Server')] }),
        authorized('NetworkAuthentication', ref('HTTPRoute')),
        everywhere,
      ],
      [ADMITS],
    ],
    ['it is one as all others: nobody', 'deny', [server()], []],
    ['… the mesh', 'all-authenticated', [server({ accessPolicy: 'all-authenticated' })], []],
    ['… each identity', 'all-authenticated', [server(), ...mesh('*')], []],
    [
      '… each identity without a policy',
      'cluster-authenticated',
      [server(), client({ meshTLS: { unauthenticatedTLS: true } })],
      [],
    ],
    ['… everybody', 'all-unauthenticated', [server(), direct, everywhere], []],
  ])('%s: %s', (_, policy, documents, expected) => {
    const [line = '', ...others] = lines(team(policy), web(), ...documents);
    expect(others).toEqual([]);
    expect([REFUSES, ADMITS].filter((what) => line.includes(what))).toEqual(expected);
  });
});

describe('the proxy knows a port', () => {
  const httpGet = { path: '/', port: 9000 };

  test.each<[string, string[], boolean]>([
    ['that a container declares', [web({ ports: [{ containerPort: 9000 }] })], true],
    ['… one of the start', [web({}, {}, { initContainers: [{ name: 'a', ports: [{ containerPort: 9000 }] }] })], true],
    ['that is asked for readiness', [web({ readinessProbe: { httpGet } })], true],
    ['… for life', [web({ livenessProbe: { httpGet } })], true],
    ['… not whether it has started', [web({ startupProbe: { httpGet } })], false],
    ['… not by TCP', [web({ readinessProbe: { tcpSocket: { port: 9000 } } })], false],
    ['that a variable names', [web({}, variable('80,9000'))], true],
    ['… in a range', [web({}, variable('8000-9999'))], true],
    ['… which counts more than containers', [web({ ports: [{ containerPort: 9000 }] }, variable('80'))], false],
    ['… unless it cannot be read', [web({ ports: [{ containerPort: 9000 }] }, { [ENV]: `${PORTS}=80` })], true],
    [
      '… for the whole mesh',
      [
        web(),
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'linkerd-config', namespace: 'linkerd' },
          data: { values: `proxy: { additionalEnv: [{ name: ${PORTS}, value: "9000" }] }` },
        }),
      ],
      true,
    ],
    ['that goes past it', [web({}, { 'config.linkerd.io/skip-inbound-ports': '9000' })], true],
    ['of pods without one', [web({}, { 'linkerd.io/inject': 'disabled' })], true],
    [
      'of pods that bring it along',
      [web({}, {}, { initContainers: [{ name: 'linkerd-proxy', env: [{ name: PORTS, value: '9000' }] }] })],
      true,
    ],
    [
      '… which say other ports',
      [web({}, {}, { initContainers: [{ name: 'linkerd-proxy', env: [{ name: PORTS, value: '8080' }] }] })],
      false,
    ],
  ])('%s', (_, documents, known) => {
    const unknown = lines(team('all-unauthenticated'), ...documents, server());
    expect(unknown).toHaveLength(known ? 0 : 1);
  });

  test.each([4190, 4191])('of its own: %s', (port) => {
    expect(lines(team('all-unauthenticated'), web(), server({ port }))).toEqual([]);
  });

  test('that a Server calls by name, which a container gives', () => {
    expect(lines(team(), web(), server({ port: 'admin' }))).toEqual([]);
  });

  test('of pods that the Server selects, and of no others', () => {
    expect(lines(team(), web(), server({ podSelector: { matchLabels: { app: 'other' } } }), ...NETWORK)).toEqual([]);
    const external = object('Server', { externalWorkloadSelector: {}, port: 9000 });
    expect(lines(team(), web(), external, ...NETWORK)).toEqual([]);
  });
});

describe('a Knative Service', () => {
  const service = (template: object = {}, container: object = {}): string =>
    JSON.stringify({
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata: { name: 'api', namespace: 'team-a' },
      spec: { template: { ...template, spec: { containers: [{ image: 'a', ...container }] } } },
    });
  const drain = [
    server({ port: 8022, podSelector: { matchLabels: { 'serving.knative.dev/service': 'api' } } }),
    ...NETWORK,
  ];

  test.each([
    [{}, '8012,8022,8080,8112,9090,9091'],
    [{ ports: [{ containerPort: 80, name: 'h2c' }] }, '80,8013,8022,8112,9090,9091'],
    [{ livenessProbe: { httpGet: { port: 3000 } } }, '3000,8012,8022,8080,8112,9090,9091'],
  ])('with %j does not know of the drain hook unless it is told', (container, ports) => {
    expect(lines(team(), service({}, container), ...drain)).toEqual([
      expect.stringContaining(`set ${PORTS} to ${ports} in ${ENV} of the template`),
    ]);
    const told = service({ metadata: { annotations: variable(ports) } }, container);
    expect(lines(team(), told, ...drain)).toEqual([]);
  });

  test('that is told other ports lacks this one', () => {
    const told = service({ metadata: { annotations: variable('8012,8080') } });
    expect(lines(team(), told, ...drain)).toEqual([
      expect.stringContaining(`which is not among ${PORTS} of the proxy`),
    ]);
    expect(lines(team(), told, ...drain).join('')).toContain(`add 8022 to ${PORTS} in ${ENV}`);
  });

  test.each([8012, 8112, 9090, 9091, 8080])('knows port %s, which a container declares', (port) => {
    expect(lines(team('all-unauthenticated'), service(), server({ port }))).toEqual([]);
  });

  test('knows the port of profiles where Serving gives them', () => {
    const config = (profiling: string): string =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'config-observability', namespace: 'knative-serving' },
        data: { 'runtime-profiling': profiling },
      });
    const found = (profiling: string): number =>
      lines(team('all-unauthenticated'), service(), server({ port: 8008 }), config(profiling)).length;
    expect([found('enabled'), found('disabled')]).toEqual([0, 1]);
  });
});
