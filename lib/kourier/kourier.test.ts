import { App } from 'cdk8s';
import { check } from '../check/check';
import { inboundPolicy } from '../check/rules/inbound-policy';
import type { PublicServiceProps } from '../networking/public-service';
import { collectObjects } from '../objects/collect';
import type { Manifest } from '../objects/manifest';
import type { PlatformProps } from '../platform';
import { Platform } from '../platform';
import type { KourierConfig } from './config';
import type { ControllerProps } from './controller';
import type { KourierProps } from './kourier';
import { kourier } from './kourier';

const platformWith = (props?: KourierProps, more: Partial<PlatformProps> = {}): Platform =>
  new Platform(new App(), 'platform', { domain: 'example.com', ingress: kourier(props), ...more });

const render = (props?: KourierProps, more?: Partial<PlatformProps>): Manifest[] =>
  collectObjects(platformWith(props, more))
    .filter(({ phase }) => phase === '50-kourier')
    .map(({ manifest }) => manifest);

const SERVICE: Required<PublicServiceProps> = {
  type: 'LoadBalancer',
  annotations: { 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' },
  loadBalancerClass: 'service.k8s.aws/nlb',
  loadBalancerSourceRanges: ['192.0.2.0/24', '2001:db8::/32'],
  externalTrafficPolicy: 'Local',
  nodePorts: { http: 30080, https: 30443 },
};

const CONFIG: Required<KourierConfig> = {
  accessLog: '%REQ(:PATH)% %RESPONSE_CODE%',
  idleTimeout: '5m',
  trustedHops: 1,
  cipherSuites: ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256'],
  serverHeader: false,
};

const CONTROLLER: Required<ControllerProps> = {
  replicas: 2,
  image: 'registry.example.com/net-kourier:1.23.0',
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '1Gi' } },
  spread: [{ over: 'topology.kubernetes.io/zone' }],
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  tolerations: [{ key: 'system', operator: 'Exists' }],
  proxy: { cpuRequest: '50m' },
  podLabels: { team: 'platform' },
  podAnnotations: { 'example.com/owner': 'platform' },
};

const ALL: Required<KourierProps> = {
  replicas: { min: 2, max: 20, cpuPercent: 80 },
  image: `registry.example.com:5000/envoy@sha256:${'0123456789abcdef'.repeat(4)}`,
  resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
  drainSeconds: 60,
  spread: [{ over: 'topology.kubernetes.io/zone', maxSkew: 2, required: true }, { over: 'kubernetes.io/hostname' }],
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  tolerations: [{ key: 'edge', operator: 'Exists', effect: 'NoSchedule' }],
  proxy: { cpuRequest: '100m', skipInboundPorts: [9000] },
  podLabels: { team: 'edge' },
  podAnnotations: { 'example.com/owner': 'edge' },
  preserveClientAddress: true,
  service: SERVICE,
  disruptionBudget: { minAvailable: '50%' },
  tls: { secret: 'example-com', namespace: 'certificates' },
  config: CONFIG,
  controller: CONTROLLER,
  namespace: { mtls: 'required', proxy: { cpuRequest: '200m' }, labels: { team: 'edge' } },
};

test('with the least props', () => {
  expect(render()).toMatchSnapshot();
});

test('with all props', () => {
  expect(render(ALL)).toMatchSnapshot();
});

const find = (objects: readonly Manifest[], kind: string, name: string): Manifest | undefined =>
  objects.find((object) => object.kind === kind && object.metadata.name === name);

test('its namespace is meshed, allows what the mesh needs, and has CPU for proxies, by which gateways are scaled', () => {
  expect(platformWith().namespaces.find('kourier-system')?.toJson()).toMatchObject({
    metadata: {
      annotations: { 'linkerd.io/inject': 'enabled', 'config.linkerd.io/proxy-cpu-request': '100m' },
      labels: {
        'pod-security.kubernetes.io/enforce': 'privileged',
        'networking.knative.dev/ingress-provider': 'kourier',
      },
    },
  });
});

test('what the user says of its namespace is laid over that', () => {
  const platform = platformWith({ namespace: { labels: { team: 'edge' }, proxy: { memoryLimit: '128Mi' } } });
  expect(platform.namespaces.find('kourier-system')?.toJson()).toMatchObject({
    metadata: {
      annotations: {
        'linkerd.io/inject': 'enabled',
        'config.linkerd.io/proxy-cpu-request': '100m',
        'config.linkerd.io/proxy-memory-limit': '128Mi',
      },
      labels: { team: 'edge' },
    },
  });
});

test('the layer says where requests arrive and what configures it, and those Services are there', () => {
  const { networking } = platformWith();
  const objects = render();
  const addresses = [networking.publicService, networking.clusterLocalService, networking.control?.service];
  expect(addresses).not.toContain(undefined);
  for (const { namespace, name, port } of addresses.flatMap((address) => address ?? [])) {
    const service = find(objects, 'Service', name);
    expect(service).toMatchObject({
      metadata: { namespace },
      spec: { ports: expect.arrayContaining([expect.objectContaining({ port })]) as unknown },
    });
  }
});

test('Serving is told its class', () => {
  const config = collectObjects(platformWith()).find(({ manifest }) => manifest.metadata.name === 'config-network');
  expect(config?.manifest.data).toMatchObject({ 'ingress-class': 'kourier.ingress.networking.knative.dev' });
});

test('nothing outside the cluster reaches the port of cluster-local names, nor the controller', () => {
  const exposed = render()
    .filter(({ kind, spec }) => kind === 'Service' && (spec as { type?: string }).type !== 'ClusterIP')
    .flatMap(({ metadata, spec }) =>
      (spec as unknown as { ports: { targetPort: number }[] }).ports.map(({ targetPort }) => [
        metadata.name,
        targetPort,
      ]),
    );
  expect(exposed).toEqual([
    ['kourier', 8080],
    ['kourier', 8443],
  ]);
});

test('its pods can be tapped, in both namespaces', () => {
  const pods = render().filter(({ kind }) => kind === 'Deployment');
  expect(pods.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`)).toEqual([
    'knative-serving/net-kourier-controller',
    'kourier-system/3scale-kourier-gateway',
  ]);
  for (const { spec } of pods) {
    expect(spec).toMatchObject({
      template: { metadata: { annotations: { 'viz.linkerd.io/tap-enabled': 'true', 'linkerd.io/inject': 'enabled' } } },
    });
  }
});

test('where mTLS is required, public ports are open, and the controller to kubelets alone, on one path', () => {
  const objects = render({}, { mtls: 'required', nodeNetworks: ['10.0.1.0/24'], apiServerNetworks: ['10.0.0.0/24'] });
  const servers = objects.filter(({ kind }) => kind === 'Server');
  expect(servers.map(({ metadata: { namespace, name } }) => `${namespace ?? ''}/${name ?? ''}`)).toEqual([
    'knative-serving/kourier-xds',
    'kourier-system/public-http',
    'kourier-system/public-https',
  ]);
  expect(find(objects, 'NetworkAuthentication', 'kourier-xds')?.spec).toEqual({ networks: [{ cidr: '10.0.1.0/24' }] });
  expect(find(objects, 'AuthorizationPolicy', 'kourier-xds-client')?.spec).toMatchObject({
    requiredAuthenticationRefs: [
      { kind: 'ServiceAccount', name: '3scale-kourier-gateway', namespace: 'kourier-system' },
    ],
  });
  expect(find(objects, 'Deployment', '3scale-kourier-gateway')?.spec).toMatchObject({
    template: { spec: { serviceAccountName: '3scale-kourier-gateway' } },
  });
});

test('where mTLS is required, nobody who must be let in is refused', () => {
  const platform = platformWith({}, { mtls: 'required', nodeNetworks: ['10.0.1.0/24'] });
  expect(check(collectObjects(platform), { rules: [inboundPolicy] }).findings).toEqual([]);
});

test('what is wrong is reported together, on Kourier', () => {
  const props: KourierProps = {
    replicas: { min: 0, max: 2 },
    image: 'my image',
    drainSeconds: 0,
    service: { loadBalancerSourceRanges: ['10.0.0.1'] },
    controller: { replicas: 0, image: '', podLabels: { app: 'mine' }, spread: [{ over: 'a b' }] },
    podAnnotations: { 'linkerd.io/inject': 'ingress' },
  };
  expect(() => render(props)).toThrow(
    [
      'service.loadBalancerSourceRanges[0]: "10.0.0.1" is an address without a mask: write "10.0.0.1/32" for that address alone',
      'controller.replicas: 0 is not a whole number of at least 1',
      'controller.image: "" is not an image: write registry/path:tag or registry/path@sha256:digest, the path in lower case and without spaces',
      'controller.podLabels: "app" is the platform\'s own, "net-kourier-controller": leave it out',
      `controller.spread[0].over: "a b" is not the key of a label or annotation: write at most 63 letters, digits, '-', '_' and '.', where wanted behind a domain and '/', for example "example.com/team"`,
      'image: "my image" is not an image: write registry/path:tag or registry/path@sha256:digest, the path in lower case and without spaces',
      'drainSeconds: 0 is not a whole number of at least 1',
      'replicas.min: 0 is not a whole number of at least 1',
      'podAnnotations: "linkerd.io/inject" is the platform\'s own, "enabled": leave it out',
    ]
      .map((line) => `platform/networking/kourier: ${line}`)
      .join('\n'),
  );
});
