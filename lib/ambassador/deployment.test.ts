import { App } from 'cdk8s';
import { collectObjects } from '../objects/collect';
import { mistakesOf } from '../objects/mistakes';
import { Phase } from '../objects/phase';
import type { AmbassadorDeploymentProps } from './deployment';
import { addDeployment } from './deployment';

const declare = (props: AmbassadorDeploymentProps): Phase => {
  const phase = new Phase(new App(), 'networking');
  addDeployment(phase, props);
  return phase;
};

interface Pod {
  readonly metadata: { readonly labels: Record<string, string>; readonly annotations: Record<string, string> };
  readonly spec: {
    readonly terminationGracePeriodSeconds: number;
    readonly securityContext: object;
    readonly topologySpreadConstraints: readonly object[];
    readonly containers: readonly {
      readonly lifecycle: object;
      readonly securityContext: object;
      readonly ports: readonly object[];
    }[];
  };
}

const podOf = (props: AmbassadorDeploymentProps = {}): Pod =>
  (collectObjects(declare(props))[0]?.manifest.spec as unknown as { template: Pod }).template;

test('pods are meshed by plain injection: ingress mode would be for HTTP alone', () => {
  expect(podOf().metadata.annotations).toEqual({ 'linkerd.io/inject': 'enabled' });
});

test('pods run as the user of the image, which may write where Emissary does, and without any capability', () => {
  expect(podOf().spec.securityContext).toEqual({
    runAsUser: 8888,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(podOf().spec.containers[0]?.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  });
});

test('pods spread over nodes, or as told, or not at all', () => {
  expect(podOf().spec.topologySpreadConstraints).toEqual([
    expect.objectContaining({ topologyKey: 'kubernetes.io/hostname', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' }),
  ]);
  expect(podOf({ spread: [] }).spec).not.toHaveProperty('topologySpreadConstraints');
});

test("clients' addresses are kept by going past the proxy on public ports alone", () => {
  const annotations = { 'linkerd.io/inject': 'enabled', 'config.linkerd.io/skip-inbound-ports': '8080,8443' };
  expect(podOf({ preserveClientAddress: true }).metadata.annotations).toEqual(annotations);
});

test('ports that go past the proxy anyway are kept, each once', () => {
  const { metadata } = podOf({ preserveClientAddress: true, proxy: { skipInboundPorts: [8877, 8080] } });
  expect(metadata.annotations['config.linkerd.io/skip-inbound-ports']).toBe('8877,8080,8443');
});

test.each([
  [{}, 10],
  [{ drainSeconds: 25 }, 25],
])('a pod that stops goes on taking requests, and has as long as ever to stop then: %j', (props, seconds) => {
  const { spec } = podOf(props);
  expect(spec.containers[0]?.lifecycle).toEqual({ preStop: { sleep: { seconds } } });
  expect(spec.terminationGracePeriodSeconds).toBe(seconds + 30);
});

test("a proxy that is no native sidecar waits meanwhile, and public ports that go past it don't change that", () => {
  const { metadata } = podOf({ drainSeconds: 25, preserveClientAddress: true, proxy: { nativeSidecar: false } });
  expect(metadata.annotations).toEqual({
    'linkerd.io/inject': 'enabled',
    'config.linkerd.io/proxy-enable-native-sidecar': 'false',
    'config.linkerd.io/proxy-wait-before-exit-seconds': '25',
    'config.linkerd.io/skip-inbound-ports': '8080,8443',
  });
});

test.each<[AmbassadorDeploymentProps, string]>([
  [{ drainSeconds: 0 }, 'drainSeconds: 0 is not a whole number from 1 to 3600'],
  [{ drainSeconds: 2.5 }, 'drainSeconds: 2.5 is not a whole number from 1 to 3600'],
  [{ replicas: 0 }, 'replicas: 0 is not a whole number of at least 1'],
  [{ replicas: 1.5 }, 'replicas: 1.5 is not a whole number of at least 1'],
  [
    { image: 'ghcr.io/emissary ingress/emissary' },
    'image: "ghcr.io/emissary ingress/emissary" is not an image: write registry/path:tag or registry/path@sha256:digest, the path in lower case and without spaces',
  ],
  [
    { resources: { requests: { cpu: '200 m' } } },
    'resources.requests.cpu: "200 m" is not a quantity: write for example "200m" of CPU or "300Mi" of memory',
  ],
  [
    { resources: { limits: { memory: '600MB' } } },
    'resources.limits.memory: "600MB" is not a quantity: write for example "200m" of CPU or "300Mi" of memory',
  ],
  [
    { env: { AMBASSADOR_NAMESPACE: 'default' } },
    'env: "AMBASSADOR_NAMESPACE" is refused: the platform sets it itself: leave it out',
  ],
  [
    { spread: [{ over: 'node name' }] },
    `spread[0].over: "node name" is not the key of a label or annotation: write at most 63 letters, digits, '-', '_' and '.', where wanted behind a domain and '/', for example "example.com/team"`,
  ],
  [
    { spread: [{ over: 'kubernetes.io/hostname', maxSkew: 0 }] },
    'spread[0].maxSkew: 0 is not a whole number of at least 1',
  ],
  [
    { nodeSelector: { 'kubernetes.io/os': 'linux or so' } },
    `nodeSelector["kubernetes.io/os"]: "linux or so" is not the value of a label: use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends`,
  ],
  [
    { nodeSelector: { '': 'linux' } },
    `nodeSelector: "" is not the key of a label or annotation: write at most 63 letters, digits, '-', '_' and '.', where wanted behind a domain and '/', for example "example.com/team"`,
  ],
  [{ podLabels: { profile: 'other' } }, 'podLabels: "profile" is the platform\'s own, "main": leave it out'],
  [
    { podLabels: { team: 'a b' } },
    `podLabels["team"]: "a b" is not the value of a label: use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends`,
  ],
  [
    { podAnnotations: { 'linkerd.io/inject': 'ingress' } },
    'podAnnotations: "linkerd.io/inject" is the platform\'s own, "enabled": leave it out',
  ],
  [
    { podAnnotations: { 'a b': '' } },
    `podAnnotations: "a b" is not the key of a label or annotation: write at most 63 letters, digits, '-', '_' and '.', where wanted behind a domain and '/', for example "example.com/team"`,
  ],
  [
    { proxy: { cpuRequest: 'much' } },
    'proxy.cpuRequest: "much" is not a quantity: write for example "200m" of CPU or "300Mi" of memory',
  ],
])('%j is refused', (props, message) => {
  expect(mistakesOf(declare(props)).map((mistake) => mistake.message)).toEqual([message]);
});
