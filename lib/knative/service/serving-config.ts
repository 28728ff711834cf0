import type { ServingConfig as JudgedConfig } from '../../model/serving/config';
import { servingConfig as judgedConfigOf } from '../../model/serving/config';
import { AUTOSCALER, autoscalerSettings } from '../settings/autoscaler';
import { DEFAULTS, defaultsSettings } from '../settings/defaults';
import { FEATURES, featuresSettings } from '../settings/features';
import { NETWORK, networkSettings } from '../settings/network';
import { OBSERVABILITY } from '../settings/observability';
import { withDefaults } from '../settings/setting';
import type { KnativeServingSettings } from '../settings/settings';

/** What of Serving's configuration decides what a Knative Service may say. */
export type ServingConfig = ReturnType<typeof servingConfig>;

/** A platform's settings over Serving's defaults. */
export function servingConfig({
  features = {},
  defaults = {},
  autoscaler = {},
  network = {},
  domain = {},
  observability = {},
}: KnativeServingSettings) {
  return {
    features: withDefaults(FEATURES, features),
    defaults: withDefaults(DEFAULTS, defaults),
    autoscaler: withDefaults(AUTOSCALER, autoscaler),
    network: withDefaults(NETWORK, network),
    domain,
    observability: withDefaults(OBSERVABILITY, observability),
  };
}

/** The same as the judge of Knative objects reads it: in the ConfigMaps that the settings become. */
export function judgedConfig({
  features = {},
  defaults = {},
  autoscaler = {},
  network = {},
}: KnativeServingSettings): JudgedConfig {
  return judgedConfigOf({
    features: featuresSettings.data(features),
    defaults: defaultsSettings.data(defaults),
    autoscaler: autoscalerSettings.data(autoscaler),
    network: networkSettings.data(network),
  });
}
