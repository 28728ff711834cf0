/** What kept a file from being what it should be. */
export interface Problem {
  /** What went wrong, for example `wrong sum`. */
  readonly what: string;

  readonly expected: string;
  readonly got: string;

  /**
   * Whether bytes came that are not the pinned ones. Otherwise none, or not all of them, could be had.
   *
   * @default false
   */
  readonly wrongBytes?: boolean;

  /**
   * Whether it may well be gone at the next attempt.
   *
   * @default false
   */
  readonly passing?: boolean;
}

/** A file could not be had from one place. */
export class FetchProblem extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.what}: expected ${problem.expected}, got ${problem.got}`);
    this.name = 'FetchProblem';
  }

  /** In one line, with the place that the file was to come from. */
  from(place: string): string {
    const { what, expected, got } = this.problem;
    return `${what} from ${place}: expected ${expected}, got ${got}`;
  }
}
