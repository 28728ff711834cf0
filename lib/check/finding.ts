import type { PlatformObject } from '../objects/manifest';

/** From the gravest. An error stops `npm run synth`; a warning is shown, and fails `--strict`; a note is shown, and fails nothing. */
export const SEVERITIES = ['error', 'warning', 'note'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** The gravest of some severities; `undefined` of none. */
export const gravest = (severities: readonly Severity[]): Severity | undefined =>
  SEVERITIES.find((severity) => severities.includes(severity));

/** What a rule has found wrong with an object. */
export interface Problem {
  readonly object: PlatformObject;

  /** Where in the object: `spec.template.spec.containers[0].image`; empty for the object as a whole. */
  readonly path: string;

  /** In lower case and one line: what is wrong, what follows from it where that is not plain, and what to do. */
  readonly message: string;

  /**
   * How grave it is by itself, where that is less than the rule; what `check.yaml` sets counts before it.
   *
   * @default - the rule's severity
   */
  readonly severity?: Severity;

  /**
   * What stands there, for waivers to match: an image, for example.
   *
   * @default - waivers match object and path alone
   */
  readonly value?: string;
}

/** A problem as it is reported. */
export interface Finding {
  /** The rule's id. */
  readonly rule: string;
  readonly severity: Severity;

  /** `Deployment team-a/web`; for a finding about `check.yaml`, the waiver. */
  readonly object: string;

  /** The construct's path, or `file:line`. */
  readonly source: string;

  /** Where in the object; empty for the object as a whole. */
  readonly path: string;
  readonly message: string;

  /** @default - see {@link Problem.value} */
  readonly value?: string;

  /**
   * The environment of the platform, where several are checked together.
   *
   * @default - one platform is checked
   */
  readonly environment?: string;

  /** The object itself; `undefined` for a finding about a file. It is not part of any output. */
  readonly subject?: PlatformObject;
}
