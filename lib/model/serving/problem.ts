import type { Stricter } from './stricter';
import type { Words } from './words';
import { YAML_WORDS } from './words';

/** Something that is wrong with an object of Knative Serving. */
export interface ServingProblem {
  /** Where in the object: `spec.template.spec.containers[0].image`. */
  readonly path: string;

  /** What is wrong, and what to do. */
  readonly message: string;

  /**
   * Why it is said although Serving takes the object.
   *
   * @default - Serving refuses the object, or the API server does
   */
  readonly stricter?: Stricter;
}

/** All that is wrong with an object, as it is found. */
export class Problems {
  readonly all: ServingProblem[] = [];

  /** @param words how messages name other places */
  constructor(readonly words: Words = YAML_WORDS) {}

  /** Records what is wrong at a path, if something is. */
  refuse(path: string, message: string | undefined, stricter?: Stricter): void {
    if (message === undefined || this.isSaidAround(path, message)) return;
    this.all.push(stricter === undefined ? { path, message } : { path, message, stricter });
  }

  /** Whether the same is said of what is around a path: a flag that a mapping needs, and all of its fields. */
  private isSaidAround(path: string, message: string): boolean {
    return this.all.some(
      (problem) =>
        problem.message === message && /^[.[]/.test(path.slice(problem.path.length)) && path.startsWith(problem.path),
    );
  }
}
