import type { AutoscalerSettings } from './autoscaler';
import { autoscalerSettings } from './autoscaler';

it.each<[AutoscalerSettings, string]>([
  [
    { containerConcurrencyTargetPercentage: 0 },
    'containerConcurrencyTargetPercentage: 0 is not a percentage over 0 and at most 100',
  ],
  [
    { containerConcurrencyTargetPercentage: 101 },
    'containerConcurrencyTargetPercentage: 101 is not a percentage over 0 and at most 100',
  ],
  [{ containerConcurrencyTargetDefault: 0 }, 'containerConcurrencyTargetDefault: 0 is not a number over 0'],
  [
    { containerConcurrencyTargetDefault: 0.01 },
    'containerConcurrencyTargetDefault: 0.01 at 70 percent aims at 0.006999999999999999 requests a pod: at least 0.01 are needed, raise either',
  ],
  [{ requestsPerSecondTargetDefault: 0.001 }, 'requestsPerSecondTargetDefault: 0.001 is not a number of at least 0.01'],
  [{ targetBurstCapacity: -2 }, 'targetBurstCapacity: -2 is not a number of at least 0, or -1 for no limit'],
  [{ stableWindow: '5s' }, 'stableWindow: "5s" is too short: at least 6s'],
  [{ stableWindow: '61m' }, 'stableWindow: "61m" is too long: at most 3600s'],
  [{ stableWindow: '7.5s' }, 'stableWindow: "7.5s" is not a number of whole seconds'],
  [{ panicWindowPercentage: 0.5 }, 'panicWindowPercentage: 0.5 is not a percentage from 1 to 100'],
  [{ panicThresholdPercentage: 0 }, 'panicThresholdPercentage: 0 is not a percentage over 0'],
  [{ maxScaleUpRate: 1 }, 'maxScaleUpRate: 1 is not a number over 1'],
  [{ maxScaleDownRate: NaN }, 'maxScaleDownRate: NaN is not a number over 1'],
  [{ enableScaleToZero: 'no' as unknown as boolean }, 'enableScaleToZero: "no" is neither true nor false'],
  [{ scaleToZeroGracePeriod: '0s' }, 'scaleToZeroGracePeriod: "0s" is too short: it must be more than 0s'],
  [
    { scaleToZeroPodRetentionPeriod: '-1s' },
    'scaleToZeroPodRetentionPeriod: "-1s" is not a duration: write a number with a unit, for example "30s" or "1m30s"',
  ],
  [
    { podAutoscalerClass: 'Own.autoscaling.example.com' },
    `podAutoscalerClass: "Own.autoscaling.example.com" is not a DNS name: use labels of lower case letters, digits and '-', with dots between them`,
  ],
  [{ activatorCapacity: 0.5 }, 'activatorCapacity: 0.5 is not a number of at least 1'],
  [{ initialScale: -1 }, 'initialScale: -1 is not a whole number from 0 to 2147483647'],
  [{ initialScale: 0 }, 'initialScale: 0 is not allowed: use at least 1, or set allowZeroInitialScale to true'],
  [{ minScale: 1.5 }, 'minScale: 1.5 is not a whole number from 0 to 2147483647'],
  [{ minScale: 3, maxScale: 2 }, 'minScale: 3 is more than maxScale, 2: lower it or raise maxScale'],
  [{ scaleDownDelay: '100ms' }, 'scaleDownDelay: "100ms" is not a number of whole seconds'],
  [{ maxScaleLimit: 10 }, 'maxScale: 0 is no limit, while maxScaleLimit is 10: set maxScale to a number from 1 to 10'],
  [{ maxScale: 11, maxScaleLimit: 10 }, 'maxScale: 11 is more than maxScaleLimit, 10: lower it or raise the limit'],
])('%j is refused', (settings, problem) => {
  expect(autoscalerSettings.problems(settings)).toEqual([problem]);
});

it.each<AutoscalerSettings>([
  { containerConcurrencyTargetPercentage: 0.7, containerConcurrencyTargetDefault: 0.02 },
  { targetBurstCapacity: -1 },
  { initialScale: 0, allowZeroInitialScale: true },
  { minScale: 3 },
  { maxScale: 10, maxScaleLimit: 10 },
])('%j is taken', (settings) => {
  expect(autoscalerSettings.problems(settings)).toEqual([]);
});
