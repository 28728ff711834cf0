import type { GoDuration } from '../../syntax/go-duration';
import type { WithDefaults, SettingsTable } from './setting';
import { decimal, duration, flag, settingsOf, text, wholeNumber } from './setting';
import { dnsSubdomainProblem } from '../../syntax/dns';

/** What scales a revision: Knative's own autoscaler (`kpa`), Kubernetes' HPA, or one that somebody installed. */
export type PodAutoscalerClass =
  'kpa.autoscaling.knative.dev' | 'hpa.autoscaling.knative.dev' | `${string}.autoscaling.${string}`;

/**
 * `config-autoscaler`: how revisions are scaled, as far as they do not say it by annotations.
 * Source: Knative Serving 1.23.0, `pkg/autoscaler/config/config.go`.
 */
export interface AutoscalerSettings {
  /**
   * How much of a container's concurrency is used on average, in percent: over 0, at most 100. Up to 1 it is taken for
   * a fraction, so 0.7 is 70 %. It steers the number of pods, not the requests that one takes.
   *
   * @default 70
   */
  readonly containerConcurrencyTargetPercentage?: number;

  /**
   * Concurrent requests per pod to aim at where a revision limits them not. Times the percentage above it must be at
   * least 0.01.
   *
   * @default 100
   */
  readonly containerConcurrencyTargetDefault?: number;

  /**
   * Requests per second and pod to aim at, for revisions that scale by the metric `rps`. At least 0.01.
   *
   * @default 200
   */
  readonly requestsPerSecondTargetDefault?: number;

  /**
   * How many concurrent requests a burst may have. While a revision's spare capacity is less, requests go through the
   * activator, which queues them. 0: only for a revision at zero; -1: always.
   *
   * @default 211
   */
  readonly targetBurstCapacity?: number;

  /**
   * The window over which the autoscaler averages, 6s to 1h, whole seconds.
   *
   * @default '60s'
   */
  readonly stableWindow?: GoDuration;

  /**
   * The window that panic mode looks at, in percent of `stableWindow`: 1 to 100.
   *
   * @default 10
   */
  readonly panicWindowPercentage?: number;

  /**
   * Panic mode begins when the panic window has this many percent of the concurrency to aim at.
   *
   * @default 200
   */
  readonly panicThresholdPercentage?: number;

  /**
   * The most by which the number of pods is multiplied at once, over 1. One more pod is always possible.
   *
   * @default 1000
   */
  readonly maxScaleUpRate?: number;

  /**
   * The most by which the number of pods is divided at once, over 1. One pod less is always possible.
   *
   * @default 2
   */
  readonly maxScaleDownRate?: number;

  /**
   * Whether a revision without requests has no pods.
   *
   * @default true
   */
  readonly enableScaleToZero?: boolean;

  /**
   * The longest that the last pod waits for the network to lead to the activator, over 0s. Behind a mesh give it a few
   * seconds.
   *
   * @default '30s'
   */
  readonly scaleToZeroGracePeriod?: GoDuration;

  /**
   * The shortest that the last pod stays after the decision to scale to zero.
   *
   * @default '0s'
   */
  readonly scaleToZeroPodRetentionPeriod?: GoDuration;

  /**
   * What scales revisions that name no class.
   *
   * @default 'kpa.autoscaling.knative.dev'
   */
  readonly podAutoscalerClass?: PodAutoscalerClass;

  /**
   * Concurrent requests that one activator takes, at least 1. It decides how many activators a revision gets.
   *
   * @default 100
   */
  readonly activatorCapacity?: number;

  /**
   * Pods of a new revision, at least 1; or 0 with `allowZeroInitialScale`.
   *
   * @default 1
   */
  readonly initialScale?: number;

  /**
   * Whether `initialScale`, and a revision's own, may be 0.
   *
   * @default false
   */
  readonly allowZeroInitialScale?: boolean;

  /**
   * The fewest pods of a revision.
   *
   * @default 0
   */
  readonly minScale?: number;

  /**
   * The most pods of a revision; 0 is no limit.
   *
   * @default 0
   */
  readonly maxScale?: number;

  /**
   * How long demand must be low before pods are taken away, whole seconds.
   *
   * @default '0s'
   */
  readonly scaleDownDelay?: GoDuration;

  /**
   * The most that a revision may ask for as its most pods; 0 is no limit. With a limit nobody may go without one, so
   * `maxScale` needs a value from 1 to it.
   *
   * @default 0
   */
  readonly maxScaleLimit?: number;
}

const INT32_MAX = 2 ** 31 - 1;
const pods = (key: string, pods: number) => wholeNumber(key, { min: 0, max: INT32_MAX, default: pods });
const OVER_ONE = { range: 'a number over 1', holds: (value: number) => value > 1 };

/** How each setting is written. */
export const AUTOSCALER = {
  containerConcurrencyTargetPercentage: decimal('container-concurrency-target-percentage', {
    default: 70,
    range: 'a percentage over 0 and at most 100',
    holds: (value) => value > 0 && value <= 100,
  }),
  containerConcurrencyTargetDefault: decimal('container-concurrency-target-default', {
    default: 100,
    range: 'a number over 0',
    holds: (value) => value > 0,
  }),
  requestsPerSecondTargetDefault: decimal('requests-per-second-target-default', {
    default: 200,
    range: 'a number of at least 0.01',
    holds: (value) => value >= 0.01,
  }),
  targetBurstCapacity: decimal('target-burst-capacity', {
    default: 211,
    range: 'a number of at least 0, or -1 for no limit',
    holds: (value) => value >= 0 || value === -1,
  }),
  stableWindow: duration('stable-window', { default: '60s', min: 6, max: 3600, wholeSeconds: true }),
  panicWindowPercentage: decimal('panic-window-percentage', {
    default: 10,
    range: 'a percentage from 1 to 100',
    holds: (value) => value >= 1 && value <= 100,
  }),
  panicThresholdPercentage: decimal('panic-threshold-percentage', {
    default: 200,
    range: 'a percentage over 0',
    holds: (value) => value > 0,
  }),
  maxScaleUpRate: decimal('max-scale-up-rate', { default: 1000, ...OVER_ONE }),
  maxScaleDownRate: decimal('max-scale-down-rate', { default: 2, ...OVER_ONE }),
  enableScaleToZero: flag('enable-scale-to-zero', true),
  scaleToZeroGracePeriod: duration('scale-to-zero-grace-period', { default: '30s', positive: true }),
  scaleToZeroPodRetentionPeriod: duration('scale-to-zero-pod-retention-period', { default: '0s' }),
  podAutoscalerClass: text<PodAutoscalerClass, PodAutoscalerClass>('pod-autoscaler-class', {
    default: 'kpa.autoscaling.knative.dev',
    problem: dnsSubdomainProblem,
  }),
  activatorCapacity: decimal('activator-capacity', {
    default: 100,
    range: 'a number of at least 1',
    holds: (value) => value >= 1,
  }),
  initialScale: pods('initial-scale', 1),
  allowZeroInitialScale: flag('allow-zero-initial-scale', false),
  minScale: pods('min-scale', 0),
  maxScale: pods('max-scale', 0),
  scaleDownDelay: duration('scale-down-delay', { default: '0s', wholeSeconds: true }),
  maxScaleLimit: pods('max-scale-limit', 0),
} as const satisfies SettingsTable<AutoscalerSettings>;

export const autoscalerSettings = settingsOf<AutoscalerSettings, typeof AUTOSCALER>(AUTOSCALER, rules);

function rules(settings: WithDefaults<typeof AUTOSCALER>): string[] {
  const { containerConcurrencyTargetPercentage: percentage, containerConcurrencyTargetDefault: target } = settings;
  const { initialScale, allowZeroInitialScale, minScale, maxScale, maxScaleLimit } = settings;
  const problems: string[] = [];
  const aim = (percentage > 1 ? percentage / 100 : percentage) * target;
  if (percentage > 0 && target > 0 && aim < 0.01) {
    problems.push(
      `containerConcurrencyTargetDefault: ${target} at ${percentage} percent aims at ${aim} requests a pod: at least 0.01 are needed, raise either`,
    );
  }
  if (initialScale === 0 && !allowZeroInitialScale) {
    problems.push('initialScale: 0 is not allowed: use at least 1, or set allowZeroInitialScale to true');
  }
  if (maxScaleLimit > 0 && maxScale === 0) {
    problems.push(
      `maxScale: 0 is no limit, while maxScaleLimit is ${maxScaleLimit}: set maxScale to a number from 1 to ${maxScaleLimit}`,
    );
  }
  if (maxScaleLimit > 0 && maxScale > maxScaleLimit) {
    problems.push(`maxScale: ${maxScale} is more than maxScaleLimit, ${maxScaleLimit}: lower it or raise the limit`);
  }
  if (maxScale > 0 && minScale > maxScale) {
    problems.push(`minScale: ${minScale} is more than maxScale, ${maxScale}: lower it or raise maxScale`);
  }
  return problems;
}
