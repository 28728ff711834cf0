import type { Protection } from '../../model/connections/connection';
import type { MeshEdge, MeshGraph, MeshNode } from '../../model/connections/mesh-graph';
import type { Alike } from './alike';
import { alikeOf } from './alike';

/** The node that stands for all pods of the mesh, where one has what all have. */
export const EVERY_POD = 'every-pod';

/** Connections of one kind, as one line of text beside an arrow, and as one row of a table. */
export interface DrawnConnection {
  readonly about: string;
  readonly ports: readonly number[];
  readonly services: readonly string[];
  readonly protection: Protection;

  /** Why it is not mTLS. */
  readonly reason?: { readonly short: string; readonly text: string };
  readonly when?: string;

  /** The objects that say so. */
  readonly knownFrom: readonly string[];

  /** The workloads that one end stands for here, where it is every pod or several Knative Services. */
  readonly members: readonly string[];
}

/** An arrow: all connections from one node to another that are protected alike. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly protection: Protection;
  readonly connections: readonly DrawnConnection[];
}

/** What is drawn: a graph in which what is alike is one. */
export interface Drawing {
  readonly namespaces: readonly string[];

  /** What is drawn as a box, besides `EVERY_POD`. */
  readonly nodes: readonly MeshNode[];

  /** All that has pods, also where one box stands for several. */
  readonly workloads: readonly MeshNode[];
  readonly arrows: readonly Arrow[];

  /** How many workloads `EVERY_POD` stands for; 0 where it is not drawn. */
  readonly everyPod: number;
}

interface Line extends DrawnConnection {
  readonly from: string;
  readonly to: string;
}

export function drawingOf(graph: MeshGraph): Drawing {
  const alike = alikeOf(graph);
  const lines = linesOf(graph.edges, alike);
  const arrows = grouped(lines, ({ from, to, protection }) => [from, to, protection]).map((connections) => {
    const [first] = connections;
    return { from: first.from, to: first.to, protection: first.protection, connections };
  });
  const everyPod = new Set(
    lines.filter(({ from, to }) => from === EVERY_POD || to === EVERY_POD).flatMap(({ members }) => members),
  );
  return {
    namespaces: graph.namespaces,
    nodes: alike.nodes,
    workloads: graph.nodes.filter(({ namespace }) => namespace !== undefined),
    arrows,
    everyPod: everyPod.size,
  };
}

/** Edges that differ in their ports or Services alone are one line, and so are those that all pods have. */
function linesOf(edges: readonly MeshEdge[], { groupOf }: Alike): Line[] {
  const pods = podEndOf(edges);
  const folded = edges.map((edge) => {
    const ends = pods(edge);
    const [from, to] = [groupOf(ends.from), groupOf(ends.to)];
    const member = ends.member ?? (from === undefined ? to && edge.to : edge.from);
    return { edge, from: from ?? ends.from, to: to ?? ends.to, member };
  });
  return grouped(folded, ({ edge: { about, security, when }, from, to }) => [from, to, about, security, when]).map(
    (same) => {
      const [{ edge, from, to }] = same;
      const { about, security, when } = edge;
      return {
        from,
        to,
        about,
        ports: unique(same.flatMap((one) => one.edge.port ?? [])).sort((a, b) => a - b),
        services: unique(same.flatMap((one) => one.edge.service?.name ?? [])),
        protection: security.protection,
        ...(security.protection !== 'mtls' && { reason: security.reason }),
        ...(when !== undefined && { when }),
        knownFrom: unique(same.map((one) => one.edge.knownFrom)),
        members: unique(same.flatMap(({ member }) => member ?? [])),
      };
    },
  );
}

/** Says which end of an edge is a pod like all others: the one that differs among edges about the same. One pod alone stays itself. */
function podEndOf(edges: readonly MeshEdge[]): (edge: MeshEdge) => { from: string; to: string; member?: string } {
  const key = (fixed: 'from' | 'to', edge: MeshEdge): string =>
    JSON.stringify([fixed, edge[fixed], edge.about, edge.security, edge.when]);
  const ends = new Map<string, Set<string>>();
  for (const edge of edges.filter(({ everyPod }) => everyPod === true)) {
    for (const fixed of ['from', 'to'] as const) {
      const others = ends.get(key(fixed, edge)) ?? new Set();
      ends.set(key(fixed, edge), others.add(edge[fixed === 'from' ? 'to' : 'from']));
    }
  }
  return (edge) => {
    const { from, to } = edge;
    const targets = ends.get(key('from', edge))?.size ?? 0;
    const sources = ends.get(key('to', edge))?.size ?? 0;
    if (edge.everyPod !== true || Math.max(targets, sources) < 2) return { from, to };
    return targets > sources ? { from, to: EVERY_POD, member: to } : { from: EVERY_POD, to, member: from };
  };
}

type NotEmpty<T> = [T, ...T[]];

/** Those with one key together, in the order of the first of each. */
function grouped<T>(all: readonly T[], key: (one: T) => unknown): NotEmpty<T>[] {
  const groups = new Map<string, NotEmpty<T>>();
  for (const one of all) {
    const group = groups.get(JSON.stringify(key(one)));
    if (group === undefined) groups.set(JSON.stringify(key(one)), [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

const unique = <T>(all: readonly T[]): T[] => [...new Set(all)];
