import { AUTOSCALER } from '../settings/autoscaler';
import { DEFAULTS } from '../settings/defaults';
import { FEATURES } from '../settings/features';
import { NETWORK } from '../settings/network';
import { OBSERVABILITY } from '../settings/observability';
import { withDefaults } from '../settings/setting';
import type { KnativeServingSettings } from '../settings/settings';

/** A flag of `config-features`, by its name in the settings. */
export type FeatureFlag = keyof typeof FEATURES;

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
