import type { Json } from '../objects/manifest';

/** The embedded release has nothing there. */
export const NOTHING = Symbol('nothing');

/** The embedded release has something there, whatever it is. Only for what is compared elsewhere, or differs by its nature. */
export const ANYTHING = Symbol('anything');

/** A difference between the embedded release and the real one that is meant. */
export interface MeantDifference {
  /** The objects, as `Kind name` or `Kind namespace/name`; `*` stands for any characters. */
  readonly objects: string | readonly string[];

  /**
   * Where in the object, in the notation of a path, with `*` for any characters within a step:
   * `spec.versions[*].schema`. Empty for an object that one of the two does not have.
   */
  readonly path: string | readonly string[];

  /**
   * What the embedded release has there instead of what the real one has, or a function that makes the one of the other.
   * Anything else is not meant.
   */
  readonly becomes: Json | typeof NOTHING | typeof ANYTHING | ((real: Json | undefined) => Json);

  /** Why, in a line. */
  readonly reason: string;
}
