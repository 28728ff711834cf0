import type { Node } from 'yaml';
import { LineCounter, parseDocument } from 'yaml';
import { placeOf } from '../syntax/yaml-place';
import type { Path } from './path';

interface ReadText {
  readonly text: string;
  readonly contents: Node | null;
  readonly lines: LineCounter;
}

/** Many findings can be of one text: a list has many objects. */
let latest: ReadText | undefined;

/** The lines of a document's first key, and of what a path names or of the nearest thing around it. */
export function linesOf(text: string, path: Path): { readonly root: number; readonly named: number } {
  if (latest?.text !== text) latest = read(text);
  const { contents, lines } = latest;
  const lineOf = (within: Path): number => lines.linePos(placeOf(contents, within).offset).line;
  return { root: lineOf([]), named: lineOf(path) };
}

function read(text: string): ReadText {
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'silent' });
  return { text, contents, lines };
}
