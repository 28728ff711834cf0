import type { Texts } from '../../objects/json';
import { at, list } from '../../objects/json';
import type { Json } from '../../objects/manifest';
import { goFloat, goInteger } from '../../syntax/go-number';
import { goDurationProblem, signedGoDurationSeconds } from '../../syntax/go-duration';
import { quote } from '../../syntax/quote';
import { wholeNumberProblem } from '../../syntax/whole-number';
import { wordProblem } from '../../syntax/word';
import { requestsCpu } from '../cpu-request';
import { annotationPath } from './annotations';
import type { ServingConfig } from './config';
import type { Problems } from './problem';

/** The autoscalers of Knative itself: its own, and Kubernetes' HPA. */
export const KPA = 'kpa.autoscaling.knative.dev';
export const HPA = 'hpa.autoscaling.knative.dev';

/** What the annotations that scale begin with. They count on a template alone. */
export const SCALE_GROUP = 'autoscaling.knative.dev';

const MAX_INT32 = 2 ** 31 - 1;
const HOUR = 3600;

interface ScaleAnnotation<Kind, Value> {
  /** How the text is read. */
  readonly kind: Kind;

  /** What is wrong with a value by itself. `undefined` if nothing is. */
  readonly problem: (value: Value) => string | undefined;

  /** An older spelling of the key; `undefined` if there is none. */
  readonly alsoKey: string | undefined;
}

type NumberAnnotation = ScaleAnnotation<'whole' | 'number', number>;
type TextAnnotation = ScaleAnnotation<'duration', string> | ScaleAnnotation<'word', string>;

const pods = (alsoKey?: string, min = 0): NumberAnnotation => ({
  alsoKey,
  kind: 'whole',
  problem: (value) => wholeNumberProblem(value, min, MAX_INT32),
});
const number = (problem: NumberAnnotation['problem'], alsoKey?: string): NumberAnnotation => ({
  alsoKey,
  kind: 'number',
  problem,
});
const percentage = (min: number, max: number, alsoKey: string): NumberAnnotation =>
  number((value) => (value >= min && value <= max ? undefined : `${value} is not from ${min} to ${max}`), alsoKey);
const duration = (options: { min?: number; whole?: boolean }, alsoKey?: string): TextAnnotation => ({
  alsoKey,
  kind: 'duration',
  problem: (value) => goDurationProblem(value, { max: HOUR, ...options }),
});
const word = (problem: TextAnnotation['problem'] = () => undefined, alsoKey?: string): TextAnnotation => ({
  alsoKey,
  kind: 'word',
  problem,
});

/**
 * The annotations `autoscaling.knative.dev/*` of a template, by the rest of their keys.
 * Source: Serving 1.23.0, `pkg/apis/autoscaling/annotation_validation.go` and `register.go`.
 */
export const SCALE_ANNOTATIONS = {
  'min-scale': pods('minScale'),
  'max-scale': pods('maxScale'),
  'initial-scale': pods('initialScale'),
  'activation-scale': pods(undefined, 2),
  metric: word(),
  target: number((value) =>
    value >= 0.01 && value < Infinity ? undefined : `${value} is not a number of at least 0.01`,
  ),
  'target-utilization-percentage': percentage(1, 100, 'targetUtilizationPercentage'),
  'target-burst-capacity': number(
    (value) =>
      value === -1 || (value >= 0 && value < Infinity)
        ? undefined
        : `${value} is neither -1 nor a number of at least 0`,
    'targetBurstCapacity',
  ),
  class: word(classProblem),
  window: duration({ min: 6, whole: true }),
  'panic-window-percentage': percentage(1, 100, 'panicWindowPercentage'),
  'panic-threshold-percentage': percentage(110, 1000, 'panicThresholdPercentage'),
  'metric-aggregation-algorithm': word(undefined, 'metricAggregationAlgorithm'),
  'scale-down-delay': duration({ whole: true }, 'scaleDownDelay'),
  'scale-to-zero-pod-retention-period': duration({}, 'scaleToZeroPodRetentionPeriod'),
} as const;

/** An annotation that scales, by the rest of its key. */
export type ScaleKey = keyof typeof SCALE_ANNOTATIONS;

const KEYS = Object.keys(SCALE_ANNOTATIONS) as ScaleKey[];

/** How KPA averages; `weightedExponential` is an older spelling. */
const ALGORITHMS = ['linear', 'weighted-exponential', 'weightedExponential'];

/** What KPA measures. */
const KPA_METRICS = ['concurrency', 'rps'];

/** The keys of an annotation that scales, from the one that counts first. */
export function scaleKeys(key: ScaleKey): string[] {
  const { alsoKey } = SCALE_ANNOTATIONS[key];
  return [key, ...(alsoKey === undefined ? [] : [alsoKey])].map((rest) => `${SCALE_GROUP}/${rest}`);
}

/** Each spelling of a key, and which annotation it is. Of several spellings the first counts. */
const SPELLINGS = new Map(KEYS.flatMap((name) => scaleKeys(name).map((key, order) => [key, { name, order }] as const)));

function classProblem(value: string): string | undefined {
  if (!value.endsWith('.knative.dev') || value === KPA || value === HPA) return undefined;
  return `${quote(value)} is not an autoscaler of Knative: use ${quote(KPA)} or ${quote(HPA)}`;
}

/** Records what is wrong with the annotations of a template that scale. `path` is that of the annotations. */
export function checkScale(problems: Problems, config: ServingConfig, path: string, annotations: Texts): void {
  const given = new Map<ScaleKey, { readonly key: string; readonly value: string }>();
  for (const [key, value] of Object.entries(annotations)) {
    const spelling = SPELLINGS.get(key);
    if (
      spelling !== undefined &&
      (spelling.order === 0 || !Object.hasOwn(annotations, scaleKeys(spelling.name)[0] ?? ''))
    ) {
      given.set(spelling.name, { key, value });
    }
  }
  if (given.size === 0) return;
  for (const [name, { key, value }] of given) {
    const problem = valueProblem(name, value);
    problems.refuse(annotationPath(path, key), problem, isNoNumber(name, value) ? 'not-a-number' : undefined);
  }
  const placeOf = (name: ScaleKey): string => annotationPath(path, given.get(name)?.key ?? name);
  const numberOf = (name: ScaleKey): number | undefined => {
    const value = given.get(name)?.value;
    return value === undefined || valueProblem(name, value) !== undefined ? undefined : goInteger(value);
  };
  const wordOf = (name: ScaleKey): string | undefined => given.get(name)?.value;
  checkNumbersOfPods(problems, config, placeOf, numberOf);
  checkWords(problems, config, path, placeOf, wordOf);
}

function valueProblem(name: ScaleKey, value: string): string | undefined {
  const annotation: NumberAnnotation | TextAnnotation = SCALE_ANNOTATIONS[name];
  if (annotation.kind === 'word') return annotation.problem(value);
  // Go reads "-0s" as nothing, which is not negative.
  if (annotation.kind === 'duration') return annotation.problem(signedGoDurationSeconds(value) === 0 ? '0s' : value);
  const read = annotation.kind === 'whole' ? goInteger(value) : goFloat(value);
  if (read !== undefined) return annotation.problem(read);
  const part = annotation.kind === 'whole' ? goFloat(value) : undefined;
  // Go takes no number with an exponent for a whole one.
  if (part !== undefined && Number.isFinite(part) && !Number.isInteger(part)) return annotation.problem(part);
  return `${quote(value)} is not a ${annotation.kind === 'whole' ? 'whole number' : 'number'}: write one`;
}

/** Whether Go takes a text for a number that passes every comparison, or every upper limit where there is none. */
function isNoNumber(name: ScaleKey, value: string): boolean {
  if (SCALE_ANNOTATIONS[name].kind !== 'number') return false;
  const number = goFloat(value);
  return Number.isNaN(number) || (number === Infinity && !name.endsWith('percentage'));
}

function checkNumbersOfPods(
  problems: Problems,
  { autoscaler: { maxScaleLimit, allowZeroInitialScale } }: ServingConfig,
  placeOf: (name: ScaleKey) => string,
  numberOf: (name: ScaleKey) => number | undefined,
): void {
  const { words } = problems;
  const named = (name: ScaleKey): string => words.place(placeOf(name));
  const setting = (key: string): string => words.setting('autoscaler', key) ?? 'that';
  const min = numberOf('min-scale') ?? 0;
  const max = numberOf('max-scale');
  const most = max === undefined || max === 0 ? Infinity : max;
  const activation = numberOf('activation-scale');
  if (min > most) {
    problems.refuse(
      placeOf('min-scale'),
      `${min} is more than ${named('max-scale')}, ${most}: lower it, or raise that`,
    );
  }
  if (activation !== undefined && activation < min) {
    problems.refuse(
      placeOf('activation-scale'),
      `${activation} is less than ${named('min-scale')}, ${min}: raise it, or lower that`,
    );
  }
  if (activation !== undefined && activation > most) {
    problems.refuse(
      placeOf('activation-scale'),
      `${activation} is more than ${named('max-scale')}, ${most}: lower it, or raise that`,
    );
  }
  if (numberOf('initial-scale') === 0 && !allowZeroInitialScale) {
    problems.refuse(
      placeOf('initial-scale'),
      `0 needs allow-zero-initial-scale of config-autoscaler to be "true": set ${setting('allow-zero-initial-scale')}, or write 1 or more`,
    );
  }
  if (maxScaleLimit > 0 && max !== undefined && (max === 0 || max > maxScaleLimit)) {
    problems.refuse(
      placeOf('max-scale'),
      `${max === 0 ? '0, which is without a limit,' : max} is over max-scale-limit of config-autoscaler, ${maxScaleLimit}: lower it, or raise ${setting('max-scale-limit')}`,
    );
  }
}

function checkWords(
  problems: Problems,
  { autoscaler }: ServingConfig,
  path: string,
  placeOf: (name: ScaleKey) => string,
  wordOf: (name: ScaleKey) => string | undefined,
): void {
  const metric = wordOf('metric');
  const scaler = wordOf('class') ?? autoscaler.podAutoscalerClass;
  if (metric !== undefined && scaler === KPA && !KPA_METRICS.includes(metric)) {
    problems.refuse(
      placeOf('metric'),
      `${quote(metric)} is not measured by ${KPA}: use "concurrency" or "rps", or set ${problems.words.place(annotationPath(path, `${SCALE_GROUP}/class`))} to ${quote(HPA)}`,
    );
  }
  if (metric === '' && scaler === HPA) problems.refuse(placeOf('metric'), '"" is empty: name one, for example "cpu"');
  const algorithm = wordOf('metric-aggregation-algorithm') ?? '';
  if (algorithm !== '' && wordOf('class') === KPA) {
    problems.refuse(placeOf('metric-aggregation-algorithm'), wordProblem(algorithm, ALGORITHMS));
  }
}

/**
 * Whether Kubernetes' HPA scales by how much of the requested CPU is used. Without a target Serving tells it no metric, whatever is named, and it goes by
 * CPU. Sources: Serving 1.23.0, `pkg/reconciler/autoscaling/hpa/resources/hpa.go`; Kubernetes 1.34, `pkg/apis/autoscaling/v2/defaults.go`.
 */
export function scalesByCpu(autoscaler: string, metric: string | undefined, hasTarget: boolean): boolean {
  return autoscaler === HPA && (!hasTarget || (metric ?? 'cpu') === 'cpu');
}

/** Records containers without the CPU request that an autoscaler needs to know how much of it is used. `path` is that of the pod. */
export function checkUtilization(
  problems: Problems,
  { autoscaler, defaults }: ServingConfig,
  path: string,
  annotations: Texts,
  spec: Json | undefined,
): void {
  // None of the three has an older spelling.
  const valueOf = (name: 'class' | 'metric' | 'target'): string | undefined => annotations[`${SCALE_GROUP}/${name}`];
  const scaler = valueOf('class') ?? autoscaler.podAutoscalerClass;
  if (scaler !== HPA || defaults.givesCpu || !scalesByCpu(scaler, valueOf('metric'), valueOf('target') !== undefined))
    return;
  list(at(spec, 'containers')).forEach((container, index) => {
    if (requestsCpu(container)) return;
    problems.refuse(
      `${path}.containers[${index}].resources.requests`,
      `is without cpu, and ${HPA} goes by CPU, of which Kubernetes knows nothing where one container of a pod requests none: set cpu, for example to "100m"`,
      'no-utilization',
    );
  });
}
