import type { PlatformObject } from '../objects/manifest';
import type { CarryingLayer } from '../model/networking-layer';
import type { Problem, Severity } from './finding';
import type { ObjectIndex } from '../model/object-index';

/** What rules belong to, in the order in which they are shown. */
export const GROUPS = ['schemas', 'objects', 'workloads', 'mesh', 'certificates', 'knative', 'access'] as const;

export type Group = (typeof GROUPS)[number];

/** The networking layer that carries requests, as far as rules need to know it. */
export type LimitedLayer = Pick<CarryingLayer, 'name' | 'limits'>;

/** What a rule is given besides the objects. */
export interface RuleContext {
  /**
   * The time to compare certificates with. Rendering knows none.
   *
   * @default - what depends on the clock is left out
   */
  readonly now?: Date;

  /**
   * The networking layer.
   *
   * @default - not known: its limits are not checked
   */
  readonly networking?: LimitedLayer;

  /**
   * Namespaces of components that something else installs, so that what is there is not among the objects.
   *
   * @default - none
   */
  readonly elsewhere?: readonly string[];

  /**
   * Objects among those that are checked which stand beside what the platform renders, in the same folder.
   *
   * @default - not known
   */
  readonly besides?: readonly PlatformObject[];

  /**
   * Prefixes of the images that may be used.
   *
   * @default - all
   */
  readonly allowedImages?: readonly string[];
}

/** Something that all objects of a platform are held to. */
export interface Rule {
  /** Also the name of its page, `docs/rules/<id>.md`. */
  readonly id: string;
  readonly group: Group;

  /** What counts unless `check.yaml` says otherwise. */
  readonly severity: Severity;

  /** What is so where nothing is found, in one line. */
  readonly title: string;

  /**
   * What the rule cannot do without: where it is not given the rule is not asked.
   *
   * @default - nothing
   */
  readonly needs?: keyof RuleContext;

  check(objects: ObjectIndex, context: RuleContext): Problem[];
}
