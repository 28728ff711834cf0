import type { Json } from '../../objects/manifest';
import type { LiveCluster } from './live-cluster';
import type { Rendered } from './rendered';

/** What checks belong to, in the order in which they are shown. */
export const GROUPS = ['kubernetes', 'components', 'mesh', 'knative', 'requests', 'connections', 'linkerd'] as const;

export type Group = (typeof GROUPS)[number];

/** What is said of one thing. */
export interface Remark {
  /** What it is about: `Deployment ambassador/ambassador`. */
  readonly object: string;

  /** In lower case and one line. */
  readonly reason: string;
}

/** Something that is not as it should be. */
export interface Problem extends Remark {
  /** A warning does not fail. @default 'error' */
  readonly severity?: 'error' | 'warning';

  /** What to do about this one. @default - the check's own hint */
  readonly hint?: string;
}

/** What a check has seen. */
export interface Outcome {
  readonly problems: readonly Problem[];

  /** What could not be looked at, and why. The check has not passed then, and what may be well does not fail it. @default [] */
  readonly unseen?: readonly Remark[];

  /** What is worth knowing, and neither fails nor warns. @default [] */
  readonly notes?: readonly Remark[];

  /** What was looked at, in a few words: `12 Deployments`. */
  readonly seen?: string;

  /** Why there is nothing to look at. */
  readonly skipped?: string;

  /** All that was seen, for programs. */
  readonly details?: Json;
}

/** What all checks are given. */
export interface Look {
  readonly rendered: Rendered;
  readonly live: LiveCluster;
  readonly settings: VerifySettings;
}

export interface VerifySettings {
  /** When it is looked. */
  readonly now: Date;

  /** What the answer of a Knative Service must hold; without a service, of all that are asked. */
  readonly expected: readonly Expectation[];

  /** How long the walk-through's loop of requests goes on, in milliseconds. @default - it is left out */
  readonly traffic?: number;

  /** How long one request may take, in milliseconds: a service that is scaled to zero starts first. */
  readonly requestTimeout: number;

  /** How long to wait for what a request brings about, in milliseconds. @default 12000 - an autoscaler asks once a second or so */
  readonly patience?: number;
}

export interface Expectation {
  /** `namespace/name`. @default - any */
  readonly service?: string;
  readonly text: string;
}

/** Something that is so in a cluster on which the platform works. */
export interface Check {
  readonly id: string;
  readonly group: Group;

  /** What is so when nothing is found, in one line. */
  readonly title: string;

  /** What to do when it is not, in one line. */
  readonly hint: string;

  /** Whether it is left out without being asked for. @default - it is always looked at */
  readonly wanted?: (settings: VerifySettings) => boolean;

  look(look: Look): Promise<Outcome>;
}
