import type { Document } from 'yaml';
import { isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { JsonPath } from '../objects/manifest';
import type { Mistake } from '../objects/mistakes';
import { quote } from '../syntax/quote';
import { NO_ALIAS, yamlProblem } from './yaml-problem';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * Takes the values out of a YAML file of knitmesh's own, and collects what is wrong with them, each with file and line. What the cluster reads
 * is read by `readYaml`.
 */
export class YamlReader {
  readonly mistakes: Mistake[] = [];

  /** The file's content as plain values. */
  readonly content: unknown;

  private readonly document: Document.Parsed;
  private readonly lines = new LineCounter();

  constructor(
    text: string,
    private readonly file: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
    // The errors after the first one mostly follow from it.
    for (const error of this.document.errors.slice(0, 1)) this.reportAt(error.pos[0], yamlProblem(error));
    this.content = this.document.errors.length > 0 ? undefined : this.plain();
  }

  private plain(): unknown {
    try {
      return this.document.toJS() as unknown;
    } catch {
      this.reportAt(0, NO_ALIAS);
      return undefined;
    }
  }

  /** Records what is wrong with the value at a path. */
  report(path: JsonPath, message: string): void {
    this.reportAt(this.offsetOf(path), path.length === 0 ? message : `${pathText(path)}: ${message}`);
  }

  /** A mapping of these keys. */
  fields(path: JsonPath, value: unknown, required: readonly string[], optional: readonly string[] = []): Fields {
    const fields = this.map(path, value);
    const known = [...required, ...optional];
    for (const key of Object.keys(fields)) {
      if (!known.includes(key)) this.report([...path, key], `this key is not known: use ${known.join(', ')}`);
    }
    for (const key of required) {
      if (!(key in fields)) this.report(path, `${quote(key)} is missing`);
    }
    return fields;
  }

  /** A mapping of any keys. */
  map(path: JsonPath, value: unknown): Fields {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
    this.report(path, `${shown(value)} is not a mapping of keys to values`);
    return {};
  }

  /** A list that is not empty; an empty one if there is none. */
  list(path: JsonPath, value: unknown): readonly unknown[] {
    if (value === undefined) return [];
    if (Array.isArray(value) && value.length > 0) return value;
    this.report(path, `${shown(value)} is not a list of at least one`);
    return [];
  }

  /** A text without a problem; `undefined` if there is none. */
  text(path: JsonPath, value: unknown, problemOf: (text: string) => string | undefined): string | undefined {
    if (value === undefined) return undefined;
    const problem = typeof value === 'string' ? problemOf(value) : `${shown(value)} is not a text: put it in quotes`;
    if (problem === undefined) return value as string;
    this.report(path, problem);
    return undefined;
  }

  /** true or false; `undefined` if it is neither. */
  flag(path: JsonPath, value: unknown): boolean | undefined {
    if (value === undefined || typeof value === 'boolean') return value;
    this.report(path, `${shown(value)} is neither true nor false`);
    return undefined;
  }

  /** The line of a value's key, or of what should hold it. */
  lineOf(path: JsonPath): number {
    return this.lines.linePos(this.offsetOf(path)).line;
  }

  private reportAt(offset: number, message: string): void {
    this.mistakes.push({ where: `${this.file}:${this.lines.linePos(offset).line}`, message });
  }

  /** Where a value's key stands, or what should hold it. */
  private offsetOf(path: JsonPath): number {
    let node: unknown = this.document.contents;
    let offset = 0;
    for (const step of path) {
      const items = isNode(node) && 'items' in node ? (node.items as unknown[]) : [];
      const item = typeof step === 'number' ? items[step] : items.find((pair) => isPair(pair) && isKey(pair.key, step));
      if (item === undefined) break;
      const at = isPair(item) ? item.key : item;
      node = isPair(item) ? item.value : item;
      offset = isNode(at) ? (at.range?.[0] ?? offset) : offset;
    }
    return offset;
  }
}

const isKey = (key: unknown, step: string): boolean => isScalar(key) && String(key.value) === step;
const shown = (value: unknown): string => quote(value ?? null).slice(0, 60);

/** `components.linkerd.files[0].sha256` */
function pathText(path: JsonPath): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}
