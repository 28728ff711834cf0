import { knownProps, VALUE } from '../objects/known-props';
import type { Construct } from 'constructs';
import { HorizontalPodAutoscaler } from '../../imports/kubernetes';
import type { Resources } from '../networking/pods';
import { addMistake } from '../objects/mistakes';
import { wholeNumberProblem } from '../syntax/whole-number';
import { GATEWAY, KOURIER_NAMESPACE, LABELS } from './labels';

/** Between how many pods Kubernetes chooses, by how much of the CPU that they ask for they use. */
export interface Autoscaling {
  /** 1 or more. */
  readonly min: number;

  /** `min` or more. */
  readonly max: number;

  /**
   * The share of the CPU request at which pods are added, in percent, 1 or more.
   *
   * @default 100
   */
  readonly cpuPercent?: number;
}

/** The props of {@link Autoscaling}. */
export const AUTOSCALING = knownProps<Autoscaling>({
  min: VALUE,
  max: VALUE,
  cpuPercent: VALUE,
});

/** A fixed number of pods, or between how many Kubernetes chooses. */
export type Replicas = number | Autoscaling;

export const DEFAULT_REPLICAS: Autoscaling = { min: 3, max: 10 };

/** How many pods there are at least. */
export const leastReplicas = (replicas: Replicas): number => (typeof replicas === 'number' ? replicas : replicas.min);

/** Declares what scales the gateways, where their number is not fixed. Their Deployment then says no number, which the two would fight over. */
export function addScale(scope: Construct, replicas: Replicas, resources: Resources): void {
  for (const problem of problems(replicas, resources)) addMistake(scope, problem);
  if (typeof replicas === 'number') return;
  const { min, max, cpuPercent = 100 } = replicas;
  new HorizontalPodAutoscaler(scope, 'autoscaler', {
    metadata: { name: GATEWAY, namespace: KOURIER_NAMESPACE, labels: LABELS },
    spec: {
      minReplicas: min,
      maxReplicas: max,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: GATEWAY },
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpuPercent } },
        },
      ],
    },
  });
}

function problems(replicas: Replicas, { requests }: Resources): string[] {
  if (typeof replicas === 'number') return named('replicas', wholeNumberProblem(replicas, 1));
  const { min, max, cpuPercent = 100 } = replicas;
  return [
    ...named('replicas.min', wholeNumberProblem(min, 1)),
    ...named('replicas.max', wholeNumberProblem(max, 1)),
    ...named('replicas.cpuPercent', wholeNumberProblem(cpuPercent, 1)),
    ...(min > max ? [`replicas.max: ${max} is less than min, ${min}: raise it, or lower min`] : []),
    ...(requests?.cpu === undefined
      ? ['resources.requests.cpu: is missing, and pods are added by how much of it they use: write for example "200m"']
      : []),
  ];
}

const named = (prop: string, problem: string | undefined): string[] =>
  problem === undefined ? [] : [`${prop}: ${problem}`];
