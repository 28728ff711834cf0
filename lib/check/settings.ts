import type { Severity } from './finding';

/** A finding that is known and accepted. What it names must all fit; `*` stands for any characters. */
export interface Waiver {
  /** The rule's id. */
  readonly rule: string;

  /**
   * `Deployment linkerd-viz/prometheus`, as findings name objects.
   *
   * @default - any
   */
  readonly object?: string;

  /**
   * Where in the object.
   *
   * @default - anywhere
   */
  readonly path?: string;

  /**
   * What stands there, for example an image.
   *
   * @default - anything
   */
  readonly value?: string;

  /** Why it is accepted. */
  readonly reason: string;

  /**
   * Whether it is a finding itself once it matches nothing. `false` suits one for what a platform has only by some of its choices.
   *
   * @default true
   */
  readonly reportUnused?: boolean;

  /** `file:line` of the waiver. */
  readonly source: string;
}

/** What a project's `check.yaml` says. */
export interface CheckSettings {
  /** By the rules' ids, other severities than the rules' own. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;

  /**
   * Prefixes of the images that may be used, for example `registry.example.com/`.
   *
   * @default - all
   */
  readonly allowedImages?: readonly string[];

  readonly waivers: readonly Waiver[];
}

/** What counts where there is no `check.yaml`. */
export const NO_SETTINGS: CheckSettings = { severities: {}, waivers: [] };

/** The severity with which a rule counts. */
export const severityOf = (
  rule: { readonly id: string; readonly severity: Severity },
  settings: CheckSettings,
): Severity | 'off' => settings.severities[rule.id] ?? rule.severity;
