import { App } from 'cdk8s';
import { collectObjects } from '../objects/collect';
import { Phase } from '../objects/phase';
import type { GatewayProps } from './gateway';
import { addGateway } from './gateway';

interface Template {
  readonly metadata: { readonly annotations: Record<string, string> };
  readonly spec: {
    readonly terminationGracePeriodSeconds: number;
    readonly containers: readonly {
      readonly image: string;
      readonly env: readonly { readonly name: string; readonly value: string }[];
      readonly securityContext: object;
    }[];
  };
}

const templateOf = (props: GatewayProps = {}): Template => {
  const phase = new Phase(new App(), 'networking');
  addGateway(phase, props);
  const deployment = collectObjects(phase).find(({ manifest }) => manifest.kind === 'Deployment');
  return (deployment?.manifest.spec as unknown as { template: Template }).template;
};

test('a pod that stops has longer than it drains', () => {
  for (const drainSeconds of [15, 300]) {
    const { spec } = templateOf({ drainSeconds });
    expect(spec.containers[0]?.env).toEqual([{ name: 'DRAIN_TIME_SECONDS', value: String(drainSeconds) }]);
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(drainSeconds);
  }
});

test('a proxy that is no native sidecar waits meanwhile', () => {
  const { annotations } = templateOf({ drainSeconds: 60, proxy: { nativeSidecar: false } }).metadata;
  expect(annotations['config.linkerd.io/proxy-wait-before-exit-seconds']).toBe('60');
  expect(templateOf().metadata.annotations).not.toHaveProperty(['config.linkerd.io/proxy-wait-before-exit-seconds']);
});

test('an image by digest is taken as it is', () => {
  const image = `docker.io/envoyproxy/envoy@sha256:${'0123456789abcdef'.repeat(4)}`;
  expect(templateOf({ image }).spec.containers[0]?.image).toBe(image);
});

test('pods run as nobody, and without any capability', () => {
  expect(templateOf().spec.containers[0]?.securityContext).toMatchObject({
    runAsNonRoot: true,
    runAsUser: 65534,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  });
});

test("clients' addresses are kept by going past the proxy on public ports alone", () => {
  const skipped = (props: GatewayProps): string | undefined =>
    templateOf(props).metadata.annotations['config.linkerd.io/skip-inbound-ports'];
  expect(skipped({})).toBeUndefined();
  expect(skipped({ preserveClientAddress: true })).toBe('8080,8443');
  expect(skipped({ preserveClientAddress: true, proxy: { skipInboundPorts: [9000] } })).toBe('9000,8080,8443');
});
