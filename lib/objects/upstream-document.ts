import { isDeepStrictEqual } from 'node:util';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import type { Manifest, PlatformObject } from './manifest';
import { unwritableIn } from './unwritable';

/**
 * A change to a vendored object. `undefined` instead of an object removes it.
 *
 * @throws Error if the object cannot be changed
 */
export type Change = (manifest: Manifest) => Manifest | undefined;

export interface UpstreamDocumentProps {
  /** The object as upstream has it. */
  readonly manifest: Manifest;

  /** `file:line` of the document, with the line of its first key. */
  readonly source: string;

  /**
   * The document's own text, written byte for byte where nothing changes the object.
   *
   * @default - it is an item of a list, and is written anew
   */
  readonly text?: string;

  /**
   * Changes to the object, one after the other. They run when it is asked for, not before.
   *
   * @default - none
   */
  readonly changes?: readonly Change[];
}

const documents = new WeakSet<IConstruct>();

/** A document of a vendored release, in the phase that it is in. It does not go through cdk8s, which drops comments and explicit nulls. */
export class UpstreamDocument extends Construct {
  /** Whether a construct is a vendored document. */
  static isUpstreamDocument(construct: IConstruct): construct is UpstreamDocument {
    return documents.has(construct);
  }

  constructor(
    scope: Construct,
    id: string,
    readonly props: UpstreamDocumentProps,
  ) {
    super(scope, id);
    documents.add(this);
  }

  /**
   * The object after all changes, with its text if they left it as it was; `undefined` if one has removed it.
   *
   * @throws Error if a change cannot be made, or makes what YAML has no place for
   */
  get object(): Omit<PlatformObject, 'phase'> | undefined {
    const { manifest: original, source, text, changes = [] } = this.props;
    let manifest: Manifest | undefined = original;
    for (const change of changes) {
      if (manifest === undefined) return undefined;
      manifest = change(manifest);
    }
    if (manifest === undefined) return undefined;
    if (isDeepStrictEqual(manifest, original)) return { manifest, source, ...(text !== undefined && { text }) };
    const problem = unwritableIn(manifest);
    if (problem !== undefined) throw new Error(`as overlays change it, it cannot be written as YAML: ${problem}`);
    return { manifest, source };
  }
}
