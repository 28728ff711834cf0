import type { ServingConfig } from './config';
import type { Feature, FeatureState } from './features';
import type { Words } from './words';

const NOT_DISABLED: readonly FeatureState[] = ['enabled', 'allowed', 'AllowRootBounded'];

/** What is wrong with what needs a flag of `config-features`. `undefined` if the flag lets it. */
export function flagProblem(
  { features, knowsFeatures }: ServingConfig,
  feature: Feature,
  words: Words,
  states: readonly FeatureState[] = NOT_DISABLED,
): string | undefined {
  const state = features[feature];
  if (states.includes(state)) return undefined;
  const there = knowsFeatures
    ? `is "${state}"`
    : `is "${state}" unless set, and config-features is not among the objects`;
  return `needs the flag ${feature} of config-features, which ${there}: set ${words.setting('features', feature) ?? 'it'} to "enabled", or remove this`;
}
