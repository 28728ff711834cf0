import type { MeshGraph, MeshNode } from '../mesh-graph';

/** Nodes that are drawn as one, under the id of that one. */
export interface Alike {
  /** Nodes of their own, and one for each group. */
  readonly nodes: readonly MeshNode[];

  /** The id of the group that a node is in. */
  readonly groupOf: (id: string) => string | undefined;
}

/** As few as these are drawn one by one. */
const DRAWN_ALONE = 2;

/** As many names as one box shows. */
const NAMED = 3;

/**
 * Knative Services of a namespace that have the same connections: a hundred of them are a picture of one. The tables keep them apart.
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
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  const group = new Map<string, MeshNode>();
  for (const members of groups.values()) {
    const [first] = members;
    if (first === undefined || members.length <= DRAWN_ALONE) continue;
    for (const { id } of members) group.set(id, asOne(first, members));
  }
  const drawn = new Map(nodes.map((node) => group.get(node.id) ?? node).map((node) => [node.id, node]));
  return { nodes: [...drawn.values()], groupOf: (id) => group.get(id)?.id };
}

/** The id of the group that a node would be the first of. */
export const groupIdOf = ({ id }: MeshNode): string => `${id} and others`;

function asOne(first: MeshNode, members: readonly MeshNode[]): MeshNode {
  const { namespace, knative, meshed, because, containers } = first;
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
