import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Path } from './path';

/** The lines of a document's first key, and of what a path names or of the nearest thing around it. */
export function linesOf(text: string, path: Path): { readonly root: number; readonly named: number } {
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'silent' });
  const start = contents?.range[0] ?? 0;
  let offset = start;
  let node: unknown = contents;
  for (const step of path) {
    const next = within(node, step);
    if (next === undefined) break;
    offset = next.offset;
    node = next.node;
  }
  return { root: lines.linePos(start).line, named: lines.linePos(offset).line };
}

function within(node: unknown, step: string | number): { readonly node: unknown; readonly offset: number } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
    return pair && isScalar(pair.key) ? { node: pair.value, offset: pair.key.range?.[0] ?? 0 } : undefined;
  }
  const item = isSeq(node) && typeof step === 'number' ? node.items[step] : undefined;
  return isNode(item) ? { node: item, offset: item.range?.[0] ?? 0 } : undefined;
}
