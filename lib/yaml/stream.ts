import type { Json, JsonPath } from '../objects/manifest';
import { checkCharacters } from './characters';
import { jsonValue, mayBeJson } from './json-text';
import { Lines, linesIn } from './lines';
import { Unreadable } from './node';
import { parseDocument } from './parse';
import type { YamlValue } from './value';
import { valueOf } from './value';

/** A document of a YAML file, or the object of a JSON file. */
export interface YamlDocument extends YamlValue {
  /**
   * The line of what a path names, or of the nearest thing around it; of the document itself that of its first key. The first line of the file
   * is 1.
   */
  readonly lineOf: (path: JsonPath) => number;

  /** The document's own text, comments and all. It ends with a line break. */
  readonly text: string;
}

/** What of a text cannot be read, and why. */
export interface YamlProblem {
  readonly line: number;
  readonly message: string;
}

/** What a text holds, and what is wrong with it. */
export interface YamlStream {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly YamlProblem[];
}

/**
 * The documents of a text, read as kubectl reads them: split at lines that begin with `---`, then YAML 1.1 as go-yaml v2 has it (`yes` and
 * `on` are booleans, `0777` is octal, `1_000` a number, but dates and `22:22` are texts), or JSON where the text begins as that. Documents
 * without content are left out.
 *
 * What kubectl refuses is a problem, and so is what readers take for different things: Flux and Argo CD build with kustomize, whose reader
 * is another one. Source: k8s.io/apimachinery 0.34.1 `pkg/util/yaml/decoder.go`.
 */
export function readYaml(text: string): YamlStream {
  const documents: YamlDocument[] = [];
  const problems: YamlProblem[] = [];
  for (const part of partsOf(text)) {
    try {
      const document = documentOf(part);
      if (document !== undefined) documents.push(document);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      problems.push({ line: lineAt(part, error.at), message: error.message });
    }
  }
  return { documents, problems };
}

/** The value of a text that is one document, such as a key of a ConfigMap holds: `null` without content, `undefined` if it cannot be read. */
export function readYamlValue(text: string): Json | undefined {
  const { documents, problems } = readYaml(text);
  return problems.length > 0 || documents.length > 1 ? undefined : (documents[0]?.value ?? null);
}

/** What stands between two separators, or a separator. */
interface Part {
  readonly isSeparator: boolean;

  /** Whether it begins the file, where kubectl asks whether that is JSON. */
  readonly isFirst: boolean;
  readonly text: string;

  /** The same with line feeds alone, as kubectl passes it on to its readers. */
  readonly lines: string;

  /** The line of the file that it begins with. */
  readonly firstLine: number;
}

const BYTE_ORDER_MARK = '\ufeff';
const SEPARATOR = '---';

function partsOf(file: string): Part[] {
  const marked = file.startsWith(BYTE_ORDER_MARK);
  const whole = marked ? file.slice(1) : file;
  const parts: Part[] = [];
  let firstLine = 1;
  let start = 0;
  const add = (end: number, isSeparator: boolean): void => {
    const text = whole.slice(start, end);
    const lines = text.includes('\r') ? text.replace(/\r\n/g, '\n') : text;
    parts.push({ isSeparator, isFirst: start === 0 && !marked, text, lines, firstLine });
    firstLine += lineBreaksIn(lines, lines.length);
    start = end;
  };
  while (start < whole.length) {
    if (whole.startsWith(SEPARATOR, start)) add(endOfLine(whole, start), true);
    const next = whole.startsWith(SEPARATOR, start) ? start - 1 : whole.indexOf(`\n${SEPARATOR}`, start);
    add(next < 0 ? whole.length : next + 1, false);
  }
  return parts;
}

const endOfLine = (text: string, start: number): number => text.indexOf('\n', start) + 1 || text.length;

function lineBreaksIn(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

const lineAt = ({ lines, firstLine }: Part, at: number): number => firstLine + lineBreaksIn(lines, at);

function documentOf(part: Part): YamlDocument | undefined {
  const { isSeparator, isFirst, text, lines, firstLine } = part;
  checkCharacters(lines);
  if (isSeparator) {
    if (/^---(?:[ \t]+#.*|[ \t]*)\n?$/.test(lines)) return undefined;
    throw new Unreadable(0, 'only a comment may follow "---" on its line, as kubectl reads it');
  }
  const isJson = isFirst && mayBeJson(lines);
  const own = text.endsWith('\n') ? text : `${text}\n`;
  const json = isJson ? jsonValue(lines) : undefined;
  if (json !== undefined) {
    let places: Lines | undefined;
    return { ...json, text: own, lineOf: (path) => (places ??= linesIn(lines, firstLine)).of(path) };
  }
  const root = parseDocument(lines.endsWith('\n') ? lines : `${lines}\n`, isJson);
  if (root === undefined) return undefined;
  const read = valueOf(root);
  if (read.value === null) return undefined;
  const places = new Lines(lines, firstLine, root);
  return { ...read, text: own, lineOf: (path) => places.of(path) };
}
