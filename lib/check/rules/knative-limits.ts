import type { PlatformObject } from '../../objects/manifest';
import { dns1035LabelProblem } from '../../syntax/dns';
import { quote } from '../../syntax/quote';
import type { Problem } from '../finding';
import type { JsonObject } from '../json';
import { at, list, mapping, number, text } from '../json';
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
    const config = objects.configMap('knative-serving', 'config-defaults');
    return objects
      .ofKind('serving.knative.dev', 'Service')
      .flatMap((object) => [
        ...nameProblems(object),
        ...trafficProblems(object),
        ...requestProblems(object, config),
        ...scaleProblems(object),
      ]);
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

function requestProblems(object: PlatformObject, config: JsonObject): Problem[] {
  const limit = (key: keyof typeof DEFAULTS): number => Number(config[key] ?? DEFAULTS[key]);
  const spec = mapping(at(object.manifest, 'spec', 'template', 'spec'));
  const timeout = number(spec.timeoutSeconds) ?? limit('revision-timeout-seconds');
  const atMost = (field: string, most: number, whose: string): Problem[] => {
    const value = number(spec[field]);
    if (value === undefined || value <= most) return [];
    return [
      {
        object,
        path: `spec.template.spec.${field}`,
        message: `${value} is more than ${whose}, ${most}: lower it, or raise ${whose}`,
      },
    ];
  };
  return [
    ...atMost(
      'timeoutSeconds',
      limit('max-revision-timeout-seconds'),
      'max-revision-timeout-seconds of config-defaults',
    ),
    ...atMost('responseStartTimeoutSeconds', timeout, 'timeoutSeconds'),
    ...atMost('idleTimeoutSeconds', timeout, 'timeoutSeconds'),
    ...atMost(
      'containerConcurrency',
      limit('container-concurrency-max-limit'),
      'container-concurrency-max-limit of config-defaults',
    ),
  ];
}

function scaleProblems(object: PlatformObject): Problem[] {
  const annotations = mapping(at(object.manifest, 'spec', 'template', 'metadata', 'annotations'));
  const min = Number(annotations['autoscaling.knative.dev/min-scale'] ?? 0);
  const max = Number(annotations['autoscaling.knative.dev/max-scale'] ?? 0);
  if (max === 0 || min <= max) return [];
  const path = 'spec.template.metadata.annotations["autoscaling.knative.dev/min-scale"]';
  return [{ object, path, message: `${min} is more than max-scale, ${max}: lower it, or raise max-scale` }];
}
