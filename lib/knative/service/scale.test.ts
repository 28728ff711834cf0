import type { KnativeServingSettings } from '../settings/settings';
import type { Scale } from './scale';
import { manifestWith, mistakesWith, warningsWith, saying } from './testing/platform';

test('settings are annotations of the template, as text', () => {
  const scale: Scale = { min: 0, max: 10, target: 0.5, targetBurstCapacity: -1, toZeroPodRetentionPeriod: '5m' };
  const { metadata, spec } = manifestWith({ scale });
  expect(spec.template.metadata.annotations).toEqual({
    'linkerd.io/inject': 'enabled',
    'autoscaling.knative.dev/min-scale': '0',
    'autoscaling.knative.dev/max-scale': '10',
    'autoscaling.knative.dev/target': '0.5',
    'autoscaling.knative.dev/target-burst-capacity': '-1',
    'autoscaling.knative.dev/scale-to-zero-pod-retention-period': '5m',
  });
  expect(metadata.annotations).toBeUndefined();
});

it.each([
  [{ min: -1 }, 'scale.min: -1 is not a whole number from 0 to 2147483647'],
  [{ max: 1.5 }, 'scale.max: 1.5 is not a whole number from 0 to 2147483647'],
  [{ initial: -1 }, 'scale.initial: -1 is not a whole number from 0 to 2147483647'],
  [{ activation: 1 }, 'scale.activation: 1 is not a whole number from 2 to 2147483647'],
  [{ min: 5, max: 3 }, 'scale.min: 5 is more than scale.max, 3: lower it, or raise that'],
  [{ min: 3, activation: 2 }, 'scale.activation: 2 is less than scale.min, 3: raise it, or lower that'],
  [{ max: 3, activation: 4 }, 'scale.activation: 4 is more than scale.max, 3: lower it, or raise that'],
  [
    { initial: 0 },
    /^scale\.initial: 0 needs allow-zero-initial-scale .* set settings\.autoscaler\.allowZeroInitialScale of the platform, or/,
  ],
  [{ target: 0.001 }, 'scale.target: 0.001 is not a number of at least 0.01'],
  [{ target: Infinity }, 'scale.target: Infinity is not a number of at least 0.01'],
  [{ targetUtilizationPercentage: 0 }, 'scale.targetUtilizationPercentage: 0 is not from 1 to 100'],
  [{ targetUtilizationPercentage: 101 }, 'scale.targetUtilizationPercentage: 101 is not from 1 to 100'],
  [{ targetBurstCapacity: -2 }, 'scale.targetBurstCapacity: -2 is neither -1 nor a number of at least 0'],
  [{ panicWindowPercentage: 0.5 }, 'scale.panicWindowPercentage: 0.5 is not from 1 to 100'],
  [{ panicThresholdPercentage: 109 }, 'scale.panicThresholdPercentage: 109 is not from 110 to 1000'],
  [{ window: '5s' }, 'scale.window: "5s" is too short: at least 6s'],
  [{ window: '61m' }, 'scale.window: "61m" is too long: at most 3600s'],
  [{ window: '6.5s' }, 'scale.window: "6.5s" is not a number of whole seconds'],
  [{ downDelay: '1h1s' }, 'scale.downDelay: "1h1s" is too long: at most 3600s'],
  [{ downDelay: '500ms' }, 'scale.downDelay: "500ms" is not a number of whole seconds'],
  [{ downDelay: '-1s' }, /^scale\.downDelay: "-1s" is not a duration/],
  [{ toZeroPodRetentionPeriod: '2h' }, 'scale.toZeroPodRetentionPeriod: "2h" is too long: at most 3600s'],
  [{ metric: 'cpu' }, /^scale\.metric: "cpu" is not measured by kpa\.autoscaling\.knative\.dev: use "concurrency"/],
  [
    { metric: '', target: 5, class: 'hpa.autoscaling.knative.dev' },
    'scale.metric: "" is empty: name one, for example "cpu"',
  ],
  [{ class: 'vpa.autoscaling.knative.dev' }, /^scale\.class: "vpa\.autoscaling\.knative\.dev" is not an autoscaler/],
] satisfies [Scale, string | RegExp][])('%j is refused', (scale, message) => {
  expect(mistakesWith({ scale })).toEqual([saying(message)]);
});

it.each([
  [{ min: 5, max: 0 }, {}],
  [{ min: 2, max: 4, activation: 3, initial: 1 }, {}],
  [{ initial: 0 }, { autoscaler: { allowZeroInitialScale: true } }],
  [{ window: '6s', downDelay: '0s', toZeroPodRetentionPeriod: '1.5s' }, {}],
  [{ metric: 'cpu', class: 'hpa.autoscaling.knative.dev' }, {}],
  [{ metric: 'cpu' }, { autoscaler: { podAutoscalerClass: 'hpa.autoscaling.knative.dev' } }],
  [{ metric: 'queue', class: 'keda.autoscaling.example.com' }, {}],
  [{ max: 5 }, { autoscaler: { maxScaleLimit: 5 } }],
] satisfies [Scale, KnativeServingSettings][])('%j is taken with settings %j', (scale, settings) => {
  expect(mistakesWith({ scale, resources: { requests: { cpu: '100m' } } }, { settings })).toEqual([]);
});

test.each([[0], [6]])('max %d is refused over a limit of 5', (max) => {
  expect(mistakesWith({ scale: { max } }, { settings: { autoscaler: { maxScaleLimit: 5 } } })).toEqual([
    expect.stringMatching(
      /^scale\.max: .* is over max-scale-limit of config-autoscaler, 5: lower it, or raise settings\.autoscaler/,
    ),
  ]);
});

describe("the HPA needs a component of Knative's own", () => {
  const HPA = 'hpa.autoscaling.knative.dev';
  const resources = { limits: { cpu: '1' } };
  const own = { scale: { class: HPA, metric: 'cpu' }, resources } as const;
  const settings: KnativeServingSettings = { autoscaler: { podAutoscalerClass: HPA } };

  test('which is fine where it is installed', () => {
    expect(mistakesWith(own, { hpaAutoscaler: true })).toEqual([]);
    expect(warningsWith(own, { hpaAutoscaler: true })).toEqual([]);
  });

  test('which is refused where it is not', () => {
    expect(mistakesWith(own, { hpaAutoscaler: false })).toEqual([
      `scale.class: "hpa.autoscaling.knative.dev" needs Knative's autoscaler-hpa, which is not installed: set knativeServing.hpaAutoscaler of the platform to true, or use "kpa.autoscaling.knative.dev"`,
    ]);
    expect(mistakesWith({ resources }, { hpaAutoscaler: false, settings })).toEqual([
      expect.stringMatching(
        /^scale\.class: "hpa\.autoscaling\.knative\.dev", the class of the settings, needs Knative's/,
      ),
    ]);
    const kpa = { scale: { class: 'kpa.autoscaling.knative.dev' } } as const;
    expect(mistakesWith(kpa, { hpaAutoscaler: false, settings })).toEqual([]);
  });

  test('which is warned of where nobody knows', () => {
    for (const warnings of [warningsWith(own), warningsWith({}, { settings })]) {
      expect(warnings).toEqual([expect.stringMatching(/^scale\.class: .* needs Knative's autoscaler-hpa/)]);
    }
    expect(warningsWith({ scale: { class: 'kpa.autoscaling.knative.dev' } })).toEqual([]);
  });
});

describe('by CPU, each container needs a request', () => {
  const scale: Scale = { class: 'hpa.autoscaling.knative.dev' };
  const cpu = { requests: { cpu: '100m' } };
  const port = { number: 8080 };
  const refused = (path: string): string =>
    `${path}.requests: is without cpu, and hpa.autoscaling.knative.dev goes by CPU, of which Kubernetes knows nothing where one container of a pod requests none: set cpu, for example to "100m"`;

  test('without which Kubernetes never knows how much is used', () => {
    const sidecars = [{ image: 'side:1' }, { image: 'more:1', resources: cpu }];
    expect(mistakesWith({ scale, port, resources: { requests: { memory: '1Gi' } }, sidecars })).toEqual([
      refused('resources'),
      refused('sidecars[0].resources'),
    ]);
  });

  test('also where another metric is named without a target, of which Serving tells it nothing', () => {
    expect(mistakesWith({ scale: { ...scale, metric: 'memory' } })).toEqual([refused('resources')]);
    expect(mistakesWith({ scale: { ...scale, metric: 'memory', target: 200 } })).toEqual([]);
  });

  test('unless the settings give it', () => {
    expect(mistakesWith({ scale }, { settings: { defaults: { revisionCpuRequest: '100m' } } })).toEqual([]);
    expect(mistakesWith({ scale }, { settings: { defaults: { revisionCpuLimit: '1' } } })).toEqual([]);
    expect(mistakesWith({ scale }, { settings: { defaults: { revisionMemoryRequest: '1Gi' } } })).toHaveLength(1);
  });
});
