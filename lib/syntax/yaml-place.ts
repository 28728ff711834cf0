import { isMap, isNode, isScalar, isSeq } from 'yaml';

/** A value in a YAML document. */
export interface YamlPlace {
  readonly node: unknown;

  /** Where its key begins, or where it begins itself as an item of a list. */
  readonly offset: number;
}

/** What a path names in a document, or the nearest thing around it. */
export function placeOf(contents: unknown, path: readonly (string | number)[]): YamlPlace {
  let place: YamlPlace = { node: contents, offset: offsetOf(contents) };
  for (const step of path) {
    const next = within(place.node, step);
    if (next === undefined) break;
    place = next;
  }
  return place;
}

function within(node: unknown, step: string | number): YamlPlace | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
    return pair && isScalar(pair.key) ? { node: pair.value, offset: offsetOf(pair.key) } : undefined;
  }
  const item = isSeq(node) && typeof step === 'number' ? node.items[step] : undefined;
  return isNode(item) ? { node: item, offset: offsetOf(item) } : undefined;
}

const offsetOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);
