import { CONTROLLER_SELECTOR, GATEWAY_SELECTOR } from './labels';
import { OPEN_PORTS } from './open-ports';

test('anybody reaches the public ports, kubelets the controller, and nobody without an identity any other', () => {
  expect(OPEN_PORTS.map(({ port, callers }) => [port, callers])).toEqual([
    [8080, 'anyone'],
    [8443, 'anyone'],
    [18000, ['nodes']],
  ]);
});

test('public requests may be HTTP/2, which gRPC takes', () => {
  expect(OPEN_PORTS.find(({ port }) => port === 8080)?.protocol).toBe('unknown');
});

test('each is of the pods that listen there', () => {
  const selectors = OPEN_PORTS.map(({ podSelector }) => podSelector.matchLabels);
  expect(selectors).toEqual([GATEWAY_SELECTOR, GATEWAY_SELECTOR, CONTROLLER_SELECTOR]);
});

test("the configuration, which holds the certificates' keys, is for gateways alone", () => {
  expect(OPEN_PORTS.find(({ port }) => port === 18000)?.parted).toEqual({
    open: '/grpc.health.v1.Health/Check',
    guarded: '/envoy.service.discovery.v3.AggregatedDiscoveryService',
    client: { name: '3scale-kourier-gateway', namespace: 'kourier-system' },
  });
});
