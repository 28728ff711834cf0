import type { LivePod } from './live-pod';
import type { Labels } from './prometheus-text';

/** Where a proxy takes what is sent to it whole, whatever port is meant. Source: Linkerd edge-26.8.3, the proxy's inbound port. */
const PROXY_PORT = '4143';

/** An address that was called. */
export interface CalledAddress {
  readonly ip: string | undefined;
  readonly port: string | undefined;
}

/** Of `target_ip` and `target_port`, or of `target_addr`, as `10.0.0.1:80` or `[fd00::1]:80`. */
export function calledAddress({ target_addr = '', target_ip, target_port }: Labels): CalledAddress {
  const [, ip, port] = /^\[?(.*?)\]?:(\d+)$/.exec(target_addr) ?? [];
  return { ip: target_ip ?? ip, port: target_port ?? port };
}

/**
 * Whether a proxy's series counts what was sent to a pod. `dst_namespace` plays no part: it is the namespace of the Service that was dialled, where one
 * was. Names of pods are told apart by the address, since two namespaces can have the same; an address by the name or the identity, since it goes to
 * another pod when one ends. Source: Linkerd edge-26.8.3, what its proxies wrote.
 */
export function isCallee(labels: Labels, pod: LivePod): boolean {
  const { dst_pod, server_id } = labels;
  const { ip } = calledAddress(labels);
  if (dst_pod !== undefined && dst_pod !== pod.name) return false;
  if (server_id !== undefined && !hasIdentity(server_id, pod)) return false;
  return ip === undefined ? server_id !== undefined : pod.ips.includes(ip);
}

/** `default.team-a.serviceaccount.identity.linkerd.cluster.local`: the ServiceAccount and its namespace. */
const hasIdentity = (id: string, { serviceAccount, namespace }: LivePod): boolean =>
  id.startsWith(`${serviceAccount}.${namespace}.serviceaccount.identity.`);

export const isPort = (labels: Labels, port: number | undefined): boolean => {
  const { port: called } = calledAddress(labels);
  return port === undefined || called === String(port) || called === PROXY_PORT;
};
