import type { PlatformObject } from '../../objects/manifest';
import { dns1035LabelProblem } from '../../syntax/dns';
import { quote } from '../../syntax/quote';
import type { Problem } from '../finding';
import type { JsonObject } from '../../objects/json';
import { at, list, mapping, number, strings, text } from '../../objects/json';
import type { Rule } from '../rule';

/** `-00001`, which Serving puts behind a service's name. */
const REVISION_SUFFIX = 6;
const LABEL = 63;

/** Serving's defaults, by their keys in `config-defaults`. Source: Serving 1.23.0, `pkg/apis/config/defaults.go`. */
const DEFAULTS = {
  'revision-timeout-seconds': 300,
  'max-revision-timeout-seconds': 600,
  'container-concurrency-max-limit': 1000,
} as const;

/** Source: Serving 1.23.0, `pkg/apis/serving/v1`. */
export const knativeLimits: Rule = {
  id: 'knative-limits',
  group: 'knative',
  severity: 'error',
  title: 'every Knative Service is one that Serving takes',
  check: (objects) => {
    const limits = limitsOf(objects.configMap('knative-serving', 'config-defaults'));
    const problems: Problem[] = [];
    for (const object of objects.ofKind('serving.knative.dev', 'Service')) {
      problems.push(...nameProblems(object), ...trafficProblems(object));
      problems.push(...requestProblems(object, limits), ...scaleProblems(object));
    }
    return problems;
  },
};

function nameProblems(object: PlatformObject): Problem[] {
  const { name = '' } = object.manifest.metadata;
  const problem = dns1035LabelProblem(name, LABEL - REVISION_SUFFIX);
  const revision = text(at(object.manifest, 'spec', 'template', 'metadata', 'name'));
  if (problem === undefined && revision === undefined) return [];
  const path = 'spec.template.metadata.name';
  const of = revision === undefined ? undefined : dns1035LabelProblem(revision);
  return [
    ...(problem === undefined
      ? []
      : [{ object, path: 'metadata.name', message: `${problem}, for its revisions are called <name>-00001` }]),
    ...(of === undefined ? [] : [{ object, path, message: of }]),
    ...(revision === undefined || revision.startsWith(`${name}-`)
      ? []
      : [
          {
            object,
            path,
            message: `${quote(revision)} does not begin with the service's name: call it ${name}-${revision}`,
          },
        ]),
  ];
}

function trafficProblems(object: PlatformObject): Problem[] {
  const { name = '' } = object.manifest.metadata;
  const traffic = list(at(object.manifest, 'spec', 'traffic'));
  if (traffic.length === 0) return [];
  const sum = traffic.reduce<number>((total, target) => total + (number(at(target, 'percent')) ?? 0), 0);
  const tags = traffic.flatMap((target, index) => {
    const label = `${text(at(target, 'tag')) ?? ''}-${name}`;
    if (label.length <= LABEL) return [];
    const message = `makes the host's label ${quote(label)}, of ${label.length} characters: at most ${LABEL} are allowed`;
    return [{ object, path: `spec.traffic[${index}].tag`, message }];
  });
  if (sum === 100) return tags;
  return [...tags, { object, path: 'spec.traffic', message: `the percentages sum to ${sum}: make them 100` }];
}

interface RequestLimits {
  readonly timeout: number;
  readonly mostTimeout: number;
  readonly mostConcurrency: number;
}

function limitsOf(config: JsonObject): RequestLimits {
  const limit = (key: keyof typeof DEFAULTS): number => Number(text(config[key]) ?? DEFAULTS[key]);
  return {
    timeout: limit('revision-timeout-seconds'),
    mostTimeout: limit('max-revision-timeout-seconds'),
    mostConcurrency: limit('container-concurrency-max-limit'),
  };
}

/** Numbers of a template's spec, and what each is held to. */
const AT_MOST: readonly {
  readonly field: string;
  readonly whose: string;
  readonly most: (limits: RequestLimits, timeout: number) => number;
}[] = [
  {
    field: 'timeoutSeconds',
    whose: 'max-revision-timeout-seconds of config-defaults',
    most: ({ mostTimeout }) => mostTimeout,
  },
  { field: 'responseStartTimeoutSeconds', whose: 'timeoutSeconds', most: (_, timeout) => timeout },
  { field: 'idleTimeoutSeconds', whose: 'timeoutSeconds', most: (_, timeout) => timeout },
  {
    field: 'containerConcurrency',
    whose: 'container-concurrency-max-limit of config-defaults',
    most: ({ mostConcurrency }) => mostConcurrency,
  },
];

function requestProblems(object: PlatformObject, limits: RequestLimits): Problem[] {
  const spec = mapping(at(object.manifest, 'spec', 'template', 'spec'));
  const timeout = number(spec.timeoutSeconds) ?? limits.timeout;
  const problems: Problem[] = [];
  for (const { field, whose, most } of AT_MOST) {
    const value = number(spec[field]);
    const limit = most(limits, timeout);
    if (value === undefined || value <= limit) continue;
    const message = `${value} is more than ${whose}, ${limit}: lower it, or raise ${whose}`;
    problems.push({ object, path: `spec.template.spec.${field}`, message });
  }
  return problems;
}

function scaleProblems(object: PlatformObject): Problem[] {
  const annotations = strings(at(object.manifest, 'spec', 'template', 'metadata', 'annotations'));
  const min = Number(annotations['autoscaling.knative.dev/min-scale'] ?? 0);
  const max = Number(annotations['autoscaling.knative.dev/max-scale'] ?? 0);
  if (max === 0 || min <= max) return [];
  const path = 'spec.template.metadata.annotations["autoscaling.knative.dev/min-scale"]';
  return [{ object, path, message: `${min} is more than max-scale, ${max}: lower it, or raise max-scale` }];
}
