import { Cursor } from './cursor';
import type { AliasNode, ScalarNode, Tag, YamlNode } from './node';
import { MOST_LEVELS } from './node';
import { plainText, quotedText } from './scalars';

/** Where kubectl no longer looks for the colon of a key. */
const LONGEST_KEY = 1024;

const ANCHOR = /&([\w-]+)(?=[ \t\n,\]}])/y;
const ALIAS = /\*([\w-]+)(?=[ \t\n,\]}])/y;
const TAG = /!!(str|int|float|bool|null|binary|map|seq)(?=[ \t\n])/y;

/** What stands before a node: its anchor, its tag or both. */
export interface Properties {
  readonly at: number;
  readonly anchor: string | undefined;
  readonly tag: Tag | undefined;
}

/** An empty value. */
export const nothing = (at: number): ScalarNode => ({ kind: 'scalar', at, value: '', plain: true });

/** Reads what may stand on a line with other things: texts, aliases, and what is in brackets and braces. */
export class InlineReader {
  protected readonly cursor: Cursor;
  private readonly anchors = new Map<string, YamlNode>();
  private levels = 0;

  constructor(text: string) {
    this.cursor = new Cursor(text);
  }

  /**
   * A node, of which a scalar still lacks its properties, as they may be another's.
   *
   * @param indent the column of the collection around it; `undefined` within brackets and braces
   * @param properties those of a list or a mapping
   */
  protected inline(indent: number | undefined, properties: Properties | undefined): YamlNode {
    const { cursor } = this;
    const at = properties?.at ?? cursor.position;
    switch (cursor.peek()) {
      case '[':
        return this.flowList(at, properties);
      case '{':
        return this.flowMapping(at, properties);
      case '*':
        return this.alias(properties);
      case '"':
      case "'":
        return { kind: 'scalar', at, value: quotedText(cursor), plain: false };
      default:
        return { kind: 'scalar', at, value: plainText(cursor, indent), plain: true };
    }
  }

  private flowList(at: number, properties: Properties | undefined): YamlNode {
    const items: YamlNode[] = [];
    const list = this.finished({ kind: 'list', at, items }, properties);
    this.flow(']', (node, start) => {
      if (!this.atFlowColon(start)) items.push(node);
      else items.push({ kind: 'mapping', at: start, entries: [[this.asKey(node), this.flowValue()]] });
    });
    return list;
  }

  private flowMapping(at: number, properties: Properties | undefined): YamlNode {
    const entries: [ScalarNode, YamlNode][] = [];
    const mapping = this.finished({ kind: 'mapping', at, entries }, properties);
    this.flow('}', (node, start) => {
      const key = this.asKey(node);
      entries.push([key, this.atFlowColon(start) ? this.flowValue() : nothing(this.cursor.position)]);
    });
    return mapping;
  }

  /** Reads what brackets or braces hold, each with where it begins. */
  private flow(closing: ']' | '}', take: (node: YamlNode, start: number) => void): void {
    const { cursor } = this;
    const opened = cursor.position;
    this.enter();
    do {
      cursor.advance(1);
      this.skipWithin(opened);
      if (cursor.peek() === closing) break;
      const start = cursor.position;
      take(this.flowNode(), start);
      this.skipWithin(opened);
      if (cursor.peek() !== ',' && cursor.peek() !== closing) {
        cursor.refuse(`"," or "${closing}" is expected here: put a text that holds such characters in quotes`);
      }
    } while (cursor.peek() === ',');
    cursor.advance(1);
    this.leave();
  }

  private skipWithin(opened: number): void {
    this.cursor.skip('everywhere');
    if (this.cursor.isAtEnd() || this.cursor.isAtDocumentEnd()) {
      this.cursor.refuse(`${this.cursor.text.charAt(opened)} is not closed`, opened);
    }
  }

  /** The value behind the colon of a key in brackets or braces. */
  private flowValue(): YamlNode {
    const { cursor } = this;
    cursor.advance(1);
    cursor.skip('everywhere');
    return this.isAtFlowEnd() ? nothing(cursor.position) : this.flowNode();
  }

  private flowNode(): YamlNode {
    const { cursor } = this;
    const properties = this.properties();
    if (properties !== undefined) cursor.skip('everywhere');
    if (properties !== undefined && this.isAtFlowEnd()) return this.finished(nothing(properties.at), properties);
    if (cursor.isAtEnd() || cursor.isAtDocumentEnd())
      cursor.refuse('a value is missing, and what is around it is not closed');
    const node = this.inline(undefined, properties);
    return node.kind === 'scalar' ? this.finished(node, properties) : node;
  }

  private isAtFlowEnd(): boolean {
    return [',', ']', '}'].includes(this.cursor.peek());
  }

  private atFlowColon(start: number): boolean {
    this.cursor.skip('everywhere');
    return this.cursor.peek() === ':' && this.isOfKey(start);
  }

  /** Whether the colon of a key follows that begins where it is said. Goes to it. */
  protected atColon(start: number): boolean {
    this.overBlanks();
    return this.atIndicator(':') && this.isOfKey(start);
  }

  private overBlanks(): void {
    while (this.cursor.peek() === ' ' || this.cursor.peek() === '\t') this.cursor.advance(1);
  }

  private isOfKey(start: number): boolean {
    const { cursor } = this;
    const lineBreak = cursor.text.indexOf('\n', start);
    if (lineBreak < cursor.position) {
      cursor.refuse('a key and its colon must stand on one line, and what is opened before it must be closed', start);
    }
    if (cursor.position - start > LONGEST_KEY) cursor.refuse(`a key has ${LONGEST_KEY} characters at most`, start);
    return true;
  }

  protected atIndicator(indicator: '-' | '?' | ':'): boolean {
    return this.cursor.peek() === indicator && this.cursor.isBlank(1);
  }

  protected asKey(node: YamlNode): ScalarNode {
    if (node.kind === 'scalar') return node;
    return this.cursor.refuse('a key must be a text: readers differ about lists, mappings and aliases', node.at);
  }

  private alias(properties: Properties | undefined): AliasNode {
    const { cursor } = this;
    if (properties !== undefined) cursor.refuse('an alias has neither an anchor nor a tag', properties.at);
    const name = this.match(ALIAS) ?? cursor.refuse('a text cannot begin with "*": put it in quotes');
    const target =
      this.anchors.get(name) ??
      cursor.refuse('no anchor of this name stands before this alias: put a text that begins with "*" in quotes');
    const alias: AliasNode = { kind: 'alias', at: cursor.position, name, target };
    cursor.advance(name.length + 1);
    return alias;
  }

  /** An anchor and a tag, in either order. */
  protected properties(): Properties | undefined {
    const { cursor } = this;
    const at = cursor.position;
    let anchor: string | undefined;
    let tag: Tag | undefined;
    for (;;) {
      if (cursor.peek() === '&') {
        if (anchor !== undefined) cursor.refuse('this has two anchors: leave one');
        anchor = this.match(ANCHOR) ?? cursor.refuse('an anchor has letters, digits, "_" and "-" alone');
        cursor.advance(anchor.length + 1);
      } else if (cursor.peek() === '!') {
        if (tag !== undefined) cursor.refuse('this has two tags: leave one');
        tag =
          (this.match(TAG) as Tag | undefined) ??
          cursor.refuse(
            'readers take this tag for different things: leave it out, or put a text that begins with "!" in quotes',
          );
        cursor.advance(tag.length + 2);
      } else return anchor === undefined && tag === undefined ? undefined : { at, anchor, tag };
      this.overBlanks();
    }
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.cursor.position;
    return pattern.exec(this.cursor.text)?.[1];
  }

  /** A node with its properties. A collection is that before it is read, since what it holds may name it. */
  protected finished<Node extends YamlNode>(node: Node, properties: Properties | undefined): Node {
    if (properties === undefined) return node;
    const { anchor, tag } = properties;
    const wanted = { scalar: undefined, list: 'seq', mapping: 'map', alias: undefined }[node.kind];
    const fits = node.kind === 'scalar' ? tag !== 'map' && tag !== 'seq' : tag === undefined || tag === wanted;
    if (!fits) this.cursor.refuse(`this is no !!${tag ?? ''}: leave the tag out`, properties.at);
    const whole = node.kind === 'scalar' && tag !== undefined ? { ...node, tag } : node;
    if (anchor !== undefined) this.anchors.set(anchor, whole);
    return whole;
  }

  protected enter(): void {
    if (++this.levels > MOST_LEVELS) this.cursor.refuse(`this is nested more than ${MOST_LEVELS} levels deep`);
  }

  protected leave(): void {
    this.levels--;
  }
}
