import { App, Chart } from 'cdk8s';
import type { ProxyConfig } from '../mesh/proxy-config';
import { mistakesOf } from '../objects/mistakes';
import type { OwnPods, PodsProps, Resources } from './pods';
import { podMetadata, podPlacement, podsProblems, proxyWhileDraining, withoutProxyOn } from './pods';

const OWN: OwnPods = {
  selector: { app: 'gateway' },
  labels: { app: 'gateway', part: 'edge' },
  annotations: { 'example.com/scrape': 'true' },
};

const scope = (): Chart => new Chart(new App(), 'networking');

test("a user's labels and annotations are beside the layer's own", () => {
  const props: PodsProps = { podLabels: { team: 'edge' }, podAnnotations: { 'example.com/owner': 'edge' } };
  expect(podMetadata(scope(), props, OWN)).toEqual({
    labels: { app: 'gateway', part: 'edge', team: 'edge' },
    annotations: { 'example.com/owner': 'edge', 'example.com/scrape': 'true', 'linkerd.io/inject': 'enabled' },
  });
});

test('pods spread over nodes, or as told, or not at all', () => {
  expect(podPlacement(scope(), {}, OWN).topologySpreadConstraints).toMatchObject([
    { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'gateway' } } },
  ]);
  expect(podPlacement(scope(), { spread: [] }, OWN)).toEqual({});
});

test('ports that go past the proxy are added to those that do anyway, each once', () => {
  expect(withoutProxyOn([8080, 8443])).toEqual({ skipInboundPorts: [8080, 8443] });
  expect(withoutProxyOn([8080, 8443], { cpuRequest: '1', skipInboundPorts: [9000, 8080] })).toEqual({
    cpuRequest: '1',
    skipInboundPorts: [9000, 8080, 8443],
  });
});

test.each<[string, ProxyConfig | undefined, ProxyConfig, ProxyConfig | undefined]>([
  ['a native sidecar stops after the containers', { cpuRequest: '1' }, {}, { cpuRequest: '1' }],
  ['… also where that is inherited', undefined, { nativeSidecar: true }, undefined],
  [
    'another one waits as long as they take requests',
    { cpuRequest: '1', nativeSidecar: false },
    {},
    { cpuRequest: '1', nativeSidecar: false, waitBeforeExitSeconds: 10 },
  ],
  [
    '… also where that is inherited',
    undefined,
    { nativeSidecar: false },
    { nativeSidecar: false, waitBeforeExitSeconds: 10 },
  ],
  ['… but where pods say otherwise', { nativeSidecar: true }, { nativeSidecar: false }, { nativeSidecar: true }],
  ['it waits longer already', undefined, { nativeSidecar: false, waitBeforeExitSeconds: 30 }, undefined],
  [
    'it waits for less, and is to wait longer',
    undefined,
    { nativeSidecar: false, waitBeforeExitSeconds: 5 },
    { nativeSidecar: false, waitBeforeExitSeconds: 10 },
  ],
  [
    'what pods say themselves stays',
    { nativeSidecar: false, waitBeforeExitSeconds: 0 },
    {},
    { nativeSidecar: false, waitBeforeExitSeconds: 0 },
  ],
])('%s: %j in %j', (_, own, inherited, proxy) => {
  expect(proxyWhileDraining(10, own, inherited)).toEqual(proxy);
});

test.each<[PodsProps, string]>([
  [{ podLabels: { part: 'mine' } }, 'controller.podLabels: "part" is the platform\'s own, "edge": leave it out'],
  [
    { podAnnotations: { 'linkerd.io/inject': 'ingress' } },
    'controller.podAnnotations: "linkerd.io/inject" is the platform\'s own, "enabled": leave it out',
  ],
  [{ proxy: { cpuRequest: 'much' } }, 'controller.proxy.cpuRequest: "much" is not a quantity'],
  [{ spread: [{ over: 'zone', maxSkew: 0 }] }, 'controller.spread[0].maxSkew: 0 is not a whole number of at least 1'],
])('%j is refused, with what stands in front of its prop', (props, message) => {
  const construct = scope();
  const own = { ...OWN, at: 'controller.' };
  podMetadata(construct, props, own);
  podPlacement(construct, props, own);
  expect(mistakesOf(construct).map((mistake) => mistake.message)).toEqual([expect.stringContaining(message)]);
});

test.each<[string, Resources, PodsProps, string]>([
  ['my image', {}, {}, 'image: "my image" is not an image'],
  ['a/b:1', { limits: { memory: '600MB' } }, {}, 'resources.limits.memory: "600MB" is not a quantity'],
  ['a/b:1', {}, { podLabels: { team: 'a b' } }, 'podLabels["team"]: "a b" is not the value of a label'],
  ['a/b:1', {}, { nodeSelector: { '': 'linux' } }, 'nodeSelector: "" is not the key of a label'],
])('%s with %j and %j is refused', (image, resources, props, message) => {
  expect(podsProblems(image, resources, props)).toEqual([expect.stringContaining(message)]);
});
