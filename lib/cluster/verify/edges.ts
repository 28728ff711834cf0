import type { MeshEdge, MeshNode } from '../../model/connections/mesh-graph';
import type { Workload } from '../../model/connections/workload';
import { entryOf } from '../../objects/entry-of';
import type { LiveCluster } from './live-cluster';
import type { LivePod } from './live-pod';
import { podsOf } from './live-pod';
import { calledAddress, isCallee, isPort } from './callee';
import type { Sent } from './outbound';
import { failedOf, gotThrough, isHttp, isMtls, openOf, Outbound } from './outbound';
import { readMetrics } from './proxy-metrics';
import type { Rendered } from './rendered';
import { sideBySide } from './side-by-side';

/** What the proxies have seen of a connection. `partly`: some of it was mTLS, some was not. */
export type EdgeState = 'mtls' | 'plain' | 'partly' | 'not seen';

/** Why a connection cannot be seen. `left out`: it is of a namespace that is not looked at. */
export type Blindness = 'left out' | 'no pod calls' | 'no pod is called';

/** A connection that the platform makes between its workloads, as it is rendered and as it is. */
export interface LiveEdge {
  readonly edge: MeshEdge;

  /** By what got through: requests that were answered, or connections of what is no HTTP. */
  readonly state: EdgeState;

  /** How often something got through with mTLS, and without. */
  readonly mtls: number;
  readonly plain: number;

  /** Of `plain`, what still goes on: it may come to nothing. */
  readonly open: number;

  /** Why the caller's proxy did without mTLS, in its own word. */
  readonly because: string | undefined;

  /** Requests without mTLS that came to nothing or were refused, by what became of them; and why they were without. */
  readonly refused: ReadonlyMap<string, number>;
  readonly refusedBecause: string | undefined;

  /** Requests without mTLS that were answered at an address which more than one pod has had: whose answers they are is not known. */
  readonly unclear: number;

  /** Why nothing can be seen. */
  readonly blind: Blindness | undefined;

  /** Whether some pod that calls tells no metrics. */
  readonly silent: boolean;
}

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
  const pods = (await live.podsNow()).filter(({ isReady }) => isReady);
  const workloads = new Map(rendered.cluster.workloads.map((workload) => [workload.id, workload]));
  const wanted = ownEdges(rendered).filter(({ security }) => security.protection === 'mtls');
  const known = new Map<string, LivePod[]>();
  const of = (id: string): LivePod[] =>
    entryOf(known, id, () => {
      const workload: Workload | undefined = workloads.get(id);
      return workload === undefined ? [] : podsOf(workload, pods);
    });
  const isLookedAt = (id: string): boolean => rendered.includes(workloads.get(id)?.namespace ?? '');
  const blindness = ({ from, to }: MeshEdge): Blindness | undefined => {
    if (!isLookedAt(from) || !isLookedAt(to)) return 'left out';
    if (of(from).length === 0) return 'no pod calls';
    return of(to).length === 0 ? 'no pod is called' : undefined;
  };
  const callers = [...new Set(wanted.filter((edge) => blindness(edge) === undefined).flatMap(({ from }) => of(from)))];
  const sent = new Map<string, ReadonlyMap<string | undefined, readonly Sent[]>>();
  const silent = new Map<string, string>();
  await sideBySide(
    4,
    callers.filter(({ proxy }) => proxy !== undefined),
    async (pod) => {
      try {
        sent.set(pod.id, byAddress((await readMetrics(pod, live, () => new Outbound())).sent));
      } catch (error) {
        silent.set(pod.id, error instanceof Error ? error.message : String(error));
      }
    },
  );
  const edges = wanted.map((edge): LiveEdge => {
    const from = of(edge.from);
    return {
      edge,
      ...countOf(from.flatMap(({ id }) => of(edge.to).map((pod) => sentTo(pod, edge.port, sent.get(id))))),
      blind: blindness(edge),
      silent: from.some(({ id }) => silent.has(id)),
    };
  });
  return { edges, silent: [...silent].map(([pod, reason]) => ({ pod, reason })) };
}

/** By the called address, `undefined` where it is not told. */
function byAddress(sent: readonly Sent[]): ReadonlyMap<string | undefined, readonly Sent[]> {
  const found = new Map<string | undefined, Sent[]>();
  for (const one of sent) entryOf(found, calledAddress(one.labels).ip, () => []).push(one);
  return found;
}

/** What one proxy has sent to a port of one pod. */
interface SentTo {
  readonly sent: readonly Sent[];

  /** What was sent to its address alone, when other pods have had that. */
  readonly unclear: readonly Sent[];
}

function sentTo(pod: LivePod, port: number | undefined, all: ReturnType<typeof byAddress> = new Map()): SentTo {
  const atPort = [...pod.ips, undefined]
    .flatMap((ip) => all.get(ip) ?? [])
    .filter(({ labels }) => isPort(labels, port));
  const mine = atPort.filter(({ labels }) => isCallee(labels, pod));
  // Where HTTP is seen, connections say nothing more: some are opened and not used.
  const http = mine.filter(isHttp);
  const counted = http.length > 0 ? http : mine;
  const isShared = ({ labels }: Sent): boolean =>
    labels.dst_pod === undefined &&
    atPort.some(
      ({ labels: { dst_pod, ...other } }) =>
        dst_pod !== undefined && dst_pod !== pod.name && calledAddress(other).ip === calledAddress(labels).ip,
    );
  return { sent: counted.filter((one) => !isShared(one)), unclear: counted.filter(isShared) };
}

type Counts = Pick<
  LiveEdge,
  'state' | 'mtls' | 'plain' | 'open' | 'because' | 'refused' | 'refusedBecause' | 'unclear'
>;

function countOf(all: readonly SentTo[]): Counts {
  const sum = (list: readonly Sent[], of: (sent: Sent) => number): number =>
    list.reduce((total, one) => total + of(one), 0);
  const known = all.flatMap(({ sent }) => sent);
  const unclear = all.flatMap((one) => one.unclear).filter((one) => !isMtls(one));
  const plain = known.filter((one) => !isMtls(one));
  const refused = [...plain, ...unclear].filter((one) => failedOf(one) > 0);
  const became = new Map<string, number>();
  for (const [status, times] of refused.flatMap(({ failed }) => [...failed])) {
    became.set(status, (became.get(status) ?? 0) + times);
  }
  const counts = { mtls: sum(known.filter(isMtls), gotThrough), plain: sum(plain, gotThrough) };
  return {
    ...counts,
    state: stateOf(counts),
    open: sum(plain, openOf),
    because: reasonOf(plain.find((one) => gotThrough(one) > 0)),
    refused: became,
    refusedBecause: reasonOf(refused[0]),
    unclear: sum(unclear, gotThrough),
  };
}

function stateOf({ mtls, plain }: Pick<LiveEdge, 'mtls' | 'plain'>): EdgeState {
  if (plain > 0) return mtls > 0 ? 'partly' : 'plain';
  return mtls > 0 ? 'mtls' : 'not seen';
}

const reasonOf = (sent: Sent | undefined): string | undefined => sent?.labels.no_tls_reason ?? sent?.labels.tls;

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
