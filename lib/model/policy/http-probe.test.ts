import { deployment, namespace, objectsOf } from '../../check/testing/doc-examples';
import { ObjectIndex } from '../object-index';
import { httpProbes, probeRefusal } from './http-probe';

const GROUP = 'policy.linkerd.io';
const REQUIRED = {
  annotations: { 'linkerd.io/inject': 'enabled', 'config.linkerd.io/default-inbound-policy': 'all-authenticated' },
};
const policyOf = (kind: string, spec: object, name = 'web'): string =>
  JSON.stringify({ apiVersion: `${GROUP}/v1beta3`, kind, metadata: { name, namespace: 'team-a' }, spec });
const ref = (kind: string, name = 'web'): object => ({ group: GROUP, kind, name });
const server = (fields: object = {}): string => policyOf('Server', { podSelector: {}, port: 8080, ...fields });
const route = (value: string, name = 'web', type = 'Exact'): string =>
  policyOf('HTTPRoute', { parentRefs: [ref('Server')], rules: [{ matches: [{ path: { type, value } }] }] }, name);
const authorization = (target: object, kind = 'NetworkAuthentication', name = 'web'): string =>
  policyOf('AuthorizationPolicy', { targetRef: target, requiredAuthenticationRefs: [ref(kind)] }, name);
const web = (container: object = {}, annotations: object = {}): string =>
  deployment('web', {
    container: { ports: [{ name: 'http', containerPort: 8080 }], livenessProbe: httpGet('/live'), ...container },
    annotations,
  });
const httpGet = (path?: string, fields: object = {}): object => ({ httpGet: { path, port: 'http', ...fields } });
const knative = (container: object = {}): string =>
  JSON.stringify({
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name: 'api', namespace: 'team-a' },
    spec: { template: { spec: { containers: [{ image: 'a', ...container }] } } },
  });

function refusals(...documents: readonly string[]): string[] {
  const objects = new ObjectIndex(objectsOf(namespace('team-a', REQUIRED), ...documents));
  return objects.podTemplates.flatMap(httpProbes).flatMap((probe) => {
    const refused = probeRefusal(probe, objects);
    return refused === undefined ? [] : [`${probe.served.port}${probe.request.path}: ${refused.reason}`];
  });
}

describe('a probe over plain HTTP', () => {
  const NO_MATCH = 'its HTTPRoute team-a/web does not match GET /live';
  const OTHERS = 'its HTTPRoute team-a/web admits others alone';
  const OPAQUE = 'where the proxy does not look at HTTP';

  test.each<[string, string[], string | undefined]>([
    ['passes by itself', [web()], undefined],
    ['… with a Server', [web(), server()], undefined],
    [
      '… with a route of another Server',
      [web(), server(), server(), policyOf('HTTPRoute', { parentRefs: [ref('Server', 'a')] })],
      undefined,
    ],
    [
      '… with a route for gRPC alone',
      [web(), server(), policyOf('GRPCRoute', { parentRefs: [ref('Server')] })],
      undefined,
    ],
    ['… with a Server of another port', [web(), server({ port: 9000 }), route('/orders')], undefined],
    ['that no route matches is refused', [web(), server(), route('/orders')], NO_MATCH],
    [
      '… though the Server is open to all',
      [web(), server({ accessPolicy: 'all-unauthenticated' }), route('/orders')],
      NO_MATCH,
    ],
    ['whose route admits nobody', [web(), server(), route('/live')], OTHERS],
    [
      'whose route admits identities',
      [web(), server(), route('/live'), authorization(ref('HTTPRoute'), 'MeshTLSAuthentication')],
      OTHERS,
    ],
    [
      'whose route admits networks passes',
      [web(), server(), route('/live'), authorization(ref('HTTPRoute'))],
      undefined,
    ],
    ['… as does one whose Server does', [web(), server(), route('/live'), authorization(ref('Server'))], undefined],
    ['… or whose Server is open', [web(), server({ accessPolicy: 'all-unauthenticated' }), route('/live')], undefined],
    [
      'for whom another route matches better',
      [web(), server(), route('/', 'wide', 'PathPrefix'), authorization(ref('HTTPRoute', 'wide')), route('/live')],
      OTHERS,
    ],
    [
      '… and worse',
      [web(), server(), route('/', 'wide', 'PathPrefix'), route('/live'), authorization(ref('HTTPRoute'))],
      undefined,
    ],
    ['on a Server that looks at no HTTP', [web(), server({ proxyProtocol: 'opaque' })], OPAQUE],
    ['… at TLS alone', [web(), server({ proxyProtocol: 'TLS' })], OPAQUE],
    [
      '… and is open to networks',
      [web(), server({ proxyProtocol: 'opaque' }), authorization(ref('Server'))],
      undefined,
    ],
    ['on a port at which the proxy does not look', [web({}, { 'config.linkerd.io/opaque-ports': '25,8080' })], OPAQUE],
    ['… at another', [web({}, { 'config.linkerd.io/opaque-ports': '25' })], undefined],
    ['… which a Server looks at', [web({}, { 'config.linkerd.io/opaque-ports': '8080' }), server()], undefined],
    [
      'past the proxy',
      [web({}, { 'config.linkerd.io/skip-inbound-ports': '8080' }), server(), route('/orders')],
      undefined,
    ],
    [
      'over HTTPS is no such one',
      [web({ livenessProbe: httpGet('/live', { scheme: 'HTTPS' }) }), server(), route('/a')],
      undefined,
    ],
    [
      'by TCP is no such one',
      [web({ livenessProbe: { tcpSocket: { port: 8080 } } }), server(), route('/a')],
      undefined,
    ],
  ])('%s', (_, documents, reason) => {
    const found = refusals(...documents);
    expect(found).toHaveLength(reason === undefined ? 0 : 1);
    expect(found.join()).toContain(reason ?? '');
  });

  test('is one that asks for life, readiness or start, at / unless it says where', () => {
    const probes = { startupProbe: httpGet(), readinessProbe: httpGet('/ready'), livenessProbe: httpGet('/live') };
    expect(refusals(web(probes), server(), route('/orders')).map((line) => line.split(':')[0])).toEqual([
      '8080/ready',
      '8080/live',
      '8080/',
    ]);
  });

  test('is matched by the headers that it brings along', () => {
    const probe = { livenessProbe: httpGet('/live', { httpHeaders: [{ name: 'Host', value: 'web.example.com' }] }) };
    const ofHost = policyOf('HTTPRoute', { parentRefs: [ref('Server')], hostnames: ['web.example.com'] });
    const documents = [server(), ofHost, authorization(ref('HTTPRoute'))];
    expect(refusals(web(probe), ...documents)).toEqual([]);
    expect(refusals(web(), ...documents)).toHaveLength(1);
  });
});

describe('of a Knative Service', () => {
  test.each<[object, number]>([
    [{}, 8012],
    [{ ports: [{ name: 'h2c', containerPort: 8080 }] }, 8013],
  ])('%j queue-proxy is asked on port %s', (container, port) => {
    expect(refusals(knative(container), server({ port }), route('/orders'))).toEqual([
      expect.stringContaining(`${port}/: the Server web has HTTPRoutes`),
    ]);
  });

  test('the container is asked for life on its own port, and for readiness by nobody from outside', () => {
    const probes = { ports: [{ containerPort: 3000 }], livenessProbe: { httpGet: { path: '/live' } } };
    const ready = { readinessProbe: { httpGet: { path: '/ready' } } };
    expect(refusals(knative({ ...probes, ...ready }), server({ port: 3000 }), route('/orders'))).toEqual([
      expect.stringContaining('3000/live: '),
    ]);
  });
});
