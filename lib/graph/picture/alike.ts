import type { MeshGraph, MeshNode } from '../../model/connections/mesh-graph';

/** Nodes that are drawn as one, under the id of that one. */
export interface Alike {
  /** Nodes of their own, and one for each group. */
  readonly nodes: readonly MeshNode[];

  /** The id of the group that a node is in. */
  readonly groupOf: (id: string) => string | undefined;
}

/** As few as these are drawn one by one. */
const DRAWN_ALONE = 2;

/** As many boxes of Knative Services as a namespace has in a picture that people still read. */
const MOST_BOXES = 20;

/** As many names as one box shows. */
const NAMED = 3;

/**
 * Knative Services of a namespace that have the same connections: a hundred of them are a picture of one. Where they still are too many,
 * they are one box whatever their connections are. The tables keep them apart.
 */
export function alikeOf({ nodes, edges }: MeshGraph): Alike {
  const connections = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to, about, port, security, when } of edges) {
    connections.get(from)?.push(JSON.stringify(['to', to, about, port, security, when]));
    connections.get(to)?.push(JSON.stringify(['from', from, about, port, security, when]));
  }
  const groups = new Map<string, MeshNode[]>();
  for (const node of nodes.filter(({ knative }) => knative)) {
    const { id, namespace, meshed, because, containers } = node;
    const key = JSON.stringify([namespace, meshed, because, containers, connections.get(id)?.sort()]);
    addTo(groups, key, node);
  }
  const group = new Map<string, MeshNode>();
  for (const members of bounded([...groups.values()])) {
    const [first] = members;
    if (first === undefined || members.length <= DRAWN_ALONE) continue;
    const box = asOne(first, members);
    for (const { id } of members) group.set(id, box);
  }
  const drawn = new Map(nodes.map((node) => group.get(node.id) ?? node).map((node) => [node.id, node]));
  return { nodes: [...drawn.values()], groupOf: (id) => group.get(id)?.id };
}

/** In a namespace with too many boxes, those in the mesh are one, and so are those outside of it, whatever their connections are. */
function bounded(groups: readonly MeshNode[][]): MeshNode[][] {
  const boxes = new Map<string | undefined, number>();
  for (const members of groups) {
    const namespace = members[0]?.namespace;
    boxes.set(namespace, (boxes.get(namespace) ?? 0) + (members.length <= DRAWN_ALONE ? members.length : 1));
  }
  const drawn: MeshNode[][] = [];
  const merged = new Map<string, MeshNode[]>();
  for (const members of groups) {
    if ((boxes.get(members[0]?.namespace) ?? 0) <= MOST_BOXES) drawn.push(members);
    else for (const node of members) addTo(merged, JSON.stringify([node.namespace, node.meshed]), node);
  }
  return [...drawn, ...merged.values()];
}

function addTo(groups: Map<string, MeshNode[]>, key: string, node: MeshNode): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [node]);
  else group.push(node);
}

/** The id of the group that a node would be the first of. */
export const groupIdOf = ({ id }: MeshNode): string => `${id} and others`;

function asOne(first: MeshNode, members: readonly MeshNode[]): MeshNode {
  const { namespace, knative, meshed } = first;
  const [because] = same(members.map((node) => node.because));
  const [containers] = same(members.map((node) => node.containers));
  const names = members.slice(0, NAMED).map(({ name }) => name);
  const more = members.length - names.length;
  return {
    id: groupIdOf(first),
    name: `${members.length} Knative Services`,
    kind: `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    ...(namespace !== undefined && { namespace }),
    knative,
    meshed,
    ...(because !== undefined && { because }),
    ...(containers !== undefined && { containers }),
    services: [],
  };
}

/** What all have; nothing where they differ. */
const same = <T>(all: readonly T[]): T[] => (new Set(all).size === 1 ? all.slice(0, 1) : []);
