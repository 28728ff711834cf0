import type { JsonPath } from '../objects/manifest';
import type { YamlNode } from './node';
import { Unreadable } from './node';
import { parseDocument } from './parse';
import { keyName } from './value';

/** The lines of a document's values. A list may have many items, so that each is not counted from the start. */
export class Lines {
  private counted = 0;
  private line: number;

  /**
   * @param text its lines end with line feeds
   * @param firstLine the line that it begins with
   * @param root what is read in it; `undefined` for JSON that is no YAML, all of which is then found where it begins
   */
  constructor(
    private readonly text: string,
    firstLine: number,
    private readonly root: YamlNode | undefined,
  ) {
    this.line = firstLine;
  }

  /** The line of what a path names, or of the nearest thing around it; of the document itself that of its first key. */
  of(path: JsonPath): number {
    return this.at(this.root === undefined ? Math.max(this.text.search(/[^\s{]/), 0) : offsetOf(this.root, path));
  }

  /** Quick for offsets that are asked for in order. */
  private at(offset: number): number {
    const step = offset < this.counted ? -1 : 1;
    for (; this.counted !== offset; this.counted += step) {
      if (this.text[step === 1 ? this.counted : this.counted - 1] === '\n') this.line += step;
    }
    return this.line;
  }
}

/** Many findings can be of one text: a list has many objects. */
let latest: { readonly text: string; readonly lines: Lines } | undefined;

/** The lines of a document's first key, and of what a path names or of the nearest thing around it. The first line is 1. */
export function linesOf(text: string, path: JsonPath): { readonly root: number; readonly named: number } {
  if (latest?.text !== text) latest = { text, lines: linesIn(text, 1) };
  return { root: latest.lines.of([]), named: latest.lines.of(path) };
}

/** The lines of a text that need not be YAML. */
export function linesIn(text: string, firstLine: number): Lines {
  const lines = text.replace(/\r\n/g, '\n');
  return new Lines(lines, firstLine, rootOf(lines.endsWith('\n') ? lines : `${lines}\n`));
}

function rootOf(text: string): YamlNode | undefined {
  try {
    return parseDocument(text);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

interface Place {
  readonly node: YamlNode;

  /** Where its key begins, or where it begins itself as an item of a list. */
  readonly at: number;
}

function offsetOf(root: YamlNode, path: JsonPath): number {
  // A mapping is found where its first key stands, and not the anchor before it.
  let place: Place = { node: root, at: (root.kind === 'mapping' ? root.entries[0]?.[0].at : undefined) ?? root.at };
  for (const step of path) {
    const next = within(place.node, step);
    if (next === undefined) break;
    place = next;
  }
  return place.at;
}

function within(node: YamlNode, step: string | number): Place | undefined {
  if (node.kind === 'alias') return within(node.target, step);
  if (node.kind === 'mapping') {
    const entry = node.entries.findLast(([key]) => keyName(key) === step);
    return entry && { node: entry[1], at: entry[0].at };
  }
  const item = node.kind === 'list' && typeof step === 'number' ? node.items[step] : undefined;
  return item && { node: item, at: item.at };
}
