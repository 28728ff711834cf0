import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { mistakesOf } from '../objects/mistakes';
import type { ProxyConfig } from './proxy-config';
import { proxyAnnotations } from './proxy-config';

function annotated(config?: ProxyConfig) {
  const construct = new Construct(new App(), 'pods');
  const annotations = proxyAnnotations(construct, 'proxy', config);
  return { annotations, mistakes: mistakesOf(construct).map(({ message }) => message) };
}

test('only what is given is annotated, as text', () => {
  expect(annotated()).toEqual({ annotations: {}, mistakes: [] });
  expect(annotated({ nativeSidecar: false, opaquePorts: [3306, '4567-4569'] })).toEqual({
    annotations: {
      'config.linkerd.io/proxy-enable-native-sidecar': 'false',
      'config.linkerd.io/opaque-ports': '3306,4567-4569',
    },
    mistakes: [],
  });
});

test.each(['1e3-2e3', '0x50-0x51', ' 80', '80-', '80,90', '', '1-2-3'])('%j is no port of ProxyConfig', (port) => {
  expect(annotated({ opaquePorts: [port as '1-2'] }).mistakes).toEqual([
    `proxy.opaquePorts: ${JSON.stringify(port)} is not a port or a range of ports: write for example 8080 or "4567-4569"`,
  ]);
});

test.each<[ProxyConfig, string]>([
  [{ memoryRequest: '1Gi', memoryLimit: '250Mi' }, 'proxy.memoryRequest: "1Gi" is more than the limit "250Mi"'],
  [{ cpuRequest: '2', cpuLimit: '1500m' }, 'proxy.cpuRequest: "2" is more than the limit "1500m"'],
])('%j is refused: no pod would be created', (config, message) => {
  expect(annotated(config).mistakes).toEqual([`${message}: lower it, or raise the limit`]);
});

describe('a wait before exit', () => {
  test.each<[ProxyConfig]>([
    [{ waitBeforeExitSeconds: 0 }],
    [{ waitBeforeExitSeconds: 0, nativeSidecar: true }],
    [{ waitBeforeExitSeconds: 5, nativeSidecar: false }],
  ])('is taken with %j', (config) => {
    expect(annotated(config).mistakes).toEqual([]);
  });

  test.each<[ProxyConfig]>([[{ waitBeforeExitSeconds: 5 }], [{ waitBeforeExitSeconds: 5, nativeSidecar: true }]])(
    'is refused with %j: no pod would be created',
    (config) => {
      expect(annotated(config).mistakes).toEqual([
        "proxy.waitBeforeExitSeconds: 5 is refused by Linkerd's injector for native sidecars, which stop after the pod's containers anyway: leave it out, or set proxy.nativeSidecar to false",
      ]);
    },
  );
});
