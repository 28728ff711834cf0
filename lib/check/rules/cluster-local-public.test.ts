import { deployment, found, objectsOf, testExamples } from '../testing/doc-examples';
import { clusterLocalPublic } from './cluster-local-public';

testExamples(clusterLocalPublic);

const LOCAL = { 'networking.knative.dev/visibility': 'cluster-local' };
const object = (apiVersion: string, kind: string, name: string, fields: object, labels: object = {}): string =>
  JSON.stringify({ apiVersion, kind, metadata: { name, namespace: 'team-a', labels }, ...fields });
const knative = (labels: object = LOCAL, kind = 'Service'): string =>
  object('serving.knative.dev/v1', kind, 'api', {}, labels);
const env = (value: string): object => ({
  env: [{ name: 'AMBASSADOR_KNATIVE_SUPPORT', value }],
  ports: [{ name: 'http', containerPort: 8080 }],
});
const pods = (container: object = env('true')): string => deployment('gateway', { container });
const ofAmbassador = (id: string): object => ({
  env: [
    { name: 'AMBASSADOR_KNATIVE_SUPPORT', value: 'true' },
    { name: 'AMBASSADOR_ID', value: id },
  ],
  ports: [{ name: 'http', containerPort: 8080 }],
});
const service = (type = 'LoadBalancer', targetPort: number | string = 8080): string =>
  object('v1', 'Service', 'way-in', {
    spec: { type, selector: { app: 'gateway' }, ports: [{ port: 80, targetPort }] },
  });
const emissary = (kind: string, spec: object, labels: object = {}): string =>
  object('getambassador.io/v3alpha1', kind, kind.toLowerCase(), { spec }, labels);
const listener = (hostBinding: object = { namespace: { from: 'ALL' } }, port = 8080): string =>
  emissary('Listener', { port, hostBinding });
const ROUTE = { requestPolicy: { insecure: { action: 'Route' } } };
const host = (hostname?: string, spec: object = ROUTE, labels: object = {}): string =>
  emissary('Host', { hostname, ...spec }, labels);

/** The name that is served, of the service that is in all of these. */
const served = (...documents: string[]): string[] =>
  found(clusterLocalPublic, objectsOf(...documents)).map((line) => line.replace(/^.* is also for ([^,]*),.*$/, '$1'));

const NAME = 'api.team-a.svc.cluster.local';

test.each<[string, string[], string[]]>([
  ['all hosts', [knative(), pods(), service(), listener(), host('*')], [NAME]],
  ['a Host without a hostname', [knative(), pods(), service(), listener(), host()], [NAME]],
  ['names of the cluster', [knative(), pods(), service(), listener(), host('*.svc.cluster.local')], [NAME]],
  ['names of the namespace', [knative(), pods(), service(), listener(), host('*.team-a')], ['api.team-a']],
  ['the very name', [knative(), pods(), service(), listener(), host('api.team-a.svc')], ['api.team-a.svc']],
  ['names that begin so', [knative(), pods(), service(), listener(), host('api.*')], [NAME]],
  ['a Route', [knative(LOCAL, 'Route'), pods(), service(), listener(), host('*')], [NAME]],
  ['a port of nodes', [knative(), pods(), service('NodePort'), listener(), host('*')], [NAME]],
  ['a port by its name', [knative(), pods(), service('LoadBalancer', 'http'), listener(), host('*')], [NAME]],
  [
    'a Host with a certificate',
    [knative(), pods(), service(), listener(), host('*', { tlsSecret: { name: 'tls' } })],
    [NAME],
  ],
  [
    'a Host by its labels',
    [
      knative(),
      pods(),
      service(),
      listener({ selector: { matchLabels: { of: 'this' } } }),
      host('*', ROUTE, { of: 'this' }),
    ],
    [NAME],
  ],
  [
    '… of other labels',
    [knative(), pods(), service(), listener({ selector: { matchLabels: { of: 'this' } } }), host('*')],
    [],
  ],
  [
    '… of the same namespace',
    [knative(), pods(), service(), listener({ namespace: { from: 'SELF' } }), host('*')],
    [NAME],
  ],
  [
    '… of another',
    [
      knative(),
      pods(),
      service(),
      listener({ namespace: { from: 'SELF' } }),
      host('*').replace('"team-a"', '"team-b"'),
    ],
    [],
  ],
  [
    'a Host of another Ambassador',
    [knative(), pods(), service(), listener(), host('*', { ...ROUTE, ambassador_id: ['other'] })],
    [],
  ],
  [
    'a Listener of another Ambassador',
    [knative(), pods(), service(), emissary('Listener', { port: 8080, ambassador_id: ['other'] }), host('*')],
    [],
  ],
  ['pods of another Ambassador', [knative(), pods(ofAmbassador('other')), service(), listener(), host('*')], []],
  [
    '… with all that is its own, but for the service',
    [
      knative(),
      pods(ofAmbassador('other')),
      service(),
      emissary('Listener', { port: 8080, ambassador_id: ['other'] }),
      host('*', { ...ROUTE, ambassador_id: ['default', 'other'] }),
    ],
    [],
  ],
  [
    '… and the service',
    [
      object('serving.knative.dev/v1', 'Service', 'api', {}, LOCAL).replace(
        '"labels"',
        '"annotations":{"getambassador.io/ambassador-id":"other"},"labels"',
      ),
      pods(ofAmbassador('other')),
      service(),
      emissary('Listener', { port: 8080, ambassador_id: ['other'] }),
      host('*', { ...ROUTE, ambassador_id: ['default', 'other'] }),
    ],
    [NAME],
  ],
  [
    'two Ambassadors behind ports of one number',
    [
      knative(),
      pods(),
      service(),
      pods(ofAmbassador('other')).replaceAll('"gateway"', '"second"'),
      service().replaceAll('"gateway"', '"second"').replace('"way-in"', '"second"'),
      listener(),
      host('*'),
    ],
    [NAME],
  ],
  ['public names alone', [knative(), pods(), service(), listener(), host('*.example.com')], []],
  ['a redirection', [knative(), pods(), service(), listener(), host('*', {})], []],
  ['a port inside the cluster', [knative(), pods(), service('ClusterIP'), listener(), host('*')], []],
  ['another port', [knative(), pods(), service(), listener({ namespace: { from: 'ALL' } }, 8081), host('*')], []],
  ['pods that take no Knative Services', [knative(), pods(env('')), service(), listener(), host('*')], []],
  ['a service that is public', [knative({}), pods(), service(), listener(), host('*')], []],
])('%s', (_, documents, names) => {
  expect(served(...documents)).toEqual(names);
});
