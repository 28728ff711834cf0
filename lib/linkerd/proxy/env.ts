import type { EnvVar } from '../../../imports/kubernetes';
import { LINKERD_NAMESPACE } from '../control-plane/namespace';
import { CLUSTER_DOMAIN } from './cluster-domain';
import type { ProxySettings } from './settings';
import { PROXY_PORTS } from './settings';

/** A part of the control plane whose pods have a proxy. */
export type ProxiedComponent = 'destination' | 'identity' | 'proxy-injector';

export interface ProxyEnvProps {
  readonly component: ProxiedComponent;
  readonly settings: ProxySettings;

  /** Ports of the pod on which the proxy takes traffic for it. */
  readonly inboundPorts: readonly number[];

  /**
   * Those of them that take TLS of the mesh alone.
   *
   * @default - none
   */
  readonly requireTlsOnInboundPorts?: readonly number[];
}

/** Where the identities' trust anchors stand, for the pods of the control plane. */
export const TRUST_ROOTS = { configMap: 'linkerd-identity-trust-roots', key: 'ca-bundle.crt' } as const;

/** How long the proxy uses what it was told, and how it keeps connections: Linkerd's own values. */
export const PROXY_TIMEOUTS = {
  control: { initialTimeout: '3s', idleTimeout: '5m', lifetime: '1h' },
  inboundConnectTimeout: '100ms',
  outboundConnectTimeout: '1000ms',
  outboundDiscoveryCacheUnusedTimeout: '5s',
  inboundDiscoveryCacheUnusedTimeout: '90s',
  http2: { keepAliveInterval: '10s', keepAliveTimeout: '3s' },
} as const;

const service = (name: string, port: number): string => `${name}.${LINKERD_NAMESPACE}.svc.${CLUSTER_DOMAIN}.:${port}`;
const identityOf = (name: string): string =>
  `${name}.${LINKERD_NAMESPACE}.serviceaccount.identity.${LINKERD_NAMESPACE}.${CLUSTER_DOMAIN}`;

/** The variables that configure the proxy of a pod of the control plane. Source: Linkerd edge-26.8.3, the control plane's chart. */
export function proxyEnv({ component, settings, inboundPorts, requireTlsOnInboundPorts }: ProxyEnvProps): EnvVar[] {
  const { control, http2, ...timeouts } = PROXY_TIMEOUTS;
  // Within its own pod the proxy asks past the network.
  const address = (of: ProxiedComponent, name: string, port: number): string =>
    of === component ? `localhost.:${port}` : service(name, port);
  return [
    field('_pod_name', 'metadata.name'),
    field('_pod_ns', 'metadata.namespace'),
    field('_pod_uid', 'metadata.uid'),
    field('_pod_ip', 'status.podIP'),
    field('_pod_nodeName', 'spec.nodeName'),
    { name: '_pod_containerName', value: 'linkerd-proxy' },
    ...proxy({
      CORES: '1',
      CORES_MIN: '1',
      ...(requireTlsOnInboundPorts && { INBOUND_PORTS_REQUIRE_TLS: requireTlsOnInboundPorts.join(',') }),
      SHUTDOWN_ENDPOINT_ENABLED: 'false',
      // Headers and requests hold credentials: they stay out of the log at every level.
      LOG: `${settings.logLevel},[{headers}]=off,[{request}]=off`,
      LOG_FORMAT: 'plain',
      DESTINATION_SVC_ADDR: address('destination', 'linkerd-dst-headless', 8086),
      DESTINATION_PROFILE_NETWORKS: settings.clusterNetworks,
      POLICY_SVC_ADDR: address('destination', 'linkerd-policy', 8090),
      POLICY_WORKLOAD: '{"ns":"$(_pod_ns)", "pod":"$(_pod_name)"}\n',
      // The API server, which has no identity, calls the webhooks in these pods.
      INBOUND_DEFAULT_POLICY: 'all-unauthenticated',
      POLICY_CLUSTER_NETWORKS: settings.clusterNetworks,
      CONTROL_STREAM_INITIAL_TIMEOUT: control.initialTimeout,
      CONTROL_STREAM_IDLE_TIMEOUT: control.idleTimeout,
      CONTROL_STREAM_LIFETIME: control.lifetime,
      INBOUND_CONNECT_TIMEOUT: timeouts.inboundConnectTimeout,
      OUTBOUND_CONNECT_TIMEOUT: timeouts.outboundConnectTimeout,
      OUTBOUND_DISCOVERY_IDLE_TIMEOUT: timeouts.outboundDiscoveryCacheUnusedTimeout,
      INBOUND_DISCOVERY_IDLE_TIMEOUT: timeouts.inboundDiscoveryCacheUnusedTimeout,
      CONTROL_LISTEN_ADDR: `0.0.0.0:${PROXY_PORTS.control}`,
      ADMIN_LISTEN_ADDR: `0.0.0.0:${PROXY_PORTS.admin}`,
      OUTBOUND_LISTEN_ADDR: `127.0.0.1:${PROXY_PORTS.outbound}`,
      OUTBOUND_LISTEN_ADDRS: `127.0.0.1:${PROXY_PORTS.outbound}`,
      INBOUND_LISTEN_ADDR: `0.0.0.0:${PROXY_PORTS.inbound}`,
    }),
    field('LINKERD2_PROXY_INBOUND_IPS', 'status.podIPs'),
    ...proxy({
      INBOUND_PORTS: inboundPorts.join(','),
      DESTINATION_PROFILE_SUFFIXES: `svc.${CLUSTER_DOMAIN}.`,
      INBOUND_ACCEPT_KEEPALIVE: '10000ms',
      OUTBOUND_CONNECT_KEEPALIVE: '10000ms',
      INBOUND_ACCEPT_USER_TIMEOUT: '30s',
      OUTBOUND_CONNECT_USER_TIMEOUT: '30s',
      OUTBOUND_METRICS_HOSTNAME_LABELS: 'false',
      INBOUND_SERVER_HTTP2_KEEP_ALIVE_INTERVAL: http2.keepAliveInterval,
      INBOUND_SERVER_HTTP2_KEEP_ALIVE_TIMEOUT: http2.keepAliveTimeout,
      OUTBOUND_SERVER_HTTP2_KEEP_ALIVE_INTERVAL: http2.keepAliveInterval,
      OUTBOUND_SERVER_HTTP2_KEEP_ALIVE_TIMEOUT: http2.keepAliveTimeout,
      ...(settings.opaquePorts !== '' && { INBOUND_PORTS_DISABLE_PROTOCOL_DETECTION: settings.opaquePorts }),
      DESTINATION_CONTEXT: '{"ns":"$(_pod_ns)", "nodeName":"$(_pod_nodeName)", "pod":"$(_pod_name)"}\n',
    }),
    field('_pod_sa', 'spec.serviceAccountName'),
    { name: '_l5d_ns', value: LINKERD_NAMESPACE },
    { name: '_l5d_trustdomain', value: CLUSTER_DOMAIN },
    ...proxy({ IDENTITY_DIR: '/var/run/linkerd/identity/end-entity' }),
    {
      name: 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS',
      valueFrom: { configMapKeyRef: { name: TRUST_ROOTS.configMap, key: TRUST_ROOTS.key } },
    },
    ...proxy({
      IDENTITY_TOKEN_FILE: '/var/run/secrets/tokens/linkerd-identity-token',
      IDENTITY_SVC_ADDR: address('identity', 'linkerd-identity-headless', 8080),
      IDENTITY_LOCAL_NAME: `$(_pod_sa).$(_pod_ns).serviceaccount.identity.${LINKERD_NAMESPACE}.${CLUSTER_DOMAIN}`,
      IDENTITY_SVC_NAME: identityOf('linkerd-identity'),
      DESTINATION_SVC_NAME: identityOf('linkerd-destination'),
      POLICY_SVC_NAME: identityOf('linkerd-destination'),
    }),
  ];
}

const field = (name: string, fieldPath: string): EnvVar => ({ name, valueFrom: { fieldRef: { fieldPath } } });

const proxy = (values: Readonly<Record<string, string>>): EnvVar[] =>
  Object.entries(values).map(([name, value]) => ({ name: `LINKERD2_PROXY_${name}`, value }));
