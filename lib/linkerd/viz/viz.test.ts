import { App } from 'cdk8s';
import { parse } from 'yaml';
import { inventory } from '../../../testing/inventory';
import type { Container, DeploymentProps } from '../../../imports/kubernetes';
import { collectObjects } from '../../objects/collect';
import type { Json, Manifest, PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import { Phase } from '../../objects/phase';
import { holdsPrivateKey } from '../../objects/private-key';
import { TRUST_ANCHORS } from '../testing/certificates';
import { caBundle } from '../trust-root';
import type { LinkerdVizProps } from './props';
import { TAPPABLE } from './tappable';
import { LinkerdViz } from './viz';

const ALL: Required<LinkerdVizProps> = {
  webhookCaBundle: TRUST_ANCHORS,
  prometheusUrl: 'https://prometheus.example.com/linkerd',
  grafanaUrl: 'grafana.grafana:3000',
  replicas: { 'metrics-api': 2, tap: 3, 'tap-injector': 4, web: 5 },
  resources: {
    'metrics-api': { cpuRequest: '1' },
    prometheus: { memoryLimit: '8Gi' },
    tap: { cpuLimit: '2' },
    'tap-injector': { memoryRequest: '50Mi' },
    web: {},
  },
  nodeNetworks: ['192.168.0.0/24'],
  apiServerNetworks: ['192.168.1.1/32'],
  logLevel: 'debug',
  logFormat: 'json',
  imageRegistry: 'registry.example.com',
  nodeSelector: { 'example.com/pool': 'system' },
  tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
  podAnnotations: { 'config.linkerd.io/proxy-cpu-request': '10m' },
};
const COMPONENTS = ['metrics-api', 'prometheus', 'tap', 'tap-injector', 'web'];

const objects = (props: Partial<LinkerdVizProps> = {}): PlatformObject[] => {
  const phase = new Phase(new App(), 'linkerd-viz');
  new LinkerdViz(phase, { webhookCaBundle: TRUST_ANCHORS, ...props });
  return collectObjects(phase);
};
const find = (name: string, props?: Partial<LinkerdVizProps>): Manifest | undefined =>
  objects(props).find(({ manifest }) => describeObject(manifest) === name)?.manifest;
const names = (props?: Partial<LinkerdVizProps>): string[] =>
  objects(props).map(({ manifest }) => describeObject(manifest));
const spec = (component: string, props?: Partial<LinkerdVizProps>): NonNullable<DeploymentProps['spec']> =>
  find(`Deployment linkerd-viz/${component}`, props)?.spec as unknown as NonNullable<DeploymentProps['spec']>;
const container = (component: string, props?: Partial<LinkerdVizProps>): Container | undefined =>
  spec(component, props).template.spec?.containers[0];

test('with the least props', () => {
  expect(inventory(objects())).toMatchSnapshot();
});

test('with all props', () => {
  expect(inventory(objects(ALL))).toMatchSnapshot();
});

test('no Secret and no private key is rendered', () => {
  expect(objects().filter(({ manifest }) => manifest.kind === 'Secret')).toEqual([]);
  expect(objects().filter(({ manifest }) => holdsPrivateKey(manifest as Json))).toEqual([]);
});

test('its pods are meshed by the injector, can be tapped, and have no rights on their nodes', () => {
  for (const component of COMPONENTS) {
    const { template } = spec(component);
    expect(template.metadata?.annotations).toMatchObject({ 'linkerd.io/inject': 'enabled', ...TAPPABLE });
    expect(template.spec?.containers).toMatchObject([
      {
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
        },
      },
    ]);
    expect(template.spec).not.toHaveProperty('initContainers');
  }
});

test('the CA of tap stands where the API server looks', () => {
  expect(find('APIService v1alpha1.tap.linkerd.io')?.spec).toMatchObject({ caBundle: caBundle(TRUST_ANCHORS) });
  expect(find('MutatingWebhookConfiguration linkerd-tap-injector-webhook-config')?.webhooks).toMatchObject([
    { clientConfig: { caBundle: caBundle(TRUST_ANCHORS) }, failurePolicy: 'Ignore' },
  ]);
});

describe('Prometheus', () => {
  test("viz's own scrapes the proxies of this control plane", () => {
    const { data } = find('ConfigMap linkerd-viz/prometheus-config') as unknown as {
      data: { 'prometheus.yml': string };
    };
    const config = parse(data['prometheus.yml']) as {
      scrape_configs: { job_name: string; relabel_configs: unknown }[];
    };
    const proxies = config.scrape_configs.find(({ job_name }) => job_name === 'linkerd-proxy');
    expect(proxies?.relabel_configs).toContainEqual(
      expect.objectContaining({ action: 'keep', regex: '^linkerd-proxy;linkerd-admin;linkerd$' }),
    );
  });

  test('with another one it is left out, with all that is for it', () => {
    const props = { prometheusUrl: 'http://prometheus.monitoring:9090' };
    expect(names().filter((name) => name.includes('prometheus'))).toHaveLength(9);
    expect(names(props).filter((name) => name.includes('prometheus'))).toEqual([]);
    expect(container('metrics-api', props)?.args).toContain('-prometheus-url=http://prometheus.monitoring:9090');
  });

  test('its words for log formats are its own', () => {
    expect(container('prometheus')?.args).toContain('--log.format=logfmt');
    expect(container('prometheus', { logFormat: 'json' })?.args).toContain('--log.format=json');
  });
});

test.each([
  ['grafana.grafana:3000', '-grafana-addr=grafana.grafana:3000'],
  ['https://grafana.example.com', '-grafana-external-addr=https://grafana.example.com'],
])('the dashboard leads to the Grafana %s', (grafanaUrl, argument) => {
  expect(container('web', { grafanaUrl })?.args).toContain(argument);
  expect(container('web')?.args?.filter((given) => given.includes('grafana'))).toEqual([]);
});

test('every image comes from the registry that is given', () => {
  const props = { imageRegistry: 'registry.example.com' };
  expect(COMPONENTS.map((component) => container(component, props)?.image)).toEqual([
    'registry.example.com/linkerd/metrics-api:edge-26.8.3',
    'registry.example.com/prom/prometheus:v2.55.1',
    'registry.example.com/linkerd/tap:edge-26.8.3',
    'registry.example.com/linkerd/tap:edge-26.8.3',
    'registry.example.com/linkerd/web:edge-26.8.3',
  ]);
});

test('who may call what can be narrowed to the networks that it comes from', () => {
  const networks = (name: string): unknown => find(`NetworkAuthentication linkerd-viz/${name}`, ALL)?.spec;
  expect(networks('kubelet')).toEqual({ networks: [{ cidr: '192.168.0.0/24' }] });
  expect(networks('kube-api-server')).toEqual({ networks: [{ cidr: '192.168.1.1/32' }] });
});

test('replicas, resources and places of the pods', () => {
  expect(spec('tap', ALL).replicas).toBe(3);
  expect(container('metrics-api', ALL)?.resources).toEqual({ requests: { cpu: '1' } });
  expect(spec('web', ALL).template).toMatchObject({
    metadata: { annotations: { 'config.linkerd.io/proxy-cpu-request': '10m' } },
    spec: {
      nodeSelector: { 'kubernetes.io/os': 'linux', 'example.com/pool': 'system' },
      tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
    },
  });
});

test.each<[Partial<LinkerdVizProps>, string]>([
  [{ webhookCaBundle: 'x' }, 'webhookCaBundle: holds no certificate: give the trust anchors in PEM'],
  [
    { prometheusUrl: 'prometheus' },
    'prometheusUrl: "prometheus" is not a URL of HTTP: write for example "http://prometheus.monitoring.svc.cluster.local:9090"',
  ],
  [
    { grafanaUrl: 'my grafana' },
    'grafanaUrl: "my grafana" is not a host and port or a URL: write for example "grafana.grafana:3000" or "https://grafana.example.com"',
  ],
  [{ replicas: { tap: 0 } }, 'replicas.tap: 0 is not a whole number from 1 to 100'],
  [
    { resources: { web: { cpuLimit: 'x' } } },
    'resources.web.cpuLimit: "x" is not a quantity: write for example "200m" of CPU or "300Mi" of memory',
  ],
  [
    { nodeNetworks: ['10.0.0.0/33'] },
    'nodeNetworks: "10.0.0.0/33" is not a network: write for example "10.0.0.0/8" or "2001:db8::/32"',
  ],
  [{ apiServerNetworks: [] }, 'apiServerNetworks: [] holds no address range: leave it out, or give one'],
  [
    { imageRegistry: 'a b' },
    'imageRegistry: "a b" is not a registry: write for example "registry.example.com" or "registry.example.com:5000/mirror"',
  ],
  [
    { podAnnotations: { 'linkerd.io/inject': 'disabled' } },
    "podAnnotations: linkerd.io/inject is viz's own: its pods are in the mesh",
  ],
])('refuses %j', (props, message) => {
  expect(() => objects(props)).toThrow(`linkerd-viz/linkerd-viz: linkerd.viz.${message}`);
});
