import type { OpenPort } from '../mesh/open-port';
import { POD_SELECTOR } from './labels';
import { PORTS } from './ports';

/**
 * The ports that take requests from the internet, which has no identity of the mesh. The one for cluster-local names is not among them: its
 * callers are in the mesh. The admin port needs nothing either, since Linkerd lets the probes on it pass by itself.
 */
export function openPorts({ tls }: { readonly tls: boolean }): OpenPort[] {
  const podSelector = { matchLabels: POD_SELECTOR };
  return [
    // HTTP/1.1, or HTTP/2 without TLS: the first bytes tell. A Server for HTTP/1 alone breaks the other off.
    { name: 'public-http', podSelector, port: PORTS.http, protocol: 'unknown', callers: 'anyone' },
    ...(tls
      ? [{ name: 'public-https', podSelector, port: PORTS.https, protocol: 'TLS', callers: 'anyone' } as const]
      : []),
  ];
}
