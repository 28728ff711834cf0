import type { Construct } from 'constructs';
import type { ObjectMeta } from '../../imports/kubernetes';
import { PodDisruptionBudget } from '../../imports/kubernetes';
import { VALUE, knownProps } from '../objects/known-props';
import { addMistake } from '../objects/mistakes';
import { quote } from '../syntax/quote';

/** A number of pods, or a share of them, rounded up. */
export type Pods = number | `${number}%`;

/** How many pods a node drain leaves: at most so many fewer, or at least so many. */
export type DisruptionBudget =
  | { readonly maxUnavailable: Pods; readonly minAvailable?: never }
  | { readonly minAvailable: Pods; readonly maxUnavailable?: never };

/** The props of {@link DisruptionBudget}. */
export const DISRUPTION_BUDGET = knownProps<DisruptionBudget>({ maxUnavailable: VALUE, minAvailable: VALUE });

/** The pods that a disruption budget is for. */
export interface BudgetedPods {
  /** What the budget itself is called. */
  readonly metadata: ObjectMeta;
  readonly podSelector: Readonly<Record<string, string>>;

  /** How many there are at least. */
  readonly replicas: number;
}

/** Declares the disruption budget. One that lets no pod go blocks every node drain, and is a mistake. */
export function addDisruptionBudget(
  scope: Construct,
  budget: DisruptionBudget,
  { metadata, podSelector, replicas }: BudgetedPods,
): void {
  new PodDisruptionBudget(scope, 'disruption-budget', {
    metadata,
    spec: { ...budget, selector: { matchLabels: podSelector } },
  });
  const [prop, pods] =
    budget.maxUnavailable === undefined
      ? (['minAvailable', budget.minAvailable] as const)
      : (['maxUnavailable', budget.maxUnavailable] as const);
  const problem = budgetProblem(prop, pods, replicas);
  if (problem !== undefined) addMistake(scope, `disruptionBudget.${prop}: ${problem}`);
}

function budgetProblem(prop: 'maxUnavailable' | 'minAvailable', pods: Pods, replicas: number): string | undefined {
  const count = podCount(pods, replicas);
  if (count === undefined) return `${quote(pods)} is not a number of pods: write for example 1 or "50%"`;
  const leaves = prop === 'maxUnavailable' ? count : replicas - count;
  if (leaves > 0) return undefined;
  return `${quote(pods)} of ${replicas} replicas lets no pod go, so no node could be drained: use maxUnavailable: 1`;
}

function podCount(pods: Pods, replicas: number): number | undefined {
  const [, digits, percent] = /^(\d+)(%?)$/.exec(String(pods)) ?? [];
  if (digits === undefined || (percent === '%' && Number(digits) > 100)) return undefined;
  return percent === '%' ? Math.ceil((Number(digits) / 100) * replicas) : Number(digits);
}
