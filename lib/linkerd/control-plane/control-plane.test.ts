import { App } from 'cdk8s';
import { parse } from 'yaml';
import { inventory } from '../../../testing/inventory';
import type { Container, DeploymentProps } from '../../../imports/kubernetes';
import { Namespaces } from '../../namespaces';
import { collectObjects } from '../../objects/collect';
import type { Json, Manifest, PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import { warningsOf } from '../../objects/mistakes';
import { Phase } from '../../objects/phase';
import { holdsPrivateKey } from '../../objects/private-key';
import { OTHER_AUTHORITY, TRUST_ANCHORS } from '../testing/certificates';
import { caBundle, trustRootSha256 } from '../trust-root';
import { LinkerdControlPlane } from './control-plane';
import { LINKERD_NAMESPACE, LINKERD_NAMESPACE_PROPS } from './namespace';
import type { LinkerdControlPlaneProps } from './props';

type Props = Omit<LinkerdControlPlaneProps, 'namespaces'>;
const LEAST = { trustAnchors: TRUST_ANCHORS, webhookCaBundle: OTHER_AUTHORITY } satisfies Props;

const ALL: Required<Props> = {
  ...LEAST,
  highAvailability: true,
  replicas: 5,
  injectorReplicas: 4,
  validatorFailurePolicy: 'Fail',
  proxy: {
    cpuRequest: '10m',
    cpuLimit: '1',
    memoryRequest: '30Mi',
    memoryLimit: '300Mi',
    logLevel: 'warn,linkerd=debug',
    nativeSidecar: false,
    skipInboundPorts: [9000, '9100-9200'],
    skipOutboundPorts: [25],
    opaquePorts: [5432],
    waitBeforeExitSeconds: 5,
  },
  cni: true,
  defaultInboundPolicy: 'all-authenticated',
  clusterNetworks: ['10.0.0.0/8', 'fd00::/8'],
  probeNetworks: ['192.168.0.0/24'],
  resources: {
    destination: { cpuRequest: '1' },
    heartbeat: { cpuLimit: '2' },
    identity: { memoryRequest: '1Gi' },
    policyController: { memoryLimit: '2Gi' },
    proxyInjector: { cpuRequest: '200m', memoryLimit: '500Mi' },
    spValidator: {},
  },
  heartbeat: true,
  heartbeatHour: 23,
  prometheusUrl: 'http://prometheus.monitoring:9090',
  logLevel: 'debug',
  logFormat: 'json',
  imageRegistry: 'registry.example.com:5000/mirror',
  nodeSelector: { 'example.com/pool': 'system' },
  tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
  priorityClassName: 'system-cluster-critical',
  podAnnotations: { 'example.com/team': 'blue' },
};

function controlPlane(props: Partial<Props> = {}): LinkerdControlPlane {
  const app = new App();
  const namespaces = new Namespaces(app);
  const made = new LinkerdControlPlane(new Phase(app, 'linkerd'), { ...LEAST, namespaces, ...props });
  namespaces.add('team-b');
  namespaces.add('plain', { inject: 'disabled' });
  namespaces.add('team-a');
  namespaces.add(LINKERD_NAMESPACE, LINKERD_NAMESPACE_PROPS);
  return made;
}
const objects = (props?: Partial<Props>): PlatformObject[] => {
  const made = controlPlane(props);
  return collectObjects(made.node.root).filter(({ phase }) => phase === '20-linkerd');
};
const find = (name: string, props?: Partial<Props>): Manifest | undefined =>
  objects(props).find(({ manifest }) => describeObject(manifest) === name)?.manifest;
const names = (props?: Partial<Props>): string[] => objects(props).map(({ manifest }) => describeObject(manifest));

const spec = (component: string, props?: Partial<Props>): NonNullable<DeploymentProps['spec']> =>
  find(`Deployment linkerd/linkerd-${component}`, props)?.spec as unknown as NonNullable<DeploymentProps['spec']>;
const pod = (component: string, props?: Partial<Props>): { initContainers: Container[]; containers: Container[] } =>
  spec(component, props).template.spec as unknown as { initContainers: Container[]; containers: Container[] };
const container = (component: string, name: string, props?: Partial<Props>): Container | undefined => {
  const { initContainers, containers } = pod(component, props);
  return [...initContainers, ...containers].find((candidate) => candidate.name === name);
};
const values = (props?: Partial<Props>): Record<string, Record<string, unknown>> =>
  parse((find('ConfigMap linkerd/linkerd-config', props)?.data as { values: string }).values) as Record<
    string,
    Record<string, unknown>
  >;
const webhooks = (name: string, props?: Partial<Props>): Record<string, unknown>[] =>
  find(name, props)?.webhooks as unknown as Record<string, unknown>[];

const PROXIED = ['destination', 'identity', 'proxy-injector'];

test('with the least props', () => {
  expect(inventory(objects())).toMatchSnapshot();
});

test('with all props', () => {
  expect(inventory(objects(ALL))).toMatchSnapshot();
});

test('no Secret and no private key is rendered', () => {
  const rendered = objects(ALL);
  expect(rendered.filter(({ manifest }) => manifest.kind === 'Secret')).toEqual([]);
  expect(rendered.filter(({ manifest }) => holdsPrivateKey(manifest as Json))).toEqual([]);
});

describe('born meshed', () => {
  const NAMES = { key: 'kubernetes.io/metadata.name', values: ['team-a', 'team-b'] };

  test("Linkerd's own configuration fails open, for namespaces that the platform does not mesh", () => {
    const own = webhooks('MutatingWebhookConfiguration linkerd-proxy-injector-webhook-config');
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ failurePolicy: 'Ignore', rules: [{ resources: ['pods', 'services'] }] });
    expect(own[0]?.namespaceSelector).toHaveProperty('matchExpressions[2]', { ...NAMES, operator: 'NotIn' });
  });

  test("the platform's own one fails closed for pods of meshed namespaces, and open for their Services", () => {
    const own = webhooks('MutatingWebhookConfiguration linkerd-proxy-injector-meshed-namespaces');
    expect(own.map(({ failurePolicy, rules }) => [failurePolicy, rules])).toMatchObject([
      ['Fail', [{ resources: ['pods'] }]],
      ['Ignore', [{ resources: ['services'] }]],
    ]);
    for (const { namespaceSelector } of own) {
      expect(namespaceSelector).toHaveProperty('matchExpressions[1]', { ...NAMES, operator: 'In' });
    }
  });

  test('high availability changes neither', () => {
    for (const name of ['linkerd-proxy-injector-webhook-config', 'linkerd-proxy-injector-meshed-namespaces']) {
      const configuration = `MutatingWebhookConfiguration ${name}`;
      expect(webhooks(configuration, { highAvailability: true })).toEqual(webhooks(configuration));
    }
  });

  test('two injectors run, and a drain takes one at a time', () => {
    expect(spec('proxy-injector').replicas).toBe(2);
    expect(spec('proxy-injector', { replicas: 4 }).replicas).toBe(4);
    expect(find('PodDisruptionBudget linkerd/linkerd-proxy-injector')?.spec).toMatchObject({ maxUnavailable: 1 });
  });

  test('one injector alone is warned of', () => {
    expect(warningsOf(controlPlane({ injectorReplicas: 1 })).map(({ message }) => message)).toEqual([
      'linkerd.injectorReplicas: 1 means that no pod of a meshed namespace is created while that one restarts: give 2 or more',
    ]);
    expect(warningsOf(controlPlane())).toEqual([]);
  });
});

test.each([
  ['Ignore', {}],
  ['Ignore', { highAvailability: true }],
  ['Fail', { validatorFailurePolicy: 'Fail' as const }],
])('validators that do not answer: %s with %j', (failurePolicy, props) => {
  for (const name of ['linkerd-sp-validator-webhook-config', 'linkerd-policy-validator-webhook-config']) {
    expect(webhooks(`ValidatingWebhookConfiguration ${name}`, props)).toMatchObject([{ failurePolicy }]);
  }
  expect(values(props).webhookFailurePolicy).toBe(failurePolicy);
});

describe('certificates', () => {
  test('the trust anchors are published, and their sum stands on each pod', () => {
    expect(find('ConfigMap linkerd/linkerd-identity-trust-roots')?.data).toEqual({
      'ca-bundle.crt': TRUST_ANCHORS.trim(),
    });
    expect(values().identityTrustAnchorsPEM).toBe(TRUST_ANCHORS);
    for (const component of PROXIED) {
      expect(spec(component).template.metadata?.annotations).toMatchObject({
        'linkerd.io/trust-root-sha256': trustRootSha256(TRUST_ANCHORS),
      });
    }
  });

  test("the webhooks' CA is another one", () => {
    const all = objects().flatMap(({ manifest }) => (manifest.webhooks ?? []) as { clientConfig: object }[]);
    expect(all).toHaveLength(5);
    for (const { clientConfig } of all) expect(clientConfig).toMatchObject({ caBundle: caBundle(OTHER_AUTHORITY) });
    for (const name of ['proxyInjector', 'profileValidator', 'policyValidator']) {
      expect(values()[name]).toMatchObject({ caBundle: OTHER_AUTHORITY, externalSecret: true });
    }
  });

  test('blanks around them change nothing', () => {
    const padded = { trustAnchors: `\n${TRUST_ANCHORS}\n\n`, webhookCaBundle: OTHER_AUTHORITY.trim() };
    expect(inventory(objects(padded))).toEqual(inventory(objects()));
  });
});

describe('the proxies of the control plane', () => {
  test('are native sidecars behind linkerd-init, but for that of the identity service, which they all wait for', () => {
    for (const component of ['destination', 'proxy-injector']) {
      const { initContainers, containers } = pod(component);
      expect(initContainers.map(({ name }) => name)).toEqual(['linkerd-init', 'linkerd-proxy']);
      expect(initContainers[1]?.restartPolicy).toBe('Always');
      expect(containers.map(({ name }) => name)).not.toContain('linkerd-proxy');
    }
    const { initContainers, containers } = pod('identity');
    expect(initContainers.map(({ name }) => name)).toEqual(['linkerd-init']);
    expect(containers.map(({ name }) => name)).toEqual(['identity', 'linkerd-proxy']);
  });

  test('without native sidecars they are the first containers, and hold back the others', () => {
    const { initContainers, containers } = pod('destination', { proxy: { nativeSidecar: false } });
    expect(initContainers.map(({ name }) => name)).toEqual(['linkerd-init']);
    expect(containers[0]).toMatchObject({
      name: 'linkerd-proxy',
      lifecycle: {
        postStart: { exec: { command: ['/usr/lib/linkerd/linkerd-await', '--timeout=2m', '--port=4191'] } },
      },
    });
    expect(containers[0]).not.toHaveProperty('restartPolicy');
    expect(containers[0]).not.toHaveProperty('startupProbe');
    expect(container('identity', 'linkerd-proxy', { proxy: { nativeSidecar: false } })).not.toHaveProperty('lifecycle');
  });

  test('the identity service takes TLS of the mesh alone', () => {
    const required = (component: string) =>
      container(component, 'linkerd-proxy')?.env?.find(({ name }) => name.endsWith('_REQUIRE_TLS'))?.value;
    expect(PROXIED.map(required)).toEqual([undefined, '8080', undefined]);
  });

  test('with linkerd-cni no container has privileges', () => {
    for (const component of PROXIED) {
      const { initContainers, containers } = pod(component, { cni: true });
      expect(initContainers[0]).toMatchObject({
        name: 'linkerd-network-validator',
        securityContext: { capabilities: { drop: ['ALL'] } },
      });
      for (const { securityContext } of [...initContainers, ...containers]) {
        expect(securityContext?.capabilities?.add).toBeUndefined();
      }
    }
    expect(values({ cni: true }).cniEnabled).toBe(true);
  });

  test("they have the platform's settings, which stand in linkerd-config for all other pods", () => {
    const { proxy, proxyInit } = values(ALL);
    expect(proxy).toMatchObject({
      logLevel: 'warn,linkerd=debug',
      nativeSidecar: false,
      opaquePorts: '5432',
      waitBeforeExitSeconds: 5,
      defaultInboundPolicy: 'all-authenticated',
      image: { name: 'registry.example.com:5000/mirror/linkerd/proxy' },
      resources: { cpu: { request: '10m', limit: '1' }, memory: { request: '30Mi', limit: '300Mi' } },
    });
    expect(proxyInit).toMatchObject({ ignoreInboundPorts: '9000,9100-9200', ignoreOutboundPorts: '25' });
    expect(container('destination', 'linkerd-proxy', ALL)?.resources).toEqual({
      requests: { cpu: '10m', memory: '30Mi' },
      limits: { cpu: '1', memory: '300Mi' },
    });
    expect(container('destination', 'linkerd-init', { ...ALL, cni: false })?.args).toEqual(
      expect.arrayContaining(['4190,4191,9000,9100-9200', '443,6443']),
    );
  });

  test("webhooks take the API server's calls whatever the mesh's policy is", () => {
    const props = { defaultInboundPolicy: 'all-authenticated' as const };
    for (const component of PROXIED) {
      expect(container(component, 'linkerd-proxy', props)?.env).toContainEqual({
        name: 'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY',
        value: 'all-unauthenticated',
      });
    }
    expect(container('destination', 'policy', props)?.args).toContain('--default-policy=all-authenticated');
  });
});

test('high availability: three of each, on different nodes, with budgets and resources', () => {
  const props = { highAvailability: true };
  for (const component of PROXIED) {
    const { replicas, template } = spec(component, props);
    expect(replicas).toBe(3);
    expect(template.spec?.affinity?.podAntiAffinity).toHaveProperty(
      'requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey',
      'kubernetes.io/hostname',
    );
  }
  expect(names(props).filter((name) => name.startsWith('PodDisruptionBudget'))).toEqual([
    'PodDisruptionBudget linkerd/linkerd-dst',
    'PodDisruptionBudget linkerd/linkerd-identity',
    'PodDisruptionBudget linkerd/linkerd-proxy-injector',
  ]);
  expect(container('identity', 'identity', props)?.resources).toEqual({
    requests: { cpu: '100m', memory: '10Mi' },
    limits: { memory: '250Mi' },
  });
  expect(values(props)).toMatchObject({ highAvailability: true, controllerReplicas: 3 });
});

test('what is given wins over what high availability sets', () => {
  const props: Partial<Props> = {
    highAvailability: true,
    resources: { identity: { cpuRequest: '1' } },
    proxy: { cpuRequest: '1' },
  };
  expect(container('identity', 'identity', props)?.resources).toEqual({ requests: { cpu: '1' } });
  expect(container('identity', 'linkerd-proxy', props)?.resources).toEqual({
    requests: { cpu: '1', memory: '20Mi' },
    limits: { memory: '250Mi' },
  });
});

describe('the heartbeat', () => {
  const schedule = (props?: Partial<Props>): unknown => find('CronJob linkerd/linkerd-heartbeat', props)?.spec;

  test('comes at an hour that does not depend on that of rendering', () => {
    expect(schedule()).toMatchObject({ schedule: '0 0 * * *' });
    expect(schedule({ heartbeatHour: 4 })).toMatchObject({ schedule: '0 4 * * *' });
  });

  test('can be left out, with its rights', () => {
    expect(names().filter((name) => name.includes('heartbeat'))).toHaveLength(6);
    expect(names({ heartbeat: false }).filter((name) => name.includes('heartbeat'))).toEqual([]);
    expect(values({ heartbeat: false }).disableHeartBeat).toBe(true);
  });
});

test('every image comes from the registry that is given', () => {
  const images = objects({ imageRegistry: 'registry.example.com' }).flatMap(
    ({ manifest }) => JSON.stringify(manifest).match(/"image":"[^"]+"/g) ?? [],
  );
  expect(new Set(images)).toEqual(
    new Set([
      '"image":"registry.example.com/linkerd/controller:edge-26.8.3"',
      '"image":"registry.example.com/linkerd/proxy:edge-26.8.3"',
    ]),
  );
  expect(JSON.stringify(values({ imageRegistry: 'registry.example.com' }))).not.toContain('cr.l5d.io');
});

test('where the pods run, and their annotations', () => {
  const { template } = spec('destination', ALL);
  expect(template.spec).toMatchObject({
    nodeSelector: { 'kubernetes.io/os': 'linux', 'example.com/pool': 'system' },
    tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
    priorityClassName: 'system-cluster-critical',
  });
  expect(template.metadata?.annotations).toMatchObject({ 'example.com/team': 'blue' });
  expect(values(ALL)).toMatchObject({ tolerations: [{ key: 'CriticalAddonsOnly' }] });
});

test.each<[Partial<Props>, string]>([
  [{ trustAnchors: 'x' }, 'trustAnchors: holds no certificate: give the trust anchors in PEM'],
  [{ webhookCaBundle: '' }, 'webhookCaBundle: holds no certificate: give the trust anchors in PEM'],
  [{ replicas: 0 }, 'replicas: 0 is not a whole number from 1 to 100'],
  [{ injectorReplicas: 1.5 }, 'injectorReplicas: 1.5 is not a whole number from 1 to 100'],
  [{ heartbeatHour: 24 }, 'heartbeatHour: 24 is not a whole number from 0 to 23'],
  [
    { clusterNetworks: ['10.0.0.0'] },
    'clusterNetworks: "10.0.0.0" is an address without a mask: write "10.0.0.0/32" for that address alone',
  ],
  [
    { probeNetworks: ['nodes'] },
    'probeNetworks: "nodes" is not a network: write for example "10.0.0.0/8" or "2001:db8::/32"',
  ],
  [{ probeNetworks: [] }, 'probeNetworks: [] holds no address range: leave it out, or give one'],
  [
    { resources: { identity: { cpuRequest: 'much' } } },
    'resources.identity.cpuRequest: "much" is not a quantity: write for example "200m" of CPU or "300Mi" of memory',
  ],
  [
    { imageRegistry: 'https://registry.example.com' },
    'imageRegistry: "https://registry.example.com" is not a registry: write for example "registry.example.com" or "registry.example.com:5000/mirror"',
  ],
  [
    { prometheusUrl: 'prometheus:9090' },
    'prometheusUrl: "prometheus:9090" is not a URL of HTTP: write for example "http://prometheus.monitoring.svc.cluster.local:9090"',
  ],
  [
    { podAnnotations: { 'linkerd.io/inject': 'enabled' } },
    "podAnnotations: linkerd.io/inject is Linkerd's own: leave it out",
  ],
  [
    { proxy: { cpuLimit: '-1' } },
    'proxy.cpuLimit: "-1" is not a quantity: write for example "200m" of CPU or "300Mi" of memory',
  ],
  [
    { proxy: { skipInboundPorts: ['8000-9000'] } },
    'proxy.skipInboundPorts: 8000-9000 cuts the mesh off from its control plane, whose own port 8080 takes mTLS: set it on the namespaces that need it',
  ],
  [
    { proxy: { waitBeforeExitSeconds: 5 } },
    "proxy.waitBeforeExitSeconds: 5 is refused by Linkerd's injector for native sidecars, which stop after the pod's containers anyway: leave it out, or set linkerd.proxy.nativeSidecar to false",
  ],
  [
    { resources: { identity: { cpuRequest: '2', cpuLimit: '1' } } },
    'resources.identity.cpuRequest: "2" is more than the limit "1": lower it, or raise the limit',
  ],
  [
    { highAvailability: true, proxy: { memoryRequest: '1Gi' } },
    'proxy.memoryRequest: "1Gi" is more than the limit "250Mi": lower it, or raise the limit',
  ],
])('refuses %j', (props, message) => {
  expect(() => objects(props)).toThrow(`linkerd/linkerd-control-plane: linkerd.${message}`);
});
