import type { Mesh } from './mesh';
import { argument, isInPorts } from './mesh';
import type { Container, Workload } from './workload';
import { PROXY_CONTAINER } from './workload';

/** Who is no workload of the platform, and calls or is called all the same. */
export const OUTSIDERS = {
  clients: { name: 'Clients', is: 'outside the cluster' },
  'api-server': { name: 'API server', is: 'of Kubernetes' },
  kubelet: { name: 'Kubelets', is: 'one a node' },
  'control-plane': { name: 'Linkerd', is: 'installed by other means' },
} as const;

export type Outsider = keyof typeof OUTSIDERS;

export type Party = Workload | Outsider;

/** A connection that the platform makes, and what it is known from. */
export interface Connection {
  readonly from: Party;
  readonly to: Party;

  /** What it is for, in a word or two. */
  readonly about: string;

  /**
   * The port of the pods that it arrives at.
   *
   * @default - not known
   */
  readonly port?: number;

  /**
   * The Service that it goes by, and its port.
   *
   * @default - it goes to the pods themselves
   */
  readonly service?: { readonly name: string; readonly port: number };

  /** Whether it is TLS whatever the mesh does, with a certificate that is not the mesh's. */
  readonly ownTls?: boolean;

  /** Whether the proxy itself makes it, or answers it: it goes past no port rule. */
  readonly ofProxy?: boolean;

  /** Whether all pods of the mesh have one like it. */
  readonly everyPod?: boolean;

  /** The object that says so. */
  readonly knownFrom: string;

  /**
   * When it is made.
   *
   * @default - whenever it is needed
   */
  readonly when?: string;
}

/** `mtls`: both sides prove an identity of the mesh. `tls`: encrypted, but not by the mesh. `plain`: neither. */
export type Protection = 'mtls' | 'tls' | 'plain';

/** Why a connection is not mTLS. */
export interface Reason {
  /** For a picture. */
  readonly short: string;

  /** A clause, as a sentence goes on. */
  readonly text: string;
}

export type Security =
  { readonly protection: 'mtls' } | { readonly protection: 'tls' | 'plain'; readonly reason: Reason };

const OUTSIDE: Readonly<Record<Outsider, Reason>> = {
  clients: { short: 'outside caller', text: 'callers outside the cluster have no identity of the mesh' },
  'api-server': { short: 'API server', text: 'the API server is not in the mesh' },
  kubelet: { short: 'kubelet', text: 'kubelets are not in the mesh' },
  'control-plane': { short: 'control plane', text: 'the control plane is not among these objects' },
};

/** What the mesh makes of a connection: mTLS if both sides have a proxy and the connection passes through both. */
export function securityOf(connection: Connection, mesh: Mesh): Security {
  const reason = reasonAgainst(connection, mesh);
  return reason === undefined
    ? { protection: 'mtls' }
    : { protection: connection.ownTls === true ? 'tls' : 'plain', reason };
}

function reasonAgainst({ from, to, port, service, ofProxy }: Connection, mesh: Mesh): Reason | undefined {
  if (typeof from === 'string') return OUTSIDE[from];
  // Linkerd's own control plane is always meshed, wherever it comes from.
  if (typeof to === 'string' && to !== 'control-plane') return OUTSIDE[to];
  for (const [end, workload] of [
    ['the caller', from],
    ['what it calls', to],
  ] as const) {
    const membership = typeof workload === 'string' ? undefined : mesh.membership(workload);
    if (membership?.meshed === false) {
      return { short: 'not in the mesh', text: `${end} is not in the mesh: ${membership.because}` };
    }
  }
  if (ofProxy === true || typeof to === 'string') return undefined;
  const left = service?.port ?? port;
  return skipped(from, 'outbound', left, mesh) ?? skipped(to, 'inbound', port, mesh);
}

/** Ports that go past the proxy: by annotation where it is injected, by an argument of its init container where it is rendered. */
function skipped(
  workload: Workload,
  direction: 'inbound' | 'outbound',
  port: number | undefined,
  mesh: Mesh,
): Reason | undefined {
  if (port === undefined) return undefined;
  const annotation = `config.linkerd.io/skip-${direction}-ports`;
  const rendered = workload.containers.some(({ name }) => name === PROXY_CONTAINER);
  const ports = rendered
    ? initArgument(workload.containers, `--${direction}-ports-to-ignore`)
    : mesh.annotation(workload, annotation);
  if (!isInPorts(port, ports)) return undefined;
  const whose = direction === 'inbound' ? 'the proxy of what it calls' : "the caller's proxy";
  const why = rendered ? `its init container has --${direction}-ports-to-ignore` : annotation;
  return { short: 'skips the proxy', text: `${direction} port ${port} goes past ${whose}: ${why}` };
}

function initArgument(containers: readonly Container[], name: string): string | undefined {
  return containers.map(({ args }) => argument(args, name)).find((value) => value !== undefined);
}
