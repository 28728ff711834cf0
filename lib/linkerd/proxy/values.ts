import type { Json } from '../../objects/manifest';
import { imageName } from '../control-plane/images';
import { CLUSTER_DOMAIN } from './cluster-domain';
import { PROXY_TIMEOUTS } from './env';
import { API_SERVER_PORTS, INIT_USER, NETWORK_VALIDATOR } from './init-container';
import { resourceValues } from '../../mesh/resources';
import type { DefaultInboundPolicy, ProxySettings } from './settings';
import { PROXY_PORTS, PROXY_UID } from './settings';
import { XTABLES_LOCK } from './volumes';

/** Keeps nothing and limits nothing. */
export const NO_STORAGE = { 'ephemeral-storage': { limit: '', request: '' } };

/** The values of the proxy that the injector adds to pods. */
export function proxyValues(
  settings: ProxySettings,
  defaultInboundPolicy: DefaultInboundPolicy,
  imageRegistry: string | undefined,
): Record<string, Json> {
  const { control, http2, ...timeouts } = PROXY_TIMEOUTS;
  const server = { server: { http2 } };
  return {
    await: true,
    control: { streams: control },
    cores: null,
    defaultInboundPolicy,
    disableInboundProtocolDetectTimeout: false,
    disableOutboundProtocolDetectTimeout: false,
    enableExternalProfiles: false,
    enableShutdownEndpoint: false,
    gid: -1,
    image: { name: imageName('proxy', imageRegistry), pullPolicy: '', version: '' },
    inbound: server,
    ...timeouts,
    livenessProbe: { initialDelaySeconds: 10, timeoutSeconds: 1 },
    logFormat: 'plain',
    logHTTPHeaders: 'off',
    logLevel: settings.logLevel,
    metrics: { hostnameLabels: false },
    nativeSidecar: settings.nativeSidecar,
    opaquePorts: settings.opaquePorts,
    outbound: server,
    outboundTransportMode: 'transport-header',
    ports: PROXY_PORTS,
    readinessProbe: { initialDelaySeconds: 2, timeoutSeconds: 1 },
    requireIdentityOnInboundPorts: '',
    resources: { ...resourceValues(settings), ...NO_STORAGE },
    runtime: { workers: { maximumCPURatio: null, minimum: 1 } },
    securityContext: {},
    shutdownGracePeriod: '',
    startupProbe: { failureThreshold: 120, initialDelaySeconds: 0, periodSeconds: 1 },
    tracing: {
      collector: { endpoint: '', meshIdentity: { namespace: '', serviceAccountName: '' } },
      enabled: false,
      labels: {
        'k8s.container.name': '$(_pod_containerName)',
        'k8s.pod.ip': '$(_pod_ip)',
        'k8s.pod.uid': '$(_pod_uid)',
      },
      traceServiceName: 'linkerd-proxy',
    },
    uid: PROXY_UID,
    waitBeforeExitSeconds: settings.waitBeforeExitSeconds,
  };
}

/** The values of what runs before the proxy in pods that the injector meshes. */
export function initValues({ skipInboundPorts, skipOutboundPorts }: ProxySettings): Record<string, Json> {
  return {
    networkValidator: { connectAddr: '', listenAddr: '', ...(NETWORK_VALIDATOR as unknown as Record<string, Json>) },
    proxyInit: {
      closeWaitTimeoutSecs: 0,
      ignoreInboundPorts: skipInboundPorts,
      ignoreOutboundPorts: skipOutboundPorts,
      iptablesMode: 'nft',
      kubeAPIServerPorts: API_SERVER_PORTS,
      logFormat: '',
      logLevel: '',
      privileged: false,
      runAsGroup: INIT_USER,
      runAsRoot: false,
      runAsUser: INIT_USER,
      skipSubnets: '',
      xtMountPath: { mountPath: '/run', name: XTABLES_LOCK.name },
    },
  };
}

/** The values of the mesh that the proxies are part of. */
export const meshValues = ({ clusterNetworks }: ProxySettings): Record<string, Json> => ({
  clusterDomain: CLUSTER_DOMAIN,
  clusterNetworks,
  identityTrustDomain: CLUSTER_DOMAIN,
});
