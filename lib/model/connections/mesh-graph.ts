import type { PlatformObject } from '../../objects/manifest';
import type { Cluster, NetworkingAddresses } from './cluster';
import { clusterOf } from './cluster';
import type { Connection, Outsider, Party, Security } from './connection';
import { OUTSIDERS, securityOf } from './connection';
import { addressConnections } from './edges/addresses';
import { apiServerConnections } from './edges/api-server';
import { controlPlaneConnections } from './edges/control-plane';
import { kubeletConnections } from './edges/kubelet';
import { layerControlConnections } from './edges/layer-control';
import { ingressClassOf, networkingLayerOf, requestConnections } from './edges/requests';
import { scrapeConnections } from './edges/scrapes';
import { tapConnections } from './edges/tap';
import type { KubernetesService } from './service';
import type { Workload } from './workload';
import { proxyOf } from './workload';

/** A workload, or who calls from outside of them all. */
export interface MeshNode {
  readonly id: string;
  readonly name: string;

  /** `Deployment`, `Knative Service`; of an outsider, what it is. */
  readonly kind: string;

  /** `undefined` of an outsider. */
  readonly namespace?: string;

  /** `undefined` of an outsider, and where something else decides. */
  readonly pods?: string;

  /** Containers of a pod that run, the proxy among them, as in kubectl's READY. */
  readonly containers?: number;
  readonly meshed: boolean;

  /** Why it is not. */
  readonly because?: string;

  /** Whether it is a Service of Knative. */
  readonly knative: boolean;

  /** Whether it carries requests to Knative Services. */
  readonly networkingLayer?: boolean;
  readonly services: readonly KubernetesService[];
}

/** A connection between two nodes, and what protects it. */
export interface MeshEdge extends Omit<Connection, 'from' | 'to' | 'ofProxy' | 'ownTls' | 'admitted'> {
  /** Ids of nodes. */
  readonly from: string;
  readonly to: string;
  readonly security: Security;
}

/** The mesh of a platform: what `linkerd viz edges` would show after it is applied, and what it would not since it is not in the mesh. */
export interface MeshGraph {
  /** The class of Ingresses that Serving makes. */
  readonly ingressClass?: string;
  readonly namespaces: readonly string[];
  readonly nodes: readonly MeshNode[];
  readonly edges: readonly MeshEdge[];
}

/**
 * @param networking what carries requests to Knative Services; default: what stands behind the LoadBalancers
 */
export function meshGraph(objects: readonly PlatformObject[], networking?: NetworkingAddresses): MeshGraph {
  const cluster = clusterOf(objects, networking);
  const edges = once(
    [
      requestConnections,
      layerControlConnections,
      addressConnections,
      apiServerConnections,
      controlPlaneConnections,
      scrapeConnections,
      tapConnections,
      kubeletConnections,
    ]
      .flatMap((connections) => connections(cluster))
      .map((connection) => edgeOf(connection, cluster)),
  );
  const called = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const outsiders = (Object.keys(OUTSIDERS) as Outsider[]).filter((outsider) => called.has(idOf(outsider)));
  const layers = networkingLayerOf(cluster);
  const nodes = [
    ...outsiders.map(outsiderNode),
    ...cluster.workloads.map((workload) => workloadNode(workload, cluster, layers.includes(workload))),
  ];
  const ingressClass = ingressClassOf(cluster);
  return {
    ...(ingressClass !== undefined && { ingressClass }),
    namespaces: [...new Set(cluster.workloads.map(({ namespace }) => namespace))].sort(),
    nodes,
    edges,
  };
}

const idOf = (party: Party): string => (typeof party === 'string' ? party : party.id);

function edgeOf(connection: Connection, cluster: Cluster): MeshEdge {
  const { from, to, about, port, service, everyPod, knownFrom, when } = connection;
  return {
    from: idOf(from),
    to: idOf(to),
    about,
    ...(port !== undefined && { port }),
    ...(service !== undefined && { service: { name: service.name, port: service.port } }),
    ...(everyPod === true && { everyPod }),
    knownFrom,
    ...(when !== undefined && { when }),
    security: securityOf(connection, cluster),
  };
}

/** One edge for what several objects say, such as the webhooks of one server. */
function once(edges: readonly MeshEdge[]): MeshEdge[] {
  const first = new Map<string, MeshEdge>();
  for (const edge of edges) {
    const { from, to, about, port } = edge;
    const key = JSON.stringify([from, to, about, port]);
    if (!first.has(key)) first.set(key, edge);
  }
  return [...first.values()];
}

function outsiderNode(outsider: Outsider): MeshNode {
  const { name, is } = OUTSIDERS[outsider];
  return { id: outsider, name, kind: is, knative: false, meshed: false, services: [] };
}

function workloadNode(workload: Workload, { mesh, services }: Cluster, networkingLayer: boolean): MeshNode {
  const { id, name, kind, namespace, knative, pods, containers } = workload;
  const membership = mesh.membership(workload);
  const injected = membership.meshed && proxyOf(workload) === undefined;
  return {
    id,
    name,
    kind,
    namespace,
    knative,
    ...(pods !== undefined && { pods }),
    containers: containers.filter(({ runs }) => runs).length + (injected ? 1 : 0),
    meshed: membership.meshed,
    ...(!membership.meshed && { because: membership.because }),
    ...(networkingLayer && { networkingLayer }),
    services: services.of(workload),
  };
}
