/**
 * Where a component's objects come from: `embedded` in this repository as constructs, `vendored` as the release's own files
 * in `vendor/`, or `external`, which leaves it out because something else installs it. There is no silent fallback between them.
 */
export type Release = 'embedded' | 'vendored' | 'external';

/** A component of the platform as a summary says it. */
export interface ComponentSummary {
  readonly name: string;
  readonly release: Release;

  /** The version that is rendered; `undefined` for an external one. */
  readonly version: string | undefined;

  /**
   * What a user should know of the choice.
   *
   * @default - what the kind of release means
   */
  readonly note?: string;
}
