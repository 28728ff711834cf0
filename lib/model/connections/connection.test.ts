import type { PlatformObject } from '../../objects/manifest';
import type { Json } from '../../objects/manifest';
import { meshGraph } from './mesh-graph';
import type { DeploymentProps } from './testing/objects';
import { deployment, meshed, namespace, proxy, service } from './testing/objects';

/** What protects the connection of `client` to the Service `server`, port 80 of it, 8080 of its pods. */
function security(client: DeploymentProps, server: DeploymentProps, namespaces: PlatformObject[] = []): unknown {
  const objects = [
    ...(namespaces.length > 0 ? namespaces : [meshed('a')]),
    deployment('a', 'client', { container: { args: ['http://server.a.svc:80'] }, ...client }),
    deployment('a', 'server', server),
    service('a', 'server', [{ port: 80, targetPort: 8080 }]),
  ];
  const edge = meshGraph(objects).edges.find(({ about }) => about === 'requests');
  if (edge === undefined) throw new Error('no connection');
  return edge.security.protection === 'mtls' ? 'mtls' : edge.security.reason.text;
}

const INBOUND = 'config.linkerd.io/skip-inbound-ports';
const OUTBOUND = 'config.linkerd.io/skip-outbound-ports';

test('two meshed pods: mTLS', () => {
  expect(security({}, {})).toBe('mtls');
});

describe('ports that go past a proxy', () => {
  test.each<[string, DeploymentProps, DeploymentProps, string]>([
    [
      'the port of the pod, coming in',
      {},
      { annotations: { [INBOUND]: '8080' } },
      `inbound port 8080 goes past the proxy of what it calls: ${INBOUND}`,
    ],
    [
      'the port of the Service, going out',
      { annotations: { [OUTBOUND]: '25,80' } },
      {},
      `outbound port 80 goes past the caller's proxy: ${OUTBOUND}`,
    ],
    ['the port of the Service, coming in', {}, { annotations: { [INBOUND]: '80' } }, 'mtls'],
    ['the port of the pod, going out', { annotations: { [OUTBOUND]: '8080' } }, {}, 'mtls'],
  ])('%s', (_, client, server, expected) => {
    expect(security(client, server)).toBe(expected);
  });

  test('a namespace’s annotation counts for its pods', () => {
    const one = namespace('a', { 'linkerd.io/inject': 'enabled', [INBOUND]: '8000-8100' });
    expect(security({}, {}, [one])).toBe(`inbound port 8080 goes past the proxy of what it calls: ${INBOUND}`);
  });

  test('where the proxy is rendered, the arguments of its init container count and annotations do not', () => {
    const rendered = (ports: string): DeploymentProps => {
      const init: Json = { name: 'linkerd-init', args: ['--inbound-ports-to-ignore', ports] };
      return { spec: { initContainers: [init, proxy()] }, annotations: { [INBOUND]: '8080' } };
    };
    expect(security({}, rendered('4190,8080'))).toBe(
      'inbound port 8080 goes past the proxy of what it calls: its init container has --inbound-ports-to-ignore',
    );
    expect(security({}, rendered('4190'))).toBe('mtls');
  });
});

test('one side that is not meshed is named with the reason, the caller first', () => {
  const out = { annotations: { 'linkerd.io/inject': 'disabled' } };
  expect(security(out, {})).toBe(
    'the caller is not in the mesh: the pod template has linkerd.io/inject: disabled: set it to enabled, or leave it to the namespace',
  );
  expect(security({}, out)).toBe(
    'what it calls is not in the mesh: the pod template has linkerd.io/inject: disabled: set it to enabled, or leave it to the namespace',
  );
  expect(security(out, out)).toContain('the caller is');
});
