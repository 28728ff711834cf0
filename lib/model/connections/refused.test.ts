import { App } from 'cdk8s';
import { ambassador } from '../../ambassador/ambassador';
import { KnativeService } from '../../knative/service/knative-service';
import { collectObjects } from '../../objects/collect';
import type { Json, PlatformObject } from '../../objects/manifest';
import { Platform } from '../../platform';
import type { MeshEdge } from './mesh-graph';
import { meshGraph } from './mesh-graph';
import { deployment, namespace, object, service } from './testing/objects';

const REQUIRED = { 'linkerd.io/inject': 'enabled', 'config.linkerd.io/default-inbound-policy': 'all-authenticated' };
const WAY_IN = { port: 80, targetPort: 8080 };

const refusedIn = (objects: readonly PlatformObject[]): string[] => meshGraph(objects).edges.flatMap(inWords);

function inWords({ from, to, about, port, security }: MeshEdge): string[] {
  return security.protection === 'refused' ? [`${from} → ${to}: ${about} ${port ?? ''}: ${security.reason.text}`] : [];
}

const entry = (...more: PlatformObject[]): PlatformObject[] => [
  namespace('a', REQUIRED),
  deployment('a', 'web', { container: { readinessProbe: { httpGet: { port: 8080 } } } }),
  service('a', 'web', [WAY_IN], { type: 'LoadBalancer' }),
  ...more,
];

test('a caller without an identity, where one is required: not its HTTP probes', () => {
  expect(refusedIn(entry())).toEqual([
    'clients → Deployment a/web: requests 8080: the default inbound policy is all-authenticated; callers outside the cluster have no identity of the mesh',
  ]);
});

test('a Server and who it lets in count instead', () => {
  const metadata = { name: 'web', namespace: 'a' };
  const server = object({
    apiVersion: 'policy.linkerd.io/v1beta3',
    kind: 'Server',
    metadata,
    spec: { podSelector: { matchLabels: { app: 'web' } }, port: 8080 },
  });
  const authorization = object({
    apiVersion: 'policy.linkerd.io/v1alpha1',
    kind: 'AuthorizationPolicy',
    metadata,
    spec: {
      targetRef: { group: 'policy.linkerd.io', kind: 'Server', name: 'web' },
      requiredAuthenticationRefs: [{ group: 'policy.linkerd.io', kind: 'NetworkAuthentication', name: 'web' }],
    },
  });
  expect(refusedIn(entry(server))).toEqual([expect.stringContaining(': the Server web admits none; ')]);
  expect(refusedIn(entry(server, authorization))).toEqual([]);
});

test('probes that a route of the Server takes the allowance from, and those by TCP never', () => {
  const metadata = { name: 'web', namespace: 'a' };
  const group = 'policy.linkerd.io';
  const policies = [
    object({ apiVersion: `${group}/v1beta3`, kind: 'Server', metadata, spec: { podSelector: {}, port: 8080 } }),
    object({
      apiVersion: `${group}/v1beta3`,
      kind: 'HTTPRoute',
      metadata,
      spec: {
        parentRefs: [{ group, kind: 'Server', name: 'web' }],
        rules: [{ matches: [{ path: { value: '/orders' } }] }],
      },
    }),
  ];
  const probed = (probe: Json): string[] => {
    const web = deployment('a', 'web', { container: { readinessProbe: probe } });
    return refusedIn([namespace('a', REQUIRED), web, ...policies]);
  };
  expect(probed({ httpGet: { port: 8080 } })).toEqual([
    expect.stringMatching(/^kubelet → Deployment a\/web: probes 8080: the Server web has HTTPRoutes, .* GET \/;/),
  ]);
  expect(probed({ tcpSocket: { port: 8080 } })).toEqual([]);
});

test('nothing where the port goes past the proxy, or there is none', () => {
  const past = { ...REQUIRED, 'config.linkerd.io/skip-inbound-ports': '8080' };
  const outside = { ...REQUIRED, 'linkerd.io/inject': 'disabled' };
  expect(refusedIn([...entry().slice(1), namespace('a', past)])).toEqual([]);
  expect(refusedIn([...entry().slice(1), namespace('a', outside)])).toEqual([]);
});

test('a pod of the mesh passes where an identity is required, and not where all is denied', () => {
  const caller = [
    namespace('b', { 'linkerd.io/inject': 'enabled' }),
    deployment('b', 'caller', { container: { args: ['http://web.a.svc:80'] } }),
  ];
  const called = (policy: string): PlatformObject[] => [
    namespace('a', { ...REQUIRED, 'config.linkerd.io/default-inbound-policy': policy }),
    deployment('a', 'web'),
    service('a', 'web', [WAY_IN]),
  ];
  expect(refusedIn([...caller, ...called('all-authenticated')])).toEqual([]);
  expect(refusedIn([...caller, ...called('deny')])).toEqual([
    'Deployment b/caller → Deployment a/web: requests 8080: the default inbound policy is deny',
  ]);
});

test('a platform that requires mTLS: its own ways are open, and without their authorizations they are not', () => {
  const platform = new Platform(new App(), 'platform', {
    domain: 'example.com',
    ingress: ambassador({ tls: { certificates: [{ hostname: '*.default.example.com', secret: 'tls' }] } }),
    mtls: 'required',
    nodeNetworks: ['10.0.0.0/16'],
    apiServerNetworks: ['10.1.0.0/28'],
    linkerd: { viz: { grafana: true } },
  });
  new KnativeService(platform.services, 'api', { image: 'registry.example.com/api:1' });
  const objects = collectObjects(platform);
  const short = (line: string): string => line.replace(/: the .*/, '');
  // Linkerd's heartbeat is outside of the mesh, and viz's own policy for Prometheus is for viz alone.
  const heartbeat = 'CronJob linkerd/linkerd-heartbeat → Deployment linkerd-viz/prometheus: requests 9090';
  expect(refusedIn(objects).map(short)).toEqual([heartbeat]);
  const withoutPolicies = objects.filter(({ manifest: { kind } }) => kind !== 'AuthorizationPolicy');
  expect(refusedIn(withoutPolicies).map(short)).toMatchInlineSnapshot(`
   [
     "clients → Deployment ambassador/ambassador: requests 8080",
     "clients → Deployment ambassador/ambassador: HTTPS requests 8443",
     "kubelet → Knative Service default/api: drain hook 8022",
     "CronJob linkerd/linkerd-heartbeat → Deployment linkerd-viz/prometheus: requests 9090",
     "Deployment linkerd-viz/grafana → Deployment linkerd-viz/prometheus: requests 9090",
     "Deployment linkerd-viz/metrics-api → Deployment linkerd-viz/prometheus: requests 9090",
     "Deployment linkerd-viz/web → Deployment linkerd-viz/metrics-api: requests 8085",
     "Deployment linkerd-viz/web → Deployment linkerd-viz/grafana: requests 3000",
     "api-server → Deployment linkerd-viz/tap-injector: webhook 8443",
     "api-server → Deployment knative-serving/webhook: webhook 8443",
     "api-server → Deployment linkerd-viz/tap: API 8089",
     "kubelet → Deployment knative-serving/webhook: probes 8443",
   ]
  `);
});
