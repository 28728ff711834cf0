import type { Construct } from 'constructs';
import { CLUSTER_DOMAIN } from '../proxy/cluster-domain';
import { LINKERD_NAMESPACE } from './namespace';
import type { ControlPlaneSettings } from './settings';
import { addWorkload, podLabels } from './workload';

/** How proxies keep their HTTP/2 connections to meshed pods alive: they notice a dead one in 13 s. */
export const MESHED_HTTP2_CLIENT = {
  keep_alive: { interval: { seconds: 10 }, timeout: { seconds: 3 }, while_idle: true },
} as const;

/** Who proxies ask outside of the cluster: Linkerd's name for a namespace of EgressNetworks that hold everywhere. */
export const GLOBAL_EGRESS_NETWORK_NAMESPACE = 'linkerd-egress';

/** Tells proxies where a service's pods are and what they may do there, and validates ServiceProfiles and policies. */
export function addDestination(scope: Construct, settings: ControlPlaneSettings): void {
  const { logLevel, logFormat, proxy } = settings;
  addWorkload(scope, {
    component: 'destination',
    settings,
    replicas: settings.replicas,
    matchLabels: podLabels('destination'),
    inboundPorts: [8086, 8090, 8443, 9443, 9990, 9996, 9997],
    controllers: [
      {
        name: 'destination',
        resources: 'destination',
        args: [
          'destination',
          '-addr=:8086',
          `-controller-namespace=${LINKERD_NAMESPACE}`,
          '-outbound-transport-mode=transport-header',
          '-enable-h2-upgrade=true',
          `-log-level=${logLevel}`,
          `-log-format=${logFormat}`,
          '-enable-endpoint-slices=true',
          `-cluster-domain=${CLUSTER_DOMAIN}`,
          `-identity-trust-domain=${CLUSTER_DOMAIN}`,
          `-default-opaque-ports=${proxy.opaquePorts}`,
          '-enable-ipv6=false',
          '-enable-pprof=false',
          `--meshed-http2-client-params=${JSON.stringify(MESHED_HTTP2_CLIENT)}`,
        ],
        ports: { 'dest-grpc': 8086, 'dest-admin': 9996 },
        admin: { port: 9996, livePath: '/ping' },
      },
      {
        name: 'sp-validator',
        resources: 'spValidator',
        args: ['sp-validator', `-log-level=${logLevel}`, `-log-format=${logFormat}`, '-enable-pprof=false'],
        ports: { 'sp-validator': 8443, 'spval-admin': 9997 },
        admin: { port: 9997, livePath: '/ping' },
        volumeMounts: [{ name: 'sp-tls', mountPath: '/var/run/linkerd/tls', readOnly: true }],
      },
      {
        name: 'policy',
        resources: 'policyController',
        command: ['/linkerd-policy-controller'],
        args: [
          '--admin-addr=0.0.0.0:9990',
          `--control-plane-namespace=${LINKERD_NAMESPACE}`,
          '--grpc-addr=0.0.0.0:8090',
          '--server-addr=0.0.0.0:9443',
          '--server-tls-key=/var/run/linkerd/tls/tls.key',
          '--server-tls-certs=/var/run/linkerd/tls/tls.crt',
          `--cluster-networks=${proxy.clusterNetworks}`,
          `--identity-domain=${CLUSTER_DOMAIN}`,
          `--cluster-domain=${CLUSTER_DOMAIN}`,
          `--default-policy=${settings.defaultInboundPolicy}`,
          `--log-level=${logLevel}`,
          `--log-format=${logFormat}`,
          `--default-opaque-ports=${proxy.opaquePorts}`,
          `--global-egress-network-namespace=${GLOBAL_EGRESS_NETWORK_NAMESPACE}`,
          `--probe-networks=${settings.probeNetworks.join(',')}`,
        ],
        ports: { 'policy-grpc': 8090, 'policy-admin': 9990, 'policy-https': 9443 },
        admin: { port: 'policy-admin', livePath: '/live' },
        volumeMounts: [{ name: 'policy-tls', mountPath: '/var/run/linkerd/tls', readOnly: true }],
      },
    ],
    volumes: [
      { name: 'sp-tls', secret: { secretName: 'linkerd-sp-validator-k8s-tls' } },
      { name: 'policy-tls', secret: { secretName: 'linkerd-policy-validator-k8s-tls' } },
    ],
  });
}
