import { knownProps, VALUE } from '../objects/known-props';
import type { Construct } from 'constructs';
import type { TopologySpreadConstraint } from '../../imports/kubernetes';
import { addMistake } from '../objects/mistakes';
import { labelKeyProblem } from '../syntax/label';
import { wholeNumberProblem } from '../syntax/whole-number';

/** How evenly pods spread over parts of the cluster. */
export interface Spread {
  /** The label of nodes whose values are the parts, for example `kubernetes.io/hostname` or `topology.kubernetes.io/zone`. */
  readonly over: string;

  /**
   * How many pods more than another a part may have, 1 or more.
   *
   * @default 1
   */
  readonly maxSkew?: number;

  /**
   * Whether a pod that cannot be placed so waits. Otherwise it is placed elsewhere.
   *
   * @default false
   */
  readonly required?: boolean;
}

/** The props of {@link Spread}. */
export const SPREAD = knownProps<Spread>({
  over: VALUE,
  maxSkew: VALUE,
  required: VALUE,
});

const OVER_NODES: readonly Spread[] = [{ over: 'kubernetes.io/hostname' }];

/** What Kubernetes calls it. A rollout's new pods are spread among themselves, not among the old ones that are about to go. */
export function spreadConstraints(
  construct: Construct,
  prop: string,
  podSelector: Readonly<Record<string, string>>,
  spread: readonly Spread[] = OVER_NODES,
): TopologySpreadConstraint[] {
  return spread.map(({ over, maxSkew = 1, required = false }, index) => {
    const wrongLabel = labelKeyProblem(over);
    if (wrongLabel !== undefined) addMistake(construct, `${prop}[${index}].over: ${wrongLabel}`);
    const wrongSkew = wholeNumberProblem(maxSkew, 1);
    if (wrongSkew !== undefined) addMistake(construct, `${prop}[${index}].maxSkew: ${wrongSkew}`);
    return {
      topologyKey: over,
      maxSkew,
      whenUnsatisfiable: required ? 'DoNotSchedule' : 'ScheduleAnyway',
      labelSelector: { matchLabels: podSelector },
      matchLabelKeys: ['pod-template-hash'],
    };
  });
}
