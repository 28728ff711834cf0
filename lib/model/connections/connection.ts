import type { Cluster } from './cluster';
import type { Mesh } from './mesh';
import { refusedBecause } from './refused';
import { skippedPort } from './skipped-ports';
import type { Workload } from './workload';

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

  /**
   * What it is that Linkerd lets in by itself, whatever the inbound policies are: a probe, as long as no HTTPRoute takes that away, and tap,
   * which has an authorization of its own.
   *
   * @default - nothing of that
   */
  readonly admitted?: 'probe' | 'tap';

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

/**
 * `mtls`: both sides prove an identity of the mesh. `tls`: encrypted, but not by the mesh. `plain`: neither. `refused`: the proxy of what
 * is called lets it not in.
 */
export type Protection = 'mtls' | 'tls' | 'plain' | 'refused';

/** Why a connection is not mTLS, or is refused. */
export interface Reason {
  /** For a picture. */
  readonly short: string;

  /** A clause, as a sentence goes on. */
  readonly text: string;
}

export type Security =
  { readonly protection: 'mtls' } | { readonly protection: Exclude<Protection, 'mtls'>; readonly reason: Reason };

const OUTSIDE: Readonly<Record<Outsider, Reason>> = {
  clients: { short: 'outside caller', text: 'callers outside the cluster have no identity of the mesh' },
  'api-server': { short: 'API server', text: 'the API server is not in the mesh' },
  kubelet: { short: 'kubelet', text: 'kubelets are not in the mesh' },
  'control-plane': { short: 'control plane', text: 'the control plane is not among these objects' },
};

/**
 * What the mesh makes of a connection: mTLS if both sides have a proxy and the connection passes through both, and nothing if the inbound
 * policy of what is called refuses it.
 */
export function securityOf(connection: Connection, cluster: Cluster): Security {
  const reason = reasonAgainst(connection, cluster.mesh);
  const refused = refusedBecause(connection, reason === undefined, cluster);
  if (refused !== undefined) {
    const text = [refused, ...(reason === undefined ? [] : [reason.text])].join('; ');
    return { protection: 'refused', reason: { short: 'inbound policy', text } };
  }
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
  return skippedPort(from, 'outbound', left, mesh) ?? skippedPort(to, 'inbound', port, mesh);
}
