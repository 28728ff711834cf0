import type { MeshEdge, MeshNode } from '../../graph/mesh-graph';
import type { Workload } from '../../graph/workload';
import type { LiveCluster } from './live-cluster';
import type { LivePod } from './live-pod';
import { podsOf } from './live-pod';
import type { Sample } from './prometheus-text';
import { metricsOf } from './proxy-metrics';
import type { Rendered } from './rendered';
import { sideBySide } from './side-by-side';

/** What the proxies have seen of a connection. `partly`: some of it was mTLS, some was not. */
export type EdgeState = 'mtls' | 'plain' | 'partly' | 'not seen';

/** A connection that the platform makes between its workloads, as it is rendered and as it is. */
export interface LiveEdge {
  readonly edge: MeshEdge;
  readonly state: EdgeState;

  /** Why the caller's proxy did without mTLS, in its own word. */
  readonly because: string | undefined;

  /** Why nothing can be seen: there is no pod that calls, or that is called. */
  readonly blind: string | undefined;
}

/** Names of series that count connections or requests. Source: Linkerd edge-26.8.3, the proxy's metrics. */
const SERIES = ['request_total', 'tcp_open_total'];

/** Where a proxy takes what is sent to it whole, whatever port is meant. */
const PROXY_PORT = '4143';

/** Connections between workloads, but for those that every pod of the mesh has: they are what the platform is for. */
export function ownEdges({ graph }: Rendered): MeshEdge[] {
  const workloads = new Set(graph.nodes.flatMap(({ id, namespace }) => (namespace === undefined ? [] : [id])));
  return graph.edges.filter(({ from, to, everyPod }) => everyPod !== true && workloads.has(from) && workloads.has(to));
}

export interface SeenEdges {
  readonly edges: readonly LiveEdge[];

  /** Pods whose proxies tell no metrics, and why. */
  readonly silent: readonly { readonly pod: string; readonly reason: string }[];
}

/** What the proxies of the callers tell of connections that are to be mTLS. */
export async function liveEdges(rendered: Rendered, live: LiveCluster): Promise<SeenEdges> {
  const pods = await live.podsNow();
  const workloads = new Map(rendered.cluster.workloads.map((workload) => [workload.id, workload]));
  const wanted = ownEdges(rendered).filter(({ security }) => security.protection === 'mtls');
  const of = (id: string): LivePod[] => {
    const workload: Workload | undefined = workloads.get(id);
    return workload === undefined ? [] : podsOf(workload, pods).filter(({ isReady }) => isReady);
  };
  const callers = [...new Set(wanted.flatMap(({ from }) => of(from)))].filter(({ proxy }) => proxy !== undefined);
  const silent: { pod: string; reason: string }[] = [];
  const samples = new Map<LivePod, readonly Sample[]>();
  await sideBySide(4, callers, async (pod) => {
    try {
      samples.set(pod, (await metricsOf(pod, live)).filter(isOutbound));
    } catch (error) {
      silent.push({ pod: pod.id, reason: error instanceof Error ? error.message : String(error) });
    }
  });
  const edges = wanted.map((edge): LiveEdge => {
    const [from, to] = [of(edge.from), of(edge.to)];
    const blind =
      from.length === 0
        ? `no pod of ${edge.from} is Ready`
        : to.length === 0
          ? `no pod of ${edge.to} is Ready`
          : undefined;
    const seen = from.flatMap((pod) => samples.get(pod) ?? []).filter((sample) => leadsTo(sample, to, edge.port));
    const plain = seen.filter(({ labels }) => labels.tls !== 'true');
    const state =
      seen.length === 0 ? 'not seen' : plain.length === 0 ? 'mtls' : plain.length < seen.length ? 'partly' : 'plain';
    return { edge, state, because: plain[0]?.labels.no_tls_reason ?? plain[0]?.labels.tls, blind };
  });
  return { edges, silent };
}

const isOutbound = ({ name, labels, value }: Sample): boolean =>
  SERIES.includes(name) && labels.direction === 'outbound' && (labels.peer ?? 'dst') === 'dst' && value > 0;

/** Whether a series counts what was sent to a port of one of some pods. */
function leadsTo({ labels }: Sample, pods: readonly LivePod[], port: number | undefined): boolean {
  const [ip, targetPort] = addressOf(labels);
  const isPort = port === undefined || targetPort === String(port) || targetPort === PROXY_PORT;
  return (
    isPort &&
    pods.some((pod) =>
      labels.dst_pod === undefined
        ? pod.ip !== undefined && pod.ip === ip
        : pod.name === labels.dst_pod && pod.namespace === labels.dst_namespace,
    )
  );
}

function addressOf({ target_addr = '', target_ip, target_port }: Sample['labels']): [string, string] {
  const [, ip = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(target_addr) ?? [];
  return [target_ip ?? ip, target_port ?? port];
}

/** Roles of workloads on a request's way, told from the connections alone. */
export interface RequestPath {
  readonly carries: (id: string) => boolean;

  /** What holds requests until a service has pods. */
  readonly activates: (id: string) => boolean;
  readonly serves: (id: string) => boolean;
}

export function requestPathOf({ graph }: Rendered): RequestPath {
  const node = new Map<string, MeshNode>(graph.nodes.map((one) => [one.id, one]));
  const carries = (id: string): boolean => node.get(id)?.networkingLayer === true;
  const serves = (id: string): boolean => node.get(id)?.knative === true;
  const own = graph.edges.filter(({ everyPod }) => everyPod !== true);
  const carried = new Set(own.filter(({ from }) => carries(from)).map(({ to }) => to));
  const calling = new Set(own.filter(({ to }) => serves(to)).map(({ from }) => from));
  return { carries, serves, activates: (id) => !serves(id) && carried.has(id) && calling.has(id) };
}
