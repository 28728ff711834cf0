import { knownProps, VALUE } from '../../objects/known-props';
import type { ScaleKey } from '../../model/serving/scale';
import { HPA, KPA, SCALE_GROUP, scaleKeys, scalesByCpu } from '../../model/serving/scale';
import type { GoDuration } from '../../syntax/go-duration';
import { quote } from '../../syntax/quote';
import type { PodAutoscalerClass } from '../settings/autoscaler';
import type { Admission } from './admission';

/**
 * How many pods there are: the annotations `autoscaling.knative.dev/*` of the template, each named by its key in camel case,
 * without a leading or closing `scale`. What is not given is as `config-autoscaler` of the platform's settings has it.
 * Source: Serving 1.23.0, `pkg/apis/autoscaling/annotation_validation.go`.
 */
export interface Scale {
  /**
   * The fewest pods. 0 lets the service go to zero.
   *
   * @default - `min-scale` of the settings, which is 0
   */
  readonly min?: number;

  /**
   * The most pods; 0 is without a limit.
   *
   * @default - `max-scale` of the settings, which is 0
   */
  readonly max?: number;

  /**
   * The pods of a new revision, which must be ready once for it to take traffic. 0 only where
   * `allow-zero-initial-scale` of the settings lets it.
   *
   * @default - `initial-scale` of the settings, which is 1
   */
  readonly initial?: number;

  /**
   * The pods to which a revision goes from zero, 2 or more, between `min` and `max`.
   *
   * @default - `activation-scale` of the settings, which is 1
   */
  readonly activation?: number;

  /**
   * What is measured: `concurrency` or `rps` (requests a second) by Knative's autoscaler; `cpu`, `memory` or a custom
   * metric by Kubernetes' HPA.
   *
   * @default 'concurrency', or 'cpu' with the HPA
   */
  readonly metric?: string;

  /**
   * How much of the metric a pod should have, 0.01 or more: requests at once, requests a second, percent of the requested CPU,
   * or MiB of memory.
   *
   * @default - `containerConcurrency` where that is set, otherwise 100 for `concurrency` and 200 for `rps`
   */
  readonly target?: number;

  /**
   * How much of the target is used on average, in percent, 1 to 100.
   *
   * @default - `container-concurrency-target-percentage` of the settings, which is 70
   */
  readonly targetUtilizationPercentage?: number;

  /**
   * How many requests at once a burst may have before the activator queues them: -1 for always, 0 for only at zero pods.
   *
   * @default - `target-burst-capacity` of the settings, which is 211
   */
  readonly targetBurstCapacity?: number;

  /**
   * Who scales. `hpa.autoscaling.knative.dev` needs `knativeServing.hpaAutoscaler` of the platform.
   *
   * @default - `pod-autoscaler-class` of the settings, which is 'kpa.autoscaling.knative.dev'
   */
  readonly class?: PodAutoscalerClass;

  /**
   * The time over which the metric is averaged: 6s to 1h, whole seconds.
   *
   * @default - `stable-window` of the settings, which is 60s
   */
  readonly window?: GoDuration;

  /**
   * The part of the window that shows a sudden rise, in percent, 1 to 100.
   *
   * @default - `panic-window-percentage` of the settings, which is 10
   */
  readonly panicWindowPercentage?: number;

  /**
   * A sudden rise is this much of the target, in percent, 110 to 1000.
   *
   * @default - `panic-threshold-percentage` of the settings, which is 200
   */
  readonly panicThresholdPercentage?: number;

  /**
   * How Knative's autoscaler averages.
   *
   * @default 'linear'
   */
  readonly metricAggregationAlgorithm?: 'linear' | 'weighted-exponential';

  /**
   * How long fewer pods must be enough before there are fewer: 0s to 1h, whole seconds.
   *
   * @default - `scale-down-delay` of the settings, which is 0s
   */
  readonly downDelay?: GoDuration;

  /**
   * How long the last pod stays after it was decided to go to zero: 0s to 1h.
   *
   * @default - `scale-to-zero-pod-retention-period` of the settings, which is 0s
   */
  readonly toZeroPodRetentionPeriod?: GoDuration;
}

/** The props of {@link Scale}. */
export const SCALE = knownProps<Scale>({
  min: VALUE,
  max: VALUE,
  initial: VALUE,
  activation: VALUE,
  metric: VALUE,
  target: VALUE,
  targetUtilizationPercentage: VALUE,
  targetBurstCapacity: VALUE,
  class: VALUE,
  window: VALUE,
  panicWindowPercentage: VALUE,
  panicThresholdPercentage: VALUE,
  metricAggregationAlgorithm: VALUE,
  downDelay: VALUE,
  toZeroPodRetentionPeriod: VALUE,
});

/** The annotation of each setting, by the rest of its key. */
const KEYS: Readonly<Record<keyof Required<Scale>, ScaleKey>> = {
  min: 'min-scale',
  max: 'max-scale',
  initial: 'initial-scale',
  activation: 'activation-scale',
  metric: 'metric',
  target: 'target',
  targetUtilizationPercentage: 'target-utilization-percentage',
  targetBurstCapacity: 'target-burst-capacity',
  class: 'class',
  window: 'window',
  panicWindowPercentage: 'panic-window-percentage',
  panicThresholdPercentage: 'panic-threshold-percentage',
  metricAggregationAlgorithm: 'metric-aggregation-algorithm',
  downDelay: 'scale-down-delay',
  toZeroPodRetentionPeriod: 'scale-to-zero-pod-retention-period',
};

/** The annotations that {@link Scale} writes, and the prop that does. */
export const SCALE_PROPS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(KEYS).flatMap(([prop, key]) => scaleKeys(key).map((spelling) => [spelling, `scale.${prop}`])),
);

/** The annotations of a template that say how a revision is scaled. */
export function scaleAnnotations(admission: Admission, scale: Scale): Record<string, string> {
  const annotations: Record<string, string> = {};
  for (const prop of Object.keys(scale) as (keyof Scale)[]) {
    const value = scale[prop];
    if (value === undefined || !Object.hasOwn(KEYS, prop)) continue;
    const key = KEYS[prop];
    annotations[`${SCALE_GROUP}/${key}`] = String(value);
  }
  checkAutoscaler(admission, scale);
  return annotations;
}

/** Whether Kubernetes' HPA scales by how much of the requested CPU is used. By memory it goes by MiB, whatever is requested. */
export function goesByCpu({ judged }: Admission, { class: autoscaler, metric, target }: Scale): boolean {
  return scalesByCpu(autoscaler ?? judged.autoscaler.podAutoscalerClass, metric, target !== undefined);
}

function checkAutoscaler(admission: Admission, scale: Scale): void {
  const autoscaler = scale.class ?? admission.config.autoscaler.podAutoscalerClass;
  if (autoscaler === HPA && admission.hpaAutoscaler === undefined) {
    admission.warn(
      'scale.class',
      `${quote(HPA)} needs Knative's autoscaler-hpa, which serving-hpa.yaml of the release installs and serving-core.yaml does not`,
    );
  } else if (autoscaler === HPA && admission.hpaAutoscaler === false) {
    const given = scale.class === undefined ? ', the class of the settings,' : '';
    admission.refuse(
      'scale.class',
      `${quote(HPA)}${given} needs Knative's autoscaler-hpa, which is not installed: set knativeServing.hpaAutoscaler of the platform to true, or use ${quote(KPA)}`,
    );
  }
}
