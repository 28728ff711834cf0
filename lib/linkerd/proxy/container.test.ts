import type { ProxyContainerProps } from './container';
import { proxyContainer } from './container';
import { proxySettings } from './settings';

const props = (more: Partial<ProxyContainerProps> = {}): ProxyContainerProps => ({
  component: 'destination',
  settings: proxySettings({}, ['10.0.0.0/8'], undefined),
  inboundPorts: [8086, 8090],
  ...more,
});
const env = (more?: Partial<ProxyContainerProps>): Record<string, string | undefined> =>
  Object.fromEntries((proxyContainer(props(more)).env ?? []).map(({ name, value }) => [name, value]));

test('variables are defined before others refer to them, for Kubernetes fills them in in this order', () => {
  const defined = new Set<string>();
  for (const { name, value = '' } of proxyContainer(props()).env ?? []) {
    for (const [, used = ''] of value.matchAll(/\$\((\w+)\)/g)) expect([...defined]).toContain(used);
    defined.add(name);
  }
  expect(defined.size).toBe(proxyContainer(props()).env?.length);
});

test.each([
  ['destination', 'localhost.:8086', 'localhost.:8090', 'linkerd-identity-headless.linkerd.svc.cluster.local.:8080'],
  [
    'identity',
    'linkerd-dst-headless.linkerd.svc.cluster.local.:8086',
    'linkerd-policy.linkerd.svc.cluster.local.:8090',
    'localhost.:8080',
  ],
  [
    'proxy-injector',
    'linkerd-dst-headless.linkerd.svc.cluster.local.:8086',
    'linkerd-policy.linkerd.svc.cluster.local.:8090',
    'linkerd-identity-headless.linkerd.svc.cluster.local.:8080',
  ],
] as const)('in the pods of %s it asks its neighbours directly', (component, destination, policy, identity) => {
  expect(env({ component })).toMatchObject({
    LINKERD2_PROXY_DESTINATION_SVC_ADDR: destination,
    LINKERD2_PROXY_POLICY_SVC_ADDR: policy,
    LINKERD2_PROXY_IDENTITY_SVC_ADDR: identity,
  });
});

test('headers and requests are logged at no level', () => {
  const settings = proxySettings({ logLevel: 'trace' }, [], undefined);
  expect(env({ settings }).LINKERD2_PROXY_LOG).toBe('trace,[{headers}]=off,[{request}]=off');
});

test('no opaque ports are no variable', () => {
  const name = 'LINKERD2_PROXY_INBOUND_PORTS_DISABLE_PROTOCOL_DETECTION';
  expect(env()).toHaveProperty(name, '25,587,3306,4444,5432,6379,9300,11211');
  expect(env({ settings: proxySettings({ opaquePorts: [] }, [], undefined) })).not.toHaveProperty(name);
});
