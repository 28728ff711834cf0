import type { Json, Manifest } from '../objects/manifest';
import { diff } from './diff';

const object = (
  apiVersion: string,
  kind: string,
  name: string,
  content: Json,
  metadata: Record<string, Json> = {},
): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'team', ...metadata },
  spec: content,
});
const SERVING = 'serving.knative.dev/v1';
const VISIBILITY = 'networking.knative.dev/visibility';
const LOCAL = { labels: { [VISIBILITY]: 'cluster-local' } };
const spec: Json = { containers: [{ image: 'registry.example.com/web:1' }] };
const template: Json = { spec };
const service = (metadata: Record<string, Json> = {}, traffic?: Json): Manifest =>
  object(SERVING, 'Service', 'web', { template, ...(traffic !== undefined && { traffic }) }, metadata);
const config = (name: string, data: Record<string, string>): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'knative-serving' },
  data,
});
const domains = (data: Record<string, string> = { 'example.com': '' }): Manifest => config('config-domain', data);
const LOCAL_BY_TEAM = { 'example.com': '', 'svc.cluster.local': 'selector:\n  team: a\n' };
const core = (spec: Json, annotations: Record<string, string> = {}): Manifest =>
  object('v1', 'Service', 'db', spec, { annotations });
const domainMapping = (to = 'web'): Manifest =>
  object('serving.knative.dev/v1beta1', 'DomainMapping', 'pay.example.org', {
    ref: { apiVersion: SERVING, kind: 'Service', name: to },
  });
const mapping = (spec: Record<string, Json>): Manifest =>
  object('getambassador.io/v3alpha1', 'Mapping', 'way', { prefix: '/', hostname: 'way.example.org', ...spec });
const ingress = (name: string): Manifest =>
  object('networking.k8s.io/v1', 'Ingress', 'in', {
    rules: [{ host: 'in.example.org', http: { paths: [{ path: '/pay', backend: { service: { name } } }] } }],
  });
const route = (kind: string): Manifest =>
  object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'r', {
    parentRefs: [{ kind, name: 'gateway' }],
    hostnames: ['r.example.org'],
    rules: [{ backendRefs: [{ name: 'web' }] }],
  });

/** Emissary's pods, the Service that leads to them, and a Listener that takes the Hosts with a label. */
const emissary: Manifest[] = [
  object('apps/v1', 'Deployment', 'gateway', {
    selector: { matchLabels: { app: 'gateway' } },
    template: {
      metadata: { labels: { app: 'gateway' } },
      spec: {
        containers: [{ name: 'a', image: 'a', env: [{ name: 'AMBASSADOR_KNATIVE_SUPPORT', value: 'true' }] }],
      },
    },
  }),
  object('v1', 'Service', 'gateway', {
    type: 'LoadBalancer',
    selector: { app: 'gateway' },
    ports: [{ port: 80, targetPort: 8080 }],
  }),
  object('getambassador.io/v3alpha1', 'Listener', 'http', {
    port: 8080,
    hostBinding: { namespace: { from: 'ALL' }, selector: { matchLabels: { open: 'yes' } } },
  }),
];
const host = (hostname: string, labels: Record<string, string> = { open: 'yes' }): Manifest =>
  object(
    'getambassador.io/v3alpha1',
    'Host',
    'host',
    { hostname, requestPolicy: { insecure: { action: 'Route' } } },
    { labels },
  );

/** What is said, `‼` in front of what is striking. */
function said(from: readonly Manifest[], to: readonly Manifest[]): string[] {
  const { exposure } = diff(
    from.map((manifest) => ({ manifest })),
    to.map((manifest) => ({ manifest })),
  );
  return exposure.map(({ object: name, striking, means }) => `${striking ? '‼ ' : ''}${name} ${means}`);
}

const HAD = `until now it had the label ${VISIBILITY}: cluster-local`;
const HAS = `it has the label ${VISIBILITY}: cluster-local now`;
const WEB = 'Service team/web';
const HOST = 'web.team.example.com';
const becomes = (where: string, because = HAD): string[] => [
  `‼ ${WEB} the Knative Service becomes public at ${where}${because === '' ? '' : `: ${because}`}`,
];
const noMore = (where: string, because = HAS): string[] => [
  `‼ ${WEB} the Knative Service is public no more at ${where}: ${because}`,
];

test.each<[string, Manifest[], Manifest[], string[]]>([
  ['its label goes', [domains(), service(LOCAL)], [domains(), service()], becomes(HOST)],
  ['its label comes', [domains(), service()], [domains(), service(LOCAL)], noMore(HOST)],
  [
    'its label goes, and others stay',
    [domains(), service({ labels: { ...LOCAL.labels, team: 'a' } })],
    [domains(), service({ labels: { team: 'a' } })],
    becomes(HOST),
  ],
  [
    'another value of the label, which counts for nothing',
    [domains(), service(LOCAL)],
    [domains(), service({ labels: { [VISIBILITY]: 'private' } })],
    becomes(HOST),
  ],
  [
    'an older spelling in its place, which counts for nothing',
    [domains(), service(LOCAL)],
    [domains(), service({ labels: { 'serving.knative.dev/visibility': 'cluster-local' } })],
    becomes(HOST),
  ],
  [
    'an older spelling that goes',
    [domains(), service({ labels: { 'serving.knative.dev/visibility': 'cluster-local' } })],
    [domains(), service()],
    [],
  ],
  [
    'the label on its template, which counts for nothing',
    [domains(), service()],
    [domains(), object(SERVING, 'Service', 'web', { template: { metadata: LOCAL, spec } })],
    [],
  ],
  ['where the domain is not known', [service(LOCAL)], [service()], becomes('web.team.<domain>')],
  [
    'a Route',
    [domains(), object(SERVING, 'Route', 'web', { traffic: [] }, LOCAL)],
    [domains(), object(SERVING, 'Route', 'web', { traffic: [] })],
    [`‼ Route team/web the Knative Service becomes public at ${HOST}: ${HAD}`],
  ],
  [
    'the domain that a label chose',
    [domains(LOCAL_BY_TEAM), service({ labels: { team: 'a' } })],
    [domains(LOCAL_BY_TEAM), service({ labels: { team: 'b' } })],
    becomes(HOST, 'until now it had the domain svc.cluster.local by config-domain'),
  ],
  [
    'the domain that config-domain chooses',
    [domains(), service({ labels: { team: 'a' } })],
    [domains(LOCAL_BY_TEAM), service({ labels: { team: 'a' } })],
    noMore(HOST, 'it has the domain svc.cluster.local by config-domain now'),
  ],
  [
    'the domain of a single service, by the label that Serving gives its Route',
    [domains(), service()],
    [domains({ 'example.com': '', 'svc.cluster.local': 'selector:\n  serving.knative.dev/service: web\n' }), service()],
    noMore(HOST, 'it has the domain svc.cluster.local by config-domain now'),
  ],
  [
    'a domain for all where there was none',
    [domains({}), service()],
    [domains(), service()],
    becomes(HOST, 'until now it had the domain svc.cluster.local by config-domain'),
  ],
  [
    'another domain for all',
    [domains(), service()],
    [domains({ 'example.net': '' }), service()],
    [`‼ ${WEB} public at web.team.example.net, no more at ${HOST}`],
  ],
  [
    'an _example, which is no domain',
    [domains(), service()],
    [domains({ 'example.com': '', _example: 'example.net: |' }), service()],
    [],
  ],
  [
    'the template of domains',
    [domains(), service()],
    [domains(), config('config-network', { 'domain-template': '{{.Name}}-{{.Namespace}}.{{.Domain}}' }), service()],
    [`‼ ${WEB} public at web-team.example.com, no more at ${HOST}`],
  ],
  [
    'a tag',
    [domains(), service()],
    [domains(), service({}, [{ latestRevision: true, percent: 100, tag: 'new' }])],
    [`‼ ${WEB} public at new-web.team.example.com (tag new) as well`],
  ],
  [
    'a tag by its template',
    [domains(), config('config-network', { 'tag-template': '{{.Name}}--{{.Tag}}' }), service()],
    [
      domains(),
      config('config-network', { 'tag-template': '{{.Name}}--{{.Tag}}' }),
      service({}, [{ latestRevision: true, percent: 100, tag: 'new' }]),
    ],
    [`‼ ${WEB} public at web--new.team.example.com (tag new) as well`],
  ],
  [
    'a tag that goes',
    [service({}, [{ latestRevision: true, percent: 100, tag: 'new' }])],
    [service({}, [{ latestRevision: true, percent: 100 }])],
    [`${WEB} public no more at new-web.team.<domain> (tag new)`],
  ],
  [
    'a tag of a cluster-local service',
    [domains(), service(LOCAL)],
    [domains(), service(LOCAL, [{ latestRevision: true, percent: 100, tag: 'new' }])],
    [],
  ],
  [
    'a DomainMapping of a cluster-local service',
    [domains(), service(LOCAL)],
    [domains(), service(LOCAL), domainMapping()],
    [
      `‼ ${WEB} the Knative Service becomes public at pay.example.org (DomainMapping team/pay.example.org), though it has the label ${VISIBILITY}: cluster-local`,
    ],
  ],
  [
    'a DomainMapping of a public one',
    [domains(), service()],
    [domains(), service(), domainMapping()],
    [`‼ ${WEB} public at pay.example.org (DomainMapping team/pay.example.org) as well`],
  ],
  [
    'a DomainMapping that goes',
    [domains(), service(LOCAL), domainMapping()],
    [domains(), service(LOCAL)],
    noMore('pay.example.org (DomainMapping team/pay.example.org)', HAS),
  ],
  [
    'a DomainMapping of a service elsewhere',
    [],
    [domainMapping('other')],
    ['‼ Service team/other it becomes public at pay.example.org (DomainMapping team/pay.example.org)'],
  ],
  [
    'a Mapping',
    [service(LOCAL)],
    [service(LOCAL), mapping({ service: 'http://web.team.svc.cluster.local:80', prefix: '/web/' })],
    [
      `‼ ${WEB} the Knative Service becomes public at way.example.org/web/ (Mapping team/way), though it has the label ${VISIBILITY}: cluster-local`,
    ],
  ],
  ['a Mapping that lends its settings', [service(LOCAL)], [service(LOCAL), mapping({ service: 'web', weight: 0 })], []],
  ['a Mapping out of the cluster', [service(LOCAL)], [service(LOCAL), mapping({ service: 'web.example.com' })], []],
  [
    'a Mapping of a host that is not open',
    [...emissary, host('*.example.com'), core({ type: 'ClusterIP' })],
    [...emissary, host('*.example.com'), core({ type: 'ClusterIP' }), mapping({ service: 'db' })],
    [],
  ],
  [
    'an Ingress',
    [service(LOCAL)],
    [service(LOCAL), ingress('web')],
    [
      `‼ ${WEB} the Knative Service becomes public at in.example.org/pay (Ingress team/in), though it has the label ${VISIBILITY}: cluster-local`,
    ],
  ],
  [
    'an Ingress to a Service of Kubernetes',
    [core({ type: 'ClusterIP' })],
    [core({ type: 'ClusterIP' }), ingress('db')],
    ['‼ Service team/db it becomes public at in.example.org/pay (Ingress team/in)'],
  ],
  [
    'an HTTPRoute of a Gateway',
    [service(LOCAL)],
    [service(LOCAL), route('Gateway')],
    [
      `‼ ${WEB} the Knative Service becomes public at r.example.org (HTTPRoute team/r), though it has the label ${VISIBILITY}: cluster-local`,
    ],
  ],
  ['an HTTPRoute of the mesh', [service(LOCAL)], [service(LOCAL), route('Service')], []],
  [
    'a Host for the names of the cluster',
    [...emissary, domains(), service(LOCAL), host('*.svc.cluster.local', {})],
    [...emissary, domains(), service(LOCAL), host('*.svc.cluster.local')],
    [
      `‼ ${WEB} the Knative Service becomes public at web.team.svc.cluster.local (Host team/host), though it has the label ${VISIBILITY}: cluster-local`,
    ],
  ],
  [
    'no Host for its name any more',
    [...emissary, domains(), service(), host('*.example.com')],
    [...emissary, domains(), service(), host('*.example.net')],
    noMore(HOST, `it has no public Host for ${HOST} now`),
  ],
  [
    'a load balancer',
    [core({ type: 'ClusterIP' })],
    [core({ type: 'LoadBalancer' })],
    ['‼ Service team/db it becomes public by a load balancer'],
  ],
  [
    'a load balancer of the cloud alone',
    [core({ type: 'LoadBalancer' })],
    [core({ type: 'LoadBalancer' }, { 'networking.gke.io/load-balancer-type': 'Internal' })],
    ['‼ Service team/db it is public no more by a load balancer'],
  ],
  [
    'a port of nodes',
    [core({ type: 'ClusterIP' })],
    [core({ type: 'NodePort' })],
    ['‼ Service team/db it becomes public by a port of every node'],
  ],
  ['a new service', [domains()], [domains(), service()], [`${WEB} new, and public at ${HOST}`]],
  ['a new cluster-local service', [domains()], [domains(), service(LOCAL)], []],
  ['a service that goes', [domains(), service()], [domains()], []],
  [
    'another image',
    [domains(), service()],
    [
      domains(),
      object(SERVING, 'Service', 'web', {
        template: { spec: { containers: [{ image: 'registry.example.com/web:2' }] } },
      }),
    ],
    [],
  ],
  [
    'the domain is known on one side alone, so that it is not known whether it is another one',
    [service()],
    [domains(), service()],
    [],
  ],
])('%s', (_, from, to, expected) => {
  expect(said(from, to)).toEqual(expected);
});

test('the Knative Operator’s settings count as ConfigMaps do', () => {
  const operated = (domain: string): Manifest =>
    object('operator.knative.dev/v1beta1', 'KnativeServing', 'knative-serving', {
      config: { domain: { [domain]: '' } },
    });
  expect(said([operated('example.com'), service()], [operated('svc.cluster.local'), service()])).toEqual(
    noMore(HOST, 'it has the domain svc.cluster.local by config-domain now'),
  );
});
