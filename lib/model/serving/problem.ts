import type { Stricter } from './stricter';

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

  /** Records what is wrong at a path, if something is. */
  refuse(path: string, message: string | undefined, stricter?: Stricter): void {
    if (message === undefined) return;
    this.all.push(stricter === undefined ? { path, message } : { path, message, stricter });
  }
}
