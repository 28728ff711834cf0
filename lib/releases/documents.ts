import type { Node, ScalarTag, Tags } from 'yaml';
import { isMap, isNode, parseDocument } from 'yaml';
import type { ItemPath } from '../objects/items-of';
import { itemsOf } from '../objects/items-of';
import type { ListPlace, Manifest } from '../objects/manifest';
import type { Mistake } from '../objects/mistakes';
import { readManifest } from '../objects/read-manifest';
import { placeOf } from '../syntax/yaml-place';
import { NO_ALIAS, NO_PLACE, yamlProblem } from './yaml-problem';

/** A document of a vendored file. */
export interface VendoredDocument {
  readonly manifest: Manifest;

  /** `file:line`, with the line of its first key. */
  readonly source: string;

  /**
   * The document's own text, comments and all.
   *
   * @default - the object is an item of a list
   */
  readonly text?: string;

  /** @default - the object has a text of its own */
  readonly list?: ListPlace;

  /**
   * A number that JavaScript cannot hold exactly, as it stands in the text. Such a document can be passed on, not changed.
   *
   * @default - there is none
   */
  readonly inexact?: string;
}

/** A document of a file, whatever it holds. */
export interface YamlDocument {
  /** As JSON has it. */
  readonly value: unknown;
  readonly text: string;

  /** As {@link VendoredDocument.inexact}. */
  readonly inexact?: string;

  /** The line in the file of what a path names, or of the nearest thing around it; of the document itself that of its first key. */
  lineOf(path: ItemPath): number;
}

/** What a file holds: its documents, and what is wrong with it. */
export interface VendoredFile {
  readonly documents: readonly VendoredDocument[];
  readonly mistakes: readonly Mistake[];
}

/**
 * The Kubernetes objects of a YAML file, read as kubectl reads it. Of a list they are its items.
 *
 * @param file what `source` says in front of the line
 */
export function readDocuments(text: string, file: string): VendoredFile {
  const documents: VendoredDocument[] = [];
  const mistakes: Mistake[] = [];
  for (const read of readYaml(text, file)) {
    if ('message' in read) {
      mistakes.push(read);
      continue;
    }
    for (const { path, value, problem } of itemsOf(read.value)) {
      const source = `${file}:${read.lineOf(path)}`;
      const found = problem === undefined ? readManifest(value) : { problem };
      if ('problem' in found) mistakes.push({ where: source, message: found.problem });
      else {
        const place = path.length === 0 ? { text: read.text } : { list: { text: read.text, path } };
        const inexact = read.inexact === undefined ? {} : { inexact: read.inexact };
        documents.push({ manifest: found.manifest, source, ...place, ...inexact });
      }
    }
  }
  return { documents, mistakes };
}

/**
 * The documents of a YAML file, and what is wrong with it, in the order in which they stand, read as kubectl reads it: split at lines that
 * begin with `---`, then YAML 1.1 as go-yaml v2 has it (`yes` and `on` are booleans, `0777` is octal, `1_000` a number, but dates and `22:22`
 * are strings). Documents without content are left out. Source: sigs.k8s.io/yaml 1.4.0 `goyaml.v2/resolve.go`, k8s.io/apimachinery 0.32
 * `pkg/util/yaml/decoder.go`.
 *
 * @param file what a mistake says in front of the line
 */
export function readYaml(text: string, file: string): (YamlDocument | Mistake)[] {
  const found: (YamlDocument | Mistake)[] = [];
  let lines: string[] = [];
  let firstLine = 1;
  const end = (nextLine: number): void => {
    const read = readDocument(lines.join(''), file, firstLine);
    if (read !== undefined) found.push(read);
    lines = [];
    firstLine = nextLine;
  };
  for (const [index, line] of text.split(/(?<=\n)/).entries()) {
    if (!line.startsWith('---')) lines.push(line);
    else {
      const rest = line.slice(3).trim();
      if (rest !== '' && !rest.startsWith('#')) {
        found.push({
          where: `${file}:${index + 1}`,
          message: `only a comment may follow "---" on its line, as kubectl reads it`,
        });
      }
      end(index + 2);
    }
  }
  end(0);
  return found;
}

function readDocument(text: string, file: string, firstLine: number): YamlDocument | Mistake | undefined {
  const inexact: string[] = [];
  const document = parseDocument(text, {
    schema: 'failsafe',
    customTags: (tags) => asKubectlReads(tags, inexact),
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const lines = new Lines(text, firstLine);
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) return { where: `${file}:${lines.at(problem.pos[0])}`, message: yamlProblem(problem) };
  let value: unknown;
  try {
    value = document.toJS();
  } catch {
    return { where: `${file}:${lines.at(startOf(document.contents))}`, message: NO_ALIAS };
  }
  if (value === null) return undefined;
  return {
    value,
    text: text.endsWith('\n') ? text : `${text}\n`,
    ...(inexact[0] !== undefined && { inexact: inexact[0] }),
    lineOf: (path) =>
      lines.at(path.length === 0 ? startOf(document.contents) : placeOf(document.contents, path).offset),
  };
}

/** The lines of a text. A list may have many items, so that each is not counted from the start. */
class Lines {
  private counted = 0;
  private line: number;

  constructor(
    private readonly text: string,
    firstLine: number,
  ) {
    this.line = firstLine;
  }

  /** The line of an offset. Asked in order they are quick. */
  at(offset: number): number {
    const step = offset < this.counted ? -1 : 1;
    for (; this.counted !== offset; this.counted += step) {
      if (this.text[step === 1 ? this.counted : this.counted - 1] === '\n') this.line += step;
    }
    return this.line;
  }
}

function startOf(contents: Node | null): number {
  const key = isMap(contents) ? contents.items[0]?.key : undefined;
  return (isNode(key) ? key.range?.[0] : undefined) ?? contents?.range?.[0] ?? 0;
}

const NULL = /^(?:~|null|Null|NULL)?$/;
const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;

/** A whole number, once its underscores are taken out. */
const INTEGER = /^([-+]?)(?:0[bB]([01]+)|0[oO]?([0-7]+)|0[xX]([0-9a-fA-F]+)|(0|[1-9][0-9]*))$/;
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const NOT_IN_JSON = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** The scalars of go-yaml v2, in the order in which it tries them. */
function asKubectlReads(tags: Tags, inexact: string[]): Tags {
  const scalar = (name: string, test: { test(value: string): boolean }, resolve: ScalarTag['resolve']): ScalarTag => ({
    tag: `tag:yaml.org,2002:${name}`,
    default: true,
    test: test as RegExp,
    resolve,
  });
  const number = (value: string): number => {
    const found = numberOf(value) ?? 0;
    if (Number.isInteger(found) && !Number.isSafeInteger(found)) inexact.push(value);
    return found;
  };
  return [
    ...tags,
    scalar('null', NULL, () => null),
    scalar('bool', TRUE, () => true),
    scalar('bool', FALSE, () => false),
    scalar('int', { test: (value) => numberOf(value) !== undefined }, number),
    scalar('float', { test: (value) => numberOf(value) !== undefined }, number),
    scalar('float', NOT_IN_JSON, (value, onError) => {
      onError(`${value} ${NO_PLACE}`);
      return 0;
    }),
  ];
}

/** The number that go-yaml v2 takes a plain scalar for; `undefined` if it takes it for a string. */
function numberOf(scalar: string): number | undefined {
  if (!/^[-+.0-9]/.test(scalar)) return undefined;
  const value = scalar.replace(scalar.startsWith('.') ? /(?<=[0-9])_(?=[0-9])/g : /_/g, '');
  const integer = INTEGER.exec(value);
  if (integer !== null) {
    const [, sign, binary, octal, hexadecimal, decimal = ''] = integer;
    const [digits, base] =
      binary !== undefined
        ? [`0b${binary}`, 2]
        : octal !== undefined
          ? [`0o${octal}`, 8]
          : hexadecimal !== undefined
            ? [`0x${hexadecimal}`, 16]
            : [decimal, 10];
    const magnitude = BigInt(digits);
    if (magnitude <= (sign === '-' ? 2n ** 63n : 2n ** 64n - 1n)) return Number(sign === '-' ? -magnitude : magnitude);
    if (base === 2 || base === 16) return undefined;
  }
  const float = DECIMAL.test(value) ? Number(value) : undefined;
  return float !== undefined && Number.isFinite(float) ? float : undefined;
}
