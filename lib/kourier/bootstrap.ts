import type { Construct } from 'constructs';
import { ConfigMap } from '../../imports/kubernetes';
import type { Json } from '../objects/manifest';
import { toYaml } from '../render/yaml';
import { CONTROLLER, CONTROLLER_NAMESPACE, GATEWAY, KOURIER_NAMESPACE, LABELS } from './labels';
import { ADMIN_PORT, CONTROLLER_PORTS, GATEWAY_PORTS } from './ports';

/** The ConfigMap that gateways mount, and the file in it. */
export const BOOTSTRAP = { configMap: 'kourier-bootstrap', file: 'envoy-bootstrap.yaml' } as const;

/** The clusters that Envoy knows from the start. */
const XDS_CLUSTER = 'xds_cluster';
const ADMIN_CLUSTER = 'service_stats';

/** The path of Envoy's metrics in Prometheus' format. */
export const METRICS_PATH = '/stats/prometheus';

/** An extension's configuration with the type that Envoy knows it by. */
const typed = (type: string, config: Record<string, Json> = {}): Json => ({
  '@type': `type.googleapis.com/envoy.extensions.${type}`,
  ...config,
});

const socket = (address: string, port: number, more: Record<string, Json> = {}): Json => ({
  socket_address: { address, port_value: port, ...more },
});

const endpoint = (cluster: string, address: Json): Json => ({
  cluster_name: cluster,
  endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }],
});

/** Listeners and clusters come from the controller, over one stream. */
const DYNAMIC_RESOURCES: Json = {
  ads_config: {
    api_type: 'GRPC',
    transport_api_version: 'V3',
    rate_limit_settings: {},
    grpc_services: [{ envoy_grpc: { cluster_name: XDS_CLUSTER } }],
  },
  lds_config: { resource_api_version: 'V3', ads: {} },
  cds_config: { resource_api_version: 'V3', ads: {} },
};

/**
 * What is served beside the controller's listeners: metrics, and nothing else of Envoy's administration. Upstream's shows certificates and the
 * whole configuration there as well, and lets whoever reaches the pod end its listeners.
 */
const METRICS_LISTENER: Json = {
  name: 'stats_listener',
  address: socket('::', GATEWAY_PORTS.metrics, { ipv4_compat: true }),
  filter_chains: [
    {
      filters: [
        {
          name: 'envoy.filters.network.http_connection_manager',
          typed_config: typed('filters.network.http_connection_manager.v3.HttpConnectionManager', {
            stat_prefix: 'stats_server',
            route_config: {
              virtual_hosts: [
                {
                  name: 'admin_interface',
                  domains: ['*'],
                  routes: [
                    {
                      match: {
                        path: METRICS_PATH,
                        headers: [{ name: ':method', string_match: { exact: 'GET' } }],
                      },
                      route: { cluster: ADMIN_CLUSTER },
                    },
                  ],
                },
              ],
            },
            http_filters: [{ name: 'envoy.filters.http.router', typed_config: typed('filters.http.router.v3.Router') }],
          }),
        },
      ],
    },
  ],
};

const CLUSTERS: Json = [
  {
    name: XDS_CLUSTER,
    type: 'STRICT_DNS',
    connect_timeout: '1s',
    // A stream that says nothing for hours is kept by pings, and given up where they are not answered.
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': typed('upstreams.http.v3.HttpProtocolOptions', {
        explicit_http_config: { http2_protocol_options: { connection_keepalive: { interval: '30s', timeout: '5s' } } },
      }),
    },
    load_assignment: endpoint(XDS_CLUSTER, socket(`${CONTROLLER}.${CONTROLLER_NAMESPACE}`, CONTROLLER_PORTS.xds)),
  },
  {
    name: ADMIN_CLUSTER,
    type: 'STATIC',
    connect_timeout: '0.250s',
    load_assignment: endpoint(ADMIN_CLUSTER, socket('127.0.0.1', ADMIN_PORT)),
  },
];

/** With what Envoy starts. The controller knows gateways by the node's id. */
export const ENVOY_BOOTSTRAP: Record<string, Json> = {
  node: { id: GATEWAY, cluster: 'kourier-knative' },
  admin: {
    address: socket('127.0.0.1', ADMIN_PORT),
    access_log: [
      { name: 'envoy.access_loggers.stdout', typed_config: typed('access_loggers.stream.v3.StdoutAccessLog') },
    ],
  },
  dynamic_resources: DYNAMIC_RESOURCES,
  static_resources: { listeners: [METRICS_LISTENER], clusters: CLUSTERS },
};

/** Declares the ConfigMap with it. */
export function addBootstrap(scope: Construct): void {
  new ConfigMap(scope, 'bootstrap', {
    metadata: { name: BOOTSTRAP.configMap, namespace: KOURIER_NAMESPACE, labels: LABELS },
    data: { [BOOTSTRAP.file]: toYaml(ENVOY_BOOTSTRAP) },
  });
}
