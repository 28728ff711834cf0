import type { Properties } from './inline';
import { InlineReader, nothing } from './inline';
import type { ScalarNode, YamlNode } from './node';
import { blockText } from './scalars';

/** What is around a node in block style. */
interface Around {
  /** The column of the collection around it; -1 for none. */
  readonly indent: number;

  /** Whether a list may stand in that very column, as the value of a key may. */
  readonly listInColumn: boolean;
}

/**
 * The one document of a text, as kubectl's reader takes it; `undefined` if there is none.
 *
 * @param text its lines end with line feeds, the last one as well
 * @param alone whether not even a comment may follow the document's value
 * @throws Unreadable for what is no YAML to kubectl, and for what other readers take for something else
 */
export function parseDocument(text: string, alone = false): YamlNode | undefined {
  return new BlockReader(text).document(alone);
}

class BlockReader extends InlineReader {
  document(alone: boolean): YamlNode | undefined {
    const { cursor } = this;
    cursor.skip('nowhere');
    if (cursor.isAtEnd()) return undefined;
    if (cursor.isAtDocumentEnd()) cursor.refuse('"..." ends a document that has not begun: take it out');
    const node = this.block({ indent: -1, listInColumn: false }, true);
    const behind = alone ? cursor.text.slice(cursor.position).search(/\S/) : -1;
    if (behind >= 0) {
      cursor.advance(behind);
      cursor.refuse('kubectl reads this as JSON, where nothing may follow: take it out, or begin the file with "---"');
    }
    cursor.skip('behind');
    if (cursor.isAtDocumentEnd()) {
      cursor.advance(3);
      cursor.skip('behind');
      if (!cursor.isAtEnd()) cursor.refuse('kubectl reads nothing after "...": begin another document with "---"');
    }
    if (!cursor.isAtEnd()) this.unexpected();
    return node;
  }

  /**
   * A node in block style; nothing where none is within what is around it.
   *
   * @param mayBeKey whether the first key of a mapping, or the first entry of a list, may stand here
   */
  private block(around: Around, mayBeKey: boolean): YamlNode {
    const { cursor } = this;
    if (!this.isWithin(around)) return nothing(cursor.position);
    this.enter();
    const column = cursor.column;
    const properties = this.properties();
    if (properties !== undefined) cursor.skip('behind');
    const node =
      properties !== undefined && (cursor.isFresh() || cursor.isAtEnd())
        ? this.blockBelow(around, properties)
        : this.blockContent(around.indent, column, mayBeKey, properties, undefined);
    this.leave();
    return node;
  }

  /** What follows on the lines after its properties. Its first key may have properties of its own. */
  private blockBelow(around: Around, whole: Properties): YamlNode {
    const { cursor } = this;
    if (!this.isWithin(around)) return this.finished(nothing(whole.at), whole);
    const column = cursor.column;
    const own = this.properties();
    if (own !== undefined) {
      cursor.skip('behind');
      if (cursor.isFresh()) this.unexpected();
    }
    return this.blockContent(around.indent, column, true, own, whole);
  }

  /**
   * @param own what stands before it on its line, and is its first key's if it is a mapping
   * @param whole what stands before it on a line above
   */
  private blockContent(
    indent: number,
    column: number,
    mayBeKey: boolean,
    own: Properties | undefined,
    whole: Properties | undefined,
  ): YamlNode {
    const { cursor } = this;
    const at = own?.at ?? cursor.position;
    if (mayBeKey && own === undefined && this.atIndicator('-')) return this.list(column, column === indent, whole);
    if (mayBeKey && own === undefined && this.atIndicator('?')) return this.mapping(column, at, undefined, whole);
    if (cursor.peek() === '|' || cursor.peek() === '>') {
      return this.only({ kind: 'scalar', at, value: blockText(cursor, indent), plain: false }, own, whole);
    }
    const node = this.inline(indent, own ?? whole);
    if (!this.atColon(at)) return this.only(node, own, whole);
    if (!mayBeKey) this.unexpected();
    return this.mapping(column, at, { node, properties: own }, whole);
  }

  /** A node that is no mapping, so that there is no key which some of the properties could be of. */
  private only(node: YamlNode, own: Properties | undefined, whole: Properties | undefined): YamlNode {
    if (own !== undefined && whole !== undefined) this.cursor.refuse('this has two anchors or tags: leave one', own.at);
    return node.kind === 'scalar' ? this.finished(node, own ?? whole) : node;
  }

  private list(column: number, inColumn: boolean, properties: Properties | undefined): YamlNode {
    const { cursor } = this;
    const items: YamlNode[] = [];
    const list = this.finished({ kind: 'list', at: cursor.position, items }, properties);
    do {
      cursor.advance(1);
      cursor.skip('nowhere');
      items.push(this.block({ indent: column, listInColumn: false }, true));
    } while (this.goesOn(column) && this.hasEntry(inColumn));
    return list;
  }

  /** Whether a further entry stands in the list's column. A key ends a list that stands in the column of its own key. */
  private hasEntry(inColumn: boolean): boolean {
    if (this.atIndicator('-')) return true;
    if (!inColumn) this.unexpected();
    return false;
  }

  private mapping(
    column: number,
    at: number,
    first: { readonly node: YamlNode; readonly properties: Properties | undefined } | undefined,
    properties: Properties | undefined,
  ): YamlNode {
    const { cursor } = this;
    const entries: [ScalarNode, YamlNode][] = [];
    const mapping = this.finished({ kind: 'mapping', at, entries }, properties);
    let key = first && this.finished(this.asKey(first.node), first.properties);
    do {
      const explicit = key === undefined && this.atIndicator('?');
      key ??= explicit ? this.explicitKey(column) : this.key();
      cursor.advance(1);
      cursor.skip(explicit ? 'nowhere' : 'behind');
      entries.push([key, this.block({ indent: column, listInColumn: !explicit }, explicit || cursor.isFresh())]);
      key = undefined;
    } while (this.goesOn(column));
    return mapping;
  }

  /** A key, up to its colon. */
  private key(): ScalarNode {
    const { cursor } = this;
    const start = cursor.position;
    if (this.atIndicator('-')) this.unexpected();
    const properties = this.properties();
    if (properties !== undefined) {
      cursor.skip('behind');
      if (cursor.isFresh()) this.unexpected();
    }
    const key = this.asKey(this.inline(cursor.column, properties));
    if (!this.atColon(start)) cursor.refuse('a key and ": " are expected here, as on the lines before', start);
    return this.finished(key, properties);
  }

  /** A key behind `? `, up to the colon on a line of its own. Programs write long ones so. */
  private explicitKey(column: number): ScalarNode {
    const { cursor } = this;
    const start = cursor.position;
    cursor.advance(1);
    cursor.skip('nowhere');
    if (cursor.isFresh()) this.unexpected();
    const key = this.asKey(this.inline(column, undefined));
    cursor.skip('behind');
    if (!cursor.isFresh() || cursor.column !== column || !this.atIndicator(':')) {
      cursor.refuse('a key after "? " needs a line below it that begins with ": "', start);
    }
    return key;
  }

  /** Whether what follows stands on the same line, or on a further one in a column that makes it a part of what is around it. */
  private isWithin({ indent, listInColumn }: Around): boolean {
    const { cursor } = this;
    if (cursor.isAtEnd() || cursor.isAtDocumentEnd()) return false;
    return (
      !cursor.isFresh() || cursor.column > indent || (listInColumn && cursor.column === indent && this.atIndicator('-'))
    );
  }

  /** Whether another entry of a collection in a column follows. */
  private goesOn(column: number): boolean {
    const { cursor } = this;
    cursor.skip('behind');
    if (cursor.isAtEnd() || cursor.isAtDocumentEnd()) return false;
    if (!cursor.isFresh() || cursor.column > column) this.unexpected();
    return cursor.column === column;
  }

  private unexpected(): never {
    return this.cursor.refuse(
      this.cursor.isFresh()
        ? 'this begins in a column where nothing may begin: indent it like what it belongs to'
        : 'this cannot follow on its line: put it on the next one, or the whole text in quotes',
    );
  }
}
