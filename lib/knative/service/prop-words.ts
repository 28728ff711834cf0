import { parsePath } from '../../objects/json-path';
import type { JsonPath } from '../../objects/manifest';
import { PROGRESS_DEADLINE, ROLLOUT_DURATION } from '../../model/serving/annotations';
import { VISIBILITY_LABEL } from '../../model/serving/metadata';
import type { DecidingConfigMap, Words } from '../../model/serving/words';
import { AUTOSCALER } from '../settings/autoscaler';
import { DEFAULTS } from '../settings/defaults';
import { FEATURES } from '../settings/features';
import { NETWORK } from '../settings/network';
import type { ContainerProps } from './containers';
import type { Env } from './env';
import type { KnativeServiceProps } from './knative-service';
import { DISABLE_TLS_ANNOTATION, FULL_DUPLEX_ANNOTATION, HTTP_PROTOCOL_ANNOTATION } from './metadata';
import { QUEUE_PROXY_ANNOTATIONS } from './queue-proxy';
import { SCALE_PROPS } from './scale';

/** The props that are labels and annotations, where these are not given by themselves. */
const LABEL_PROPS: Readonly<Record<string, string>> = { [VISIBILITY_LABEL]: 'visibility' };
const ANNOTATION_PROPS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(ROLLOUT_DURATION.map((key) => [key, 'rolloutDuration'])),
  [HTTP_PROTOCOL_ANNOTATION]: 'httpProtocol',
  [DISABLE_TLS_ANNOTATION]: 'disableExternalDomainTls',
};
const TEMPLATE_ANNOTATION_PROPS: Readonly<Record<string, string>> = {
  ...SCALE_PROPS,
  ...QUEUE_PROXY_ANNOTATIONS,
  ...Object.fromEntries(PROGRESS_DEADLINE.map((key) => [key, 'progressDeadline'])),
  [FULL_DUPLEX_ANNOTATION]: 'httpFullDuplex',
};

const PROBES: Readonly<Record<string, string>> = {
  readinessProbe: 'readiness',
  livenessProbe: 'liveness',
  startupProbe: 'startup',
};

const SETTINGS: Readonly<Record<DecidingConfigMap, Readonly<Record<string, { readonly key: string }>>>> = {
  features: FEATURES,
  defaults: DEFAULTS,
  autoscaler: AUTOSCALER,
  network: NETWORK,
};

/** What is said of a service, in words of the props that it was made of. */
export class PropWords implements Words {
  constructor(private readonly props: KnativeServiceProps) {}

  /** `spec.template.spec.containers[1].env[0].value` is `sidecars[0].env.LEVEL`. */
  place(path: string): string {
    const [first, ...steps] = parsePath(path);
    if (first === 'metadata') return this.metadata(steps);
    const [second] = steps;
    if (second !== 'template') return joined(steps);
    const [, part, ...inTemplate] = steps;
    return part === 'metadata' ? this.templateMetadata(inTemplate) : this.pod(inTemplate);
  }

  setting(configMap: DecidingConfigMap, key: string): string {
    const prop = Object.entries(SETTINGS[configMap]).find(([, setting]) => setting.key === key)?.[0] ?? key;
    return `settings.${configMap}.${prop} of the platform`;
  }

  private metadata([field, ...steps]: JsonPath): string {
    const { labels, annotations } = this.props;
    if (field === 'labels') return entry('labels', steps, labels, LABEL_PROPS);
    if (field === 'annotations') return entry('annotations', steps, annotations, ANNOTATION_PROPS);
    return joined([field ?? '', ...steps]);
  }

  private templateMetadata([field, ...steps]: JsonPath): string {
    const { templateLabels, templateAnnotations } = this.props;
    if (field === 'labels') return entry('templateLabels', steps, templateLabels, {});
    if (field === 'annotations') {
      return entry('templateAnnotations', steps, templateAnnotations, TEMPLATE_ANNOTATION_PROPS);
    }
    return 'revisionName';
  }

  private pod([field = '', ...steps]: JsonPath): string {
    const [index, ...inItem] = steps;
    const { sidecars = [], initContainers = [] } = this.props;
    switch (field) {
      case 'containers':
        // Of all of them, there is a sidecar too many, or no port that tells the serving one.
        if (typeof index !== 'number') return index === undefined ? 'sidecars' : 'port';
        return index === 0
          ? servingContainer(inItem, this.props)
          : container(`sidecars[${index - 1}]`, inItem, sidecars[index - 1]);
      case 'initContainers':
        return typeof index === 'number'
          ? container(`initContainers[${index}]`, inItem, initContainers[index])
          : 'initContainers';
      case 'securityContext':
        return joined(['podSecurityContext', ...steps]);
      case 'imagePullSecrets':
        return joined([field, ...steps.filter((step) => step !== 'name')]);
      default:
        return joined([field, ...steps]);
    }
  }
}

function servingContainer(steps: JsonPath, props: KnativeServiceProps): string {
  const [field, , inPort] = steps;
  if (field === 'name') return 'containerName';
  if (field === 'ports') return inPort === 'name' ? 'port.protocol' : 'port.number';
  return container('', steps, props);
}

function container(path: string, [field = '', ...steps]: JsonPath, props: ContainerProps | undefined): string {
  const within = (...rest: JsonPath): string => [path, joined(rest)].filter((part) => part !== '').join('.');
  if (typeof field === 'string' && Object.hasOwn(PROBES, field)) {
    return within('probes', PROBES[field] ?? '', ...steps);
  }
  if (field === 'env') return within(...variable(steps, props?.env));
  return field === '' ? path : within(field, ...steps);
}

/** Variables that are given by name are called by it. */
function variable([index, ...steps]: JsonPath, env: Env = {}): JsonPath {
  const names = Array.isArray(env) ? undefined : Object.keys(env);
  if (names === undefined || typeof index !== 'number')
    return ['env', ...(index === undefined ? [] : [index]), ...steps];
  const name = names[index] ?? '';
  const [field, ...inSource] = steps;
  return ['env', name, ...(field === 'valueFrom' ? inSource : [])];
}

/** What stands under a key of labels or annotations: it was given so, or a prop wrote it. */
function entry(
  prop: string,
  [key = '', ...steps]: JsonPath,
  given: Readonly<Record<string, string>> = {},
  byProp: Readonly<Record<string, string>>,
): string {
  const own = Object.hasOwn(given, key) ? undefined : byProp[key];
  return own ?? joined(key === '' ? [prop] : [prop, key, ...steps]);
}

function joined(steps: JsonPath): string {
  return steps
    .map((step) => (typeof step === 'number' ? `[${step}]` : step === '' ? '[""]' : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
