import { App } from 'cdk8s';
import type { NamespaceProps } from './namespaces';
import { Namespaces } from './namespaces';
import { collectObjects } from './objects/collect';

const declare = (name: string, props?: NamespaceProps): Namespaces => {
  const namespaces = new Namespaces(new App());
  namespaces.add(name, props);
  return namespaces;
};
const manifest = (namespaces: Namespaces): unknown => collectObjects(namespaces)[0]?.manifest;

const ALL: Required<NamespaceProps> = {
  inject: 'ingress',
  mtls: 'required',
  podSecurity: 'baseline',
  proxy: {
    cpuRequest: '100m',
    cpuLimit: '1',
    memoryRequest: '20Mi',
    memoryLimit: '250Mi',
    logLevel: 'warn,linkerd=debug',
    nativeSidecar: false,
    skipInboundPorts: [8080, '4567-4569'],
    skipOutboundPorts: [25],
    opaquePorts: [3306],
    waitBeforeExitSeconds: 10,
  },
  labels: { team: 'blue' },
  annotations: { owner: 'blue@example.com' },
};

test('with the least props', () => {
  expect(manifest(declare('team-a'))).toMatchSnapshot();
});

test('with all props', () => {
  expect(manifest(declare('team-a', ALL))).toMatchSnapshot();
});

test('a namespace outside the mesh says so and asks for no privileges', () => {
  expect(manifest(declare('plain', { inject: 'disabled' }))).toEqual({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'plain', annotations: { 'linkerd.io/inject': 'disabled' } },
  });
});

test.each<[string, NamespaceProps, string]>([
  [
    'Team_A',
    {},
    `name: "Team_A" is not a DNS label: use lower case letters, digits and '-', with a letter or digit at both ends`,
  ],
  ['a'.repeat(64), {}, `name: "${'a'.repeat(64)}" has 64 characters: at most 63 are allowed`],
  [
    'a',
    { annotations: { 'linkerd.io/inject': 'enabled' } },
    'annotations: linkerd.io/inject is refused: set the prop inject instead',
  ],
  [
    'a',
    { annotations: { 'config.linkerd.io/default-inbound-policy': 'deny' } },
    'annotations: config.linkerd.io/default-inbound-policy is refused: set the prop mtls instead, which also lets those in who must be',
  ],
  [
    'a',
    { mtls: 'required', inject: 'disabled' },
    'mtls: "required" is enforced by nothing where pods have no proxy: leave mtls out, or inject: "disabled"',
  ],
  [
    'cert-manager',
    { mtls: 'required' },
    'mtls: "required" is enforced by nothing in cert-manager, which Linkerd never meshes: leave mtls out',
  ],
  [
    'kube-system',
    { inject: 'enabled' },
    'inject: "enabled" does nothing in kube-system, which Linkerd never meshes: leave inject out',
  ],
  [
    'cert-manager',
    { inject: 'ingress' },
    'inject: "ingress" does nothing in cert-manager, which Linkerd never meshes: leave inject out',
  ],
  [
    'a',
    { labels: { 'config.linkerd.io/admission-webhooks': 'disabled' } },
    'labels: config.linkerd.io/admission-webhooks "disabled" is refused: the proxy injector does not see the namespace, and its pods start without a proxy: remove it, or set inject to "disabled"',
  ],
  [
    'a',
    { annotations: { 'config.linkerd.io/proxy-additional-env': '[]' } },
    'annotations: config.linkerd.io/proxy-additional-env is refused: the proxy injector answers with a broken patch when a namespace has it, and no pod is created any more: set it on a pod template',
  ],
  [
    'a',
    { proxy: { cpuRequest: '-1' } },
    'proxy.cpuRequest: "-1" is not a quantity: write for example "200m" of CPU or "300Mi" of memory',
  ],
  [
    'a',
    { proxy: { memoryLimit: '20 Mi' } },
    'proxy.memoryLimit: "20 Mi" is not a quantity: write for example "200m" of CPU or "300Mi" of memory',
  ],
  [
    'a',
    { proxy: { memoryRequest: '1Gi', memoryLimit: '250Mi' } },
    'proxy.memoryRequest: "1Gi" is more than the limit "250Mi": lower it, or raise the limit',
  ],
  [
    'a',
    { proxy: { skipInboundPorts: [0] } },
    'proxy.skipInboundPorts: 0 is not a port or a range of ports: write for example 8080 or "4567-4569"',
  ],
  [
    'a',
    { proxy: { opaquePorts: ['9-3'] } },
    'proxy.opaquePorts: "9-3" is not a port or a range of ports: write for example 8080 or "4567-4569"',
  ],
  [
    'a',
    { proxy: { waitBeforeExitSeconds: -5 } },
    'proxy.waitBeforeExitSeconds: -5 is not a number of seconds from 0 to 3600',
  ],
  [
    'a',
    { proxy: { waitBeforeExitSeconds: 5 } },
    "proxy.waitBeforeExitSeconds: 5 is refused by Linkerd's injector for native sidecars, which stop after the pod's containers anyway: leave it out, or set proxy.nativeSidecar to false",
  ],
  [
    'a',
    { proxy: { logLevel: 'loud; really' } },
    'proxy.logLevel: "loud; really" is not a log level: write for example "info" or "warn,linkerd=debug"',
  ],
])('refuses %s with %j', (name, props, message) => {
  expect(() => collectObjects(declare(name, props))).toThrow(`namespaces/${name}: ${message}`);
});

test.each(['kube-system', 'cert-manager'])('%s is not in the mesh, and says so', (name) => {
  const namespaces = declare(name);
  expect(namespaces.find(name)).toMatchObject({ inject: 'disabled', meshed: false });
  expect(manifest(namespaces)).toEqual({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, annotations: { 'linkerd.io/inject': 'disabled' } },
  });
});

test('asked to be meshed all the same, it is not', () => {
  expect(declare('kube-system', { inject: 'enabled' }).find('kube-system')?.meshed).toBe(false);
});

test('a namespace outside the mesh may keep all admission webhooks of Linkerd away', () => {
  const labels = { 'config.linkerd.io/admission-webhooks': 'disabled' };
  expect(manifest(declare('plain', { inject: 'disabled', labels }))).toMatchObject({ metadata: { labels } });
});

test('with linkerd-cni, meshed pods need no privileges', () => {
  const namespaces = new Namespaces(new App(), { cni: true });
  namespaces.add('team-a');
  namespaces.add('team-b', { podSecurity: 'privileged' });
  const labels = collectObjects(namespaces).map(({ manifest: { metadata } }) => metadata.labels);
  expect(labels).toEqual([
    { 'pod-security.kubernetes.io/enforce': 'baseline' },
    { 'pod-security.kubernetes.io/enforce': 'privileged' },
  ]);
});

test('a namespace is declared once', () => {
  const namespaces = declare('team-a');
  expect(namespaces.add('team-a', { inject: 'disabled' })).toBe(namespaces.find('team-a'));
  expect(() => collectObjects(namespaces)).toThrow(
    'namespaces: namespace "team-a" is declared twice: remove one of the two, or put all its props into one',
  );
});
