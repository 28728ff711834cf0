import type { JsonObject, Texts } from '../../objects/json';
import { strings } from '../../objects/json';
import { goBool, goInteger } from '../../syntax/go-number';
import type { Feature, FeatureState } from './features';
import { FEATURE_DEFAULTS, readFeature } from './features';
import { KPA } from './scale';
import { refusedTagTemplate } from './settings/host-template';

/** What of Serving's configuration decides what a Knative object may say. */
export interface ServingConfig {
  readonly features: Readonly<Record<Feature, FeatureState>>;

  /** Whether `config-features` is among the objects. If it is not, its defaults are taken. */
  readonly knowsFeatures: boolean;
  readonly defaults: {
    /** What counts where an object does not say it. */
    readonly containerConcurrency: number;
    readonly maxRevisionTimeoutSeconds: number;
    readonly containerConcurrencyMaxLimit: number;
    readonly allowContainerConcurrencyZero: boolean;

    /** Whether containers that say nothing get a request of CPU, or a limit, which is one too. */
    readonly givesCpu: boolean;
  };
  readonly autoscaler: {
    readonly maxScaleLimit: number;
    readonly allowZeroInitialScale: boolean;
    readonly podAutoscalerClass: string;
  };
  readonly network: {
    /** What makes the first label of a tag's host. */
    readonly tagTemplate: string;
  };
}

/** The data of those of Serving's ConfigMaps that count here; `undefined` if there is none. */
export interface ConfigData {
  readonly features?: JsonObject | undefined;
  readonly defaults?: JsonObject | undefined;
  readonly autoscaler?: JsonObject | undefined;
  readonly network?: JsonObject | undefined;
}

/**
 * The configuration that ConfigMaps say. What they do not say, or what Serving cannot read in them, is as the release has it.
 * Source of the defaults: Serving 1.23.0, `pkg/apis/config/defaults.go` and `pkg/autoscaler/config/config.go`.
 */
export function servingConfig({ features, defaults, autoscaler, network }: ConfigData = {}): ServingConfig {
  const { 'max-revision-timeout-seconds': timeout, 'container-concurrency-max-limit': concurrency } = strings(defaults);
  const scale = strings(autoscaler);
  return {
    features: featuresOf(strings(features)),
    knowsFeatures: features !== undefined,
    defaults: {
      containerConcurrency: goInteger(strings(defaults)['container-concurrency'] ?? '') ?? 0,
      maxRevisionTimeoutSeconds: goInteger(timeout ?? '') ?? 600,
      containerConcurrencyMaxLimit: goInteger(concurrency ?? '') ?? 1000,
      allowContainerConcurrencyZero: goBool(strings(defaults)['allow-container-concurrency-zero'] ?? '') ?? true,
      givesCpu: ['revision-cpu-request', 'revision-cpu-limit'].some(
        (key) => (strings(defaults)[key] ?? '').trim() !== '',
      ),
    },
    autoscaler: {
      maxScaleLimit: goInteger(scale['max-scale-limit'] ?? '') ?? 0,
      allowZeroInitialScale: goBool(scale['allow-zero-initial-scale'] ?? '') ?? false,
      podAutoscalerClass: scale['pod-autoscaler-class'] ?? KPA,
    },
    network: { tagTemplate: tagTemplateOf(strings(network)) },
  };
}

function featuresOf(data: Readonly<Record<string, string>>): Record<Feature, FeatureState> {
  const features: Record<Feature, FeatureState> = { ...FEATURE_DEFAULTS };
  for (const feature of Object.keys(features) as Feature[]) {
    const value = data[feature];
    if (value !== undefined) features[feature] = readFeature(feature, value) ?? FEATURE_DEFAULTS[feature];
  }
  return features;
}

/** Knative's default. Source: knative.dev/networking c7a7b772cac9, `pkg/config/config.go`. */
const TAG_TEMPLATE = '{{.Tag}}-{{.Name}}';

function tagTemplateOf({ tagTemplate: older = '', 'tag-template': template = older }: Texts): string {
  return template.trim() === '' || refusedTagTemplate(template) !== undefined ? TAG_TEMPLATE : template;
}

/** Whether secure defaults are given to pods, which then may say a little more. */
export function hasSecurePodDefaults({ features }: ServingConfig): boolean {
  return features['secure-pod-defaults'] !== 'disabled';
}
