import type { LayerPort } from '../networking/layer';
import { CONTROLLER_NAMESPACE, CONTROLLER_SELECTOR, GATEWAY, GATEWAY_SELECTOR, KOURIER_NAMESPACE } from './labels';
import { CONTROLLER_PORTS, GATEWAY_PORTS } from './ports';

const gateways = { matchLabels: GATEWAY_SELECTOR };

/**
 * The ports that callers without an identity of the mesh must reach. Those of cluster-local names and of the controller's probes are not among
 * them: their callers are in the mesh. Linkerd lets the kubelets' HTTP probes of the gateways pass by itself, those of the controller, which
 * are gRPC, never.
 */
export const OPEN_PORTS: readonly LayerPort[] = [
  // HTTP/1, or HTTP/2 without TLS, which is what gRPC takes: the first bytes tell.
  { name: 'public-http', podSelector: gateways, port: GATEWAY_PORTS.http, protocol: 'unknown', callers: 'anyone' },
  // Whether Envoy listens here is up to `tls` and to Serving's settings.
  { name: 'public-https', podSelector: gateways, port: GATEWAY_PORTS.https, protocol: 'TLS', callers: 'anyone' },
  {
    name: 'kourier-xds',
    namespace: CONTROLLER_NAMESPACE,
    podSelector: { matchLabels: CONTROLLER_SELECTOR },
    port: CONTROLLER_PORTS.xds,
    protocol: 'HTTP/2',
    callers: ['nodes'],
    // The configuration has the certificates' keys in it: it is for the gateways alone.
    parted: {
      open: '/grpc.health.v1.Health/Check',
      guarded: '/envoy.service.discovery.v3.AggregatedDiscoveryService',
      client: { name: GATEWAY, namespace: KOURIER_NAMESPACE },
    },
  },
];
