import type { ProxyConfig } from '../../mesh/proxy-config';
import { linkerdImage } from '../control-plane/images';

/** What a connection without an authorization meets on a port that no policy is about. Source: Linkerd's `proxy.defaultInboundPolicy`. */
export type DefaultInboundPolicy =
  'all-unauthenticated' | 'all-authenticated' | 'cluster-unauthenticated' | 'cluster-authenticated' | 'deny' | 'audit';

/** The ports of the proxy itself. */
export const PROXY_PORTS = { admin: 4191, control: 4190, inbound: 4143, outbound: 4140 } as const;

/** The user that the proxy runs as: its own traffic does not go through itself. */
export const PROXY_UID = 2102;

/** Linkerd's own settings of the proxy, as its values name them. Source: Linkerd edge-26.8.3, the control plane's values. */
export const PROXY_DEFAULTS = {
  logLevel: 'warn,linkerd=info,hickory=error',
  nativeSidecar: true,
  skipInboundPorts: ['4567', '4568'],
  skipOutboundPorts: ['4567', '4568'],
  opaquePorts: [25, 587, 3306, 4444, 5432, 6379, 9300, 11211],
  waitBeforeExitSeconds: 0,
} as const;

/** The proxy of the whole mesh, with every default filled in. */
export interface ProxySettings extends Pick<ProxyConfig, 'cpuRequest' | 'cpuLimit' | 'memoryRequest' | 'memoryLimit'> {
  readonly image: string;
  readonly logLevel: string;
  readonly nativeSidecar: boolean;

  /** Lists of ports, with commas between them. */
  readonly skipInboundPorts: string;
  readonly skipOutboundPorts: string;
  readonly opaquePorts: string;

  readonly waitBeforeExitSeconds: number;

  /** Address ranges of the cluster, with commas between them. */
  readonly clusterNetworks: string;
}

/** The settings that a platform's own ones make of Linkerd's. */
export function proxySettings(
  config: ProxyConfig,
  clusterNetworks: readonly string[],
  imageRegistry: string | undefined,
): ProxySettings {
  const { skipInboundPorts, skipOutboundPorts, opaquePorts, ...rest } = { ...PROXY_DEFAULTS, ...config };
  return {
    ...rest,
    image: linkerdImage('proxy', imageRegistry),
    skipInboundPorts: skipInboundPorts.join(','),
    skipOutboundPorts: skipOutboundPorts.join(','),
    opaquePorts: opaquePorts.join(','),
    clusterNetworks: clusterNetworks.join(','),
  };
}
