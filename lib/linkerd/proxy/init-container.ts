import type { Container } from '../../../imports/kubernetes';
import { resourceRequirements } from '../../mesh/resources';
import type { ProxySettings } from './settings';
import { PROXY_PORTS, PROXY_UID } from './settings';
import { XTABLES_LOCK } from './volumes';

/** The API server's ports. Pods of the control plane call it before their proxy runs, so these go past it. */
export const API_SERVER_PORTS = '443,6443';

/** The user of the containers that prepare a pod's network. */
export const INIT_USER = 65534;

/** How linkerd-network-validator looks at the network. Source: Linkerd edge-26.8.3, the chart's values `networkValidator`. */
export const NETWORK_VALIDATOR = {
  logFormat: 'plain',
  logLevel: 'debug',
  timeout: '10s',
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    runAsGroup: INIT_USER,
    runAsNonRoot: true,
    runAsUser: INIT_USER,
    seccompProfile: { type: 'RuntimeDefault' },
  },
} as const;

/**
 * What runs before the proxy of a pod of the control plane. Without linkerd-cni it sends the pod's traffic through the proxy,
 * for which it needs NET_ADMIN and NET_RAW; with it, it only looks whether linkerd-cni has done so.
 */
export function initContainer(settings: ProxySettings, cni: boolean): Container {
  return {
    ...(cni ? networkValidator() : networkSetup(settings)),
    image: settings.image,
    imagePullPolicy: 'IfNotPresent',
    ...resourceRequirements(settings),
  };
}

function networkSetup({ skipInboundPorts }: ProxySettings): Container {
  const { control, admin, inbound, outbound } = PROXY_PORTS;
  const inboundPorts = [control, admin, skipInboundPorts].filter((ports) => ports !== '').join(',');
  return {
    name: 'linkerd-init',
    command: ['/usr/lib/linkerd/linkerd2-proxy-init'],
    args: [
      ['--firewall-bin-path', 'iptables-nft'],
      ['--firewall-save-bin-path', 'iptables-nft-save'],
      ['--ipv6=false'],
      ['--incoming-proxy-port', String(inbound)],
      ['--outgoing-proxy-port', String(outbound)],
      ['--proxy-uid', String(PROXY_UID)],
      ['--inbound-ports-to-ignore', inboundPorts],
      ['--outbound-ports-to-ignore', API_SERVER_PORTS],
    ].flat(),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { add: ['NET_ADMIN', 'NET_RAW'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsGroup: INIT_USER,
      runAsNonRoot: true,
      runAsUser: INIT_USER,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [{ name: XTABLES_LOCK.name, mountPath: '/run' }],
  };
}

function networkValidator(): Container {
  const { logFormat, logLevel, timeout, securityContext } = NETWORK_VALIDATOR;
  return {
    name: 'linkerd-network-validator',
    command: ['/usr/lib/linkerd/linkerd2-network-validator'],
    args: [
      ['--log-format', logFormat],
      ['--log-level', logLevel],
      // An address outside of every cluster: it can only be reached where the proxy's port answers for it.
      ['--connect-addr', '1.1.1.1:20001'],
      ['--listen-addr', `0.0.0.0:${PROXY_PORTS.outbound}`],
      ['--timeout', timeout],
    ].flat(),
    securityContext,
  };
}
