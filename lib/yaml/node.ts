/** A tag that says what a scalar or a collection is. Others are refused. */
export type Tag = 'str' | 'int' | 'float' | 'bool' | 'null' | 'binary' | 'map' | 'seq';

interface At {
  /** The offset of its first character in the document's text. */
  readonly at: number;
}

export interface ScalarNode extends At {
  readonly kind: 'scalar';
  readonly value: string;

  /** Whether it has no quotes and is no block, so that it may be a number or a word that means something. */
  readonly plain: boolean;
  readonly tag?: Tag;
}

export interface MappingNode extends At {
  readonly kind: 'mapping';
  readonly entries: readonly (readonly [key: ScalarNode, value: YamlNode])[];
}

export interface ListNode extends At {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
}

export interface AliasNode extends At {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: YamlNode;
}

export type YamlNode = ScalarNode | MappingNode | ListNode | AliasNode;

/** Why a text is not read, and where in it. The message repeats nothing of the text, which may be a Secret's. */
export class Unreadable extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

/** The most levels of lists and mappings within each other. Deeper ones exist to break programs. */
export const MOST_LEVELS = 200;
