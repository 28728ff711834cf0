import type { Texts } from '../../objects/json';
import { at, list, mapping, strings } from '../../objects/json';
import type { Json } from '../../objects/manifest';
import { goBool, goFloat, goInteger } from '../../syntax/go-number';
import { signedGoDurationSeconds } from '../../syntax/go-duration';
import { quantityValue } from '../../syntax/quantity';
import { readYamlValue } from '../../yaml/stream';
import { givenKey, QUEUE_PERCENTAGE, queueResource } from './annotations';
import type { Feature, FeatureState } from './features';
import { FEATURE_DEFAULTS, readFeature } from './features';
import { readableQuantity } from './quantity';
import { HPA, scaleKeys } from './scale';
import { SETTINGS } from './settings/tables';

// Serving makes the Deployment of every revision anew from its ConfigMaps, and pods roll where the template of them comes out different.
// Source: Serving 1.23.0, `pkg/reconciler/revision/resources/deploy.go`, `queue.go`, and `pkg/reconciler/revision/controller.go`.

/** The template of a revision's pods, as far as it decides whether a setting counts for them. */
export interface RevisionTemplate {
  readonly labels: Texts;
  readonly annotations: Texts;
  readonly spec: Readonly<Record<string, Json | undefined>>;
}

/** The data of a ConfigMap of Serving by its name; empty if it is not there. */
export type SettingsOf = (config: string) => Texts;

/** A key of a ConfigMap of Serving. */
export interface SettingKey {
  readonly config: string;
  readonly key: string;
}

/** A key of Serving's ConfigMaps that is in the pods of every revision. */
export interface PodSetting extends SettingKey {
  /** Other keys that decide it too. @default - an older spelling, where there is one */
  readonly also?: readonly SettingKey[];

  /** What the pods get; equal where they stay as they are. */
  readonly value: (settings: SettingsOf, template?: RevisionTemplate) => string | undefined;

  /**
   * Whether it counts for the pods of a template.
   *
   * @default - for all
   */
  readonly appliesTo?: (template: RevisionTemplate) => boolean;

  /** Whether the value is another one for some templates than for others. @default false */
  readonly byTemplate?: true;
}

/**
 * The ConfigMaps for which Serving takes its time: a change makes it look at each revision at once, but for these, which count when it looks at a
 * revision for another reason, after 10 hours at most.
 */
export const LATE: readonly string[] = ['config-features', 'config-logging'];

/** The keys that decide a setting. */
export function keysOf({ config, key, also = [] }: PodSetting): SettingKey[] {
  const older = SETTINGS[config]?.[key]?.older;
  return [{ config, key }, ...(older === undefined ? [] : [{ config, key: older }]), ...also];
}

type Read = (text: string) => string | undefined;

const asText: Read = (given) => given;
const asBool: Read = (given) => String(goBool(given) ?? given);
const asNumber: Read = (given) => String(goFloat(given) ?? given);
const asSeconds: Read = (given) => String(signedGoDurationSeconds(given) ?? given);
const asQuantity: Read = (given) =>
  given === '' ? undefined : readableQuantity(given) ? String(quantityValue(given.replace(/^\+/, ''))) : given;
const asSet: Read = (given) =>
  [...new Set(given.split(',').map((item) => item.trim()))]
    .filter((item) => item !== '')
    .sort()
    .join();

/** A text under a key, or under an older spelling of it. */
function given(settings: SettingsOf, config: string, key: string): string | undefined {
  const { [key]: newer, [SETTINGS[config]?.[key]?.older ?? key]: older } = settings(config);
  return newer ?? older;
}

const setting = (
  config: string,
  key: string,
  read: Read,
  absent?: string,
  more: Partial<PodSetting> = {},
): PodSetting => ({
  config,
  key,
  value: (settings) => {
    const own = given(settings, config, key) ?? absent;
    return own === undefined ? undefined : read(own);
  },
  ...more,
});

const DEPLOYMENT = 'config-deployment';
const FEATURES = 'config-features';
const OBSERVABILITY = 'config-observability';
const LOGGING = 'config-logging';

const flag = (settings: SettingsOf, feature: Feature): FeatureState =>
  readFeature(feature, settings(FEATURES)[feature] ?? '') ?? FEATURE_DEFAULTS[feature];
const isOn = (settings: SettingsOf, feature: Feature): boolean => flag(settings, feature) === 'enabled';

/** What queue-proxy gets of a resource, and what it gets where `queueproxy.resource-defaults` is enabled and nothing is said. */
function resource(
  name: 'cpu' | 'memory' | 'ephemeral-storage',
  kind: 'request' | 'limit',
  byFeature?: string,
): PodSetting {
  const key = `queue-sidecar-${name}-${kind}`;
  const absent = key === 'queue-sidecar-cpu-request' ? '25m' : undefined;
  return {
    config: DEPLOYMENT,
    key,
    value: (settings) => {
      const own = given(settings, DEPLOYMENT, key) ?? absent;
      const other = isOn(settings, 'queueproxy.resource-defaults') ? byFeature : undefined;
      const value = own === undefined || own === '' ? other : own;
      return value === undefined ? undefined : asQuantity(value);
    },
    also: [{ config: FEATURES, key: 'queueproxy.resource-defaults' }],
    appliesTo: (template) => !hasOwnQueueResource(template, name, kind),
  };
}

/** Whether a template says itself what queue-proxy gets: as such, or in percent of what its container has. */
function hasOwnQueueResource(
  { annotations, spec }: RevisionTemplate,
  name: string,
  kind: 'request' | 'limit',
): boolean {
  if (readableQuantity(annotations[queueResource(name, kind)] ?? '')) return true;
  const key = givenKey(annotations, QUEUE_PERCENTAGE);
  if (key === undefined || name === 'ephemeral-storage' || goFloat(annotations[key] ?? '') === undefined) return false;
  return at(servingContainer(spec), 'resources', `${kind}s`, name) !== undefined;
}

const servingContainer = (spec: RevisionTemplate['spec']): Json | undefined => {
  const containers = list(spec.containers);
  return containers.find((container) => list(at(container, 'ports')).length > 0) ?? containers[0];
};

/** The runtime class whose selector fits most of a template's labels. Source: Serving 1.23.0, `pkg/deployment/config.go`. */
function runtimeClass(settings: SettingsOf, template: RevisionTemplate | undefined): string | undefined {
  const yaml = settings(DEPLOYMENT)['runtime-class-name'];
  if (yaml === undefined || template === undefined) return yaml;
  const fitting = Object.entries(mapping(readYamlValue(yaml)))
    .map(([name, value]) => ({ name, selector: Object.entries(strings(at(value, 'selector'))) }))
    .filter(({ selector }) => selector.every(([key, value]) => template.labels[key] === value))
    .sort((a, b) => b.selector.length - a.selector.length || (a.name < b.name ? -1 : 1));
  return fitting[0]?.name;
}

const PODINFO = 'features.knative.dev/queueproxy-podinfo';

/** Whether queue-proxy sees the annotations of its pod. */
function seesPodInfo(settings: SettingsOf, template: RevisionTemplate | undefined): string {
  const state = flag(settings, 'queueproxy.mount-podinfo');
  if (state !== 'allowed' || template === undefined) return state;
  return template.annotations[PODINFO]?.toLowerCase() === 'enabled' ? 'enabled' : 'disabled';
}

const feature = (key: Feature): PodSetting => ({
  config: FEATURES,
  key,
  value: (settings) => String(isOn(settings, key)),
});
const observability = (key: string, read: Read, absent = ''): PodSetting => setting(OBSERVABILITY, key, read, absent);

/** The keys that are in the pods of every revision; no others are. */
export const POD_SETTINGS: readonly PodSetting[] = [
  setting(DEPLOYMENT, 'queue-sidecar-image', asText),
  resource('cpu', 'request', '25m'),
  resource('cpu', 'limit', '1000m'),
  resource('memory', 'request', '400Mi'),
  resource('memory', 'limit', '800Mi'),
  resource('ephemeral-storage', 'request'),
  resource('ephemeral-storage', 'limit'),
  setting(DEPLOYMENT, 'queue-sidecar-token-audiences', asSet, ''),
  setting(DEPLOYMENT, 'queue-sidecar-rootca', asText, ''),
  setting(DEPLOYMENT, 'queue-sidecar-tls-min-version', asText, ''),
  setting(DEPLOYMENT, 'queue-sidecar-tls-max-version', asText, ''),
  setting(DEPLOYMENT, 'queue-sidecar-tls-cipher-suites', asText, ''),
  setting(DEPLOYMENT, 'queue-sidecar-tls-curve-preferences', asText, ''),
  setting(DEPLOYMENT, 'default-affinity-type', asText, 'prefer-spread-revision-over-nodes', {
    appliesTo: ({ spec }) => spec.affinity === undefined,
  }),
  {
    config: DEPLOYMENT,
    key: 'runtime-class-name',
    value: runtimeClass,
    appliesTo: ({ spec }) => spec.runtimeClassName === undefined,
    byTemplate: true,
  },
  observability('logging.enable-var-log-collection', asBool, 'false'),
  observability('logging.revision-url-template', asText),
  setting(OBSERVABILITY, 'logging.request-log-template', asText),
  observability('logging.enable-request-log', asBool, 'false'),
  observability('logging.enable-probe-request-log', asBool, 'false'),
  observability('metrics-protocol', asText, 'none'),
  observability('metrics-endpoint', asText),
  observability('metrics-export-interval', asSeconds, '0'),
  observability('request-metrics-protocol', asText, 'none'),
  observability('request-metrics-endpoint', asText),
  observability('request-metrics-export-interval', asSeconds, '0'),
  observability('runtime-profiling', asText, 'disabled'),
  observability('runtime-export-interval', asSeconds, '15s'),
  observability('tracing-protocol', asText, 'none'),
  observability('tracing-endpoint', asText),
  observability('tracing-sampling-rate', asNumber, '0'),
  setting(LOGGING, 'zap-logger-config', asText, ''),
  setting(LOGGING, 'loglevel.queueproxy', asText, ''),
  {
    config: 'config-network',
    key: 'system-internal-tls',
    value: (settings) => {
      const { 'system-internal-tls': tls = '', 'internal-encryption': deprecated = '' } = settings('config-network');
      return String(tls.toLowerCase() === 'enabled' || goBool(deprecated) === true);
    },
    also: [{ config: 'config-network', key: 'internal-encryption' }],
  },
  {
    config: FEATURES,
    key: 'queueproxy.mount-podinfo',
    value: seesPodInfo,
    byTemplate: true,
  },
  feature('multi-container-probing'),
  feature('autodetect-http2'),
];

/** What `enable-service-links` of `config-defaults` gives a revision when it is made; `undefined` where it leaves that to Kubernetes. */
export function serviceLinks(settings: SettingsOf): boolean | undefined {
  const { 'enable-service-links': links = 'false' } = settings('config-defaults');
  return /^(true|false)$/i.test(links) ? links.toLowerCase() === 'true' : undefined;
}

/** Whether a template's latest revision always has pods, as far as YAML says: Serving scales others to zero while nobody asks for them. */
export function alwaysHasPods({ annotations }: Pick<RevisionTemplate, 'annotations'>, settings: SettingsOf): boolean {
  const autoscaler = settings('config-autoscaler');
  const own = givenKey(annotations, scaleKeys('min-scale'));
  const least = own === undefined ? autoscaler['min-scale'] : annotations[own];
  const scaler = annotations[scaleKeys('class')[0] ?? ''] ?? autoscaler['pod-autoscaler-class'];
  const staysUp = goBool(autoscaler['enable-scale-to-zero'] ?? 'true') === false || scaler === HPA;
  return staysUp || (goInteger(least ?? '') ?? 0) > 0;
}
