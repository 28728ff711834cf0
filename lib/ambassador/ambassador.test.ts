import { App } from 'cdk8s';
import { collectObjects } from '../objects/collect';
import type { Manifest } from '../objects/manifest';
import type { PlatformProps } from '../platform';
import { Platform } from '../platform';
import type { AmbassadorProps } from './ambassador';
import { ambassador } from './ambassador';
import type { PublicServiceProps } from '../networking/public-service';
import type { AmbassadorTls } from './tls';

const render = (props?: AmbassadorProps): Manifest[] => {
  const platform = new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador(props) });
  return collectObjects(platform)
    .filter(({ phase }) => phase === '50-ambassador')
    .map(({ manifest }) => manifest);
};

const SERVICE: Required<PublicServiceProps> = {
  type: 'LoadBalancer',
  annotations: { 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' },
  loadBalancerClass: 'service.k8s.aws/nlb',
  loadBalancerSourceRanges: ['192.0.2.0/24', '2001:db8::/32'],
  externalTrafficPolicy: 'Local',
  nodePorts: { http: 30080, https: 30443 },
};

const TLS: Required<AmbassadorTls> = {
  certificates: [
    { hostname: '*.default.example.com', secret: 'default-example-com' },
    { hostname: 'www.example.com', secret: 'www-example-com' },
  ],
  minVersion: 'v1.3',
  redirect: false,
};

const ALL: Required<AmbassadorProps> = {
  replicas: 2,
  image: 'registry.example.com:5000/emissary:4.1.0',
  resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
  logLevel: 'debug',
  env: { AMBASSADOR_DRAIN_TIME: '60' },
  spread: [{ over: 'topology.kubernetes.io/zone', maxSkew: 2, required: true }, { over: 'kubernetes.io/hostname' }],
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  tolerations: [{ key: 'edge', operator: 'Exists', effect: 'NoSchedule' }],
  proxy: { cpuRequest: '100m', skipInboundPorts: [8877] },
  podLabels: { team: 'edge' },
  podAnnotations: { 'example.com/owner': 'edge' },
  preserveClientAddress: true,
  drainSeconds: 20,
  service: SERVICE,
  disruptionBudget: { minAvailable: '50%' },
  tls: TLS,
  namespace: { mtls: 'required', proxy: { cpuRequest: '200m' }, labels: { team: 'edge' } },
};

test('with the least props', () => {
  expect(render()).toMatchSnapshot();
});

test('with all props', () => {
  expect(render(ALL)).toMatchSnapshot();
});

test('its namespace is meshed by plain injection, and allows what the mesh needs', () => {
  const platform = new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador() });
  expect(platform.namespaces.find('ambassador')?.toJson()).toMatchObject({
    metadata: {
      annotations: { 'linkerd.io/inject': 'enabled' },
      labels: { 'pod-security.kubernetes.io/enforce': 'privileged' },
    },
  });
});

test('what the user says of its namespace is laid over that', () => {
  const platform = new Platform(new App(), 'platform', {
    domain: 'example.com',
    ingress: ambassador({ namespace: { labels: { team: 'edge' }, annotations: { owner: 'edge@example.com' } } }),
  });
  expect(platform.namespaces.find('ambassador')?.toJson()).toMatchObject({
    metadata: {
      annotations: { 'linkerd.io/inject': 'enabled', owner: 'edge@example.com' },
      labels: { 'pod-security.kubernetes.io/enforce': 'privileged', team: 'edge' },
    },
  });
});

test('proxies that are no native sidecars, of the whole mesh or of the namespace, wait while Ambassador drains', () => {
  const waits = (props: Partial<PlatformProps>): string | undefined => {
    const platform = new Platform(new App(), 'platform', {
      domain: 'example.com',
      ingress: ambassador(),
      ...props,
    });
    const deployment = collectObjects(platform).find(
      ({ manifest: { kind, metadata } }) => kind === 'Deployment' && metadata.namespace === 'ambassador',
    );
    const { template } = deployment?.manifest.spec as { template: { metadata: { annotations: object } } };
    return (template.metadata.annotations as Record<string, string>)[
      'config.linkerd.io/proxy-wait-before-exit-seconds'
    ];
  };
  expect(waits({})).toBeUndefined();
  expect(waits({ linkerd: { proxy: { nativeSidecar: false } } })).toBe('10');
  expect(waits({ ingress: ambassador({ namespace: { proxy: { nativeSidecar: false } } }) })).toBe('10');
});

test('every object says of what it is part, and none that Helm made it', () => {
  for (const { metadata } of render()) {
    expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'ambassador' });
    expect(Object.keys(metadata.labels ?? {})).not.toContain('helm.sh/chart');
    expect(Object.keys(metadata.labels ?? {})).not.toContain('app.kubernetes.io/managed-by');
  }
});

test('the layer says where requests arrive, and those Services are there', () => {
  const { networking } = new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador() });
  expect(networking.ingressClass).toBe('ambassador.ingress.networking.knative.dev');
  const services = render().filter(({ kind }) => kind === 'Service');
  for (const { namespace, name, port } of [networking.publicService, networking.clusterLocalService]) {
    expect(services).toContainEqual(
      expect.objectContaining({
        metadata: expect.objectContaining({ namespace, name }) as unknown,
        spec: expect.objectContaining({
          ports: expect.arrayContaining([expect.objectContaining({ port })]) as unknown,
        }) as unknown,
      }),
    );
  }
});

test('what is wrong is reported together, on Ambassador', () => {
  expect(() => render({ replicas: 0, image: 'my image', service: { loadBalancerSourceRanges: ['10.0.0.1'] } })).toThrow(
    [
      'platform/networking/ambassador: service.loadBalancerSourceRanges[0]: "10.0.0.1" is an address without a mask: write "10.0.0.1/32" for that address alone',
      'platform/networking/ambassador: replicas: 0 is not a whole number of at least 1',
      'platform/networking/ambassador: image: "my image" is not an image: write registry/path:tag or registry/path@sha256:digest, the path in lower case and without spaces',
    ].join('\n'),
  );
});
