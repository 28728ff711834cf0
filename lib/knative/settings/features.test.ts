import type { FeaturesSettings } from './features';
import { featuresSettings } from './features';

it.each<[FeaturesSettings, string]>([
  [
    { kubernetesPodspecAffinity: 'Enable' as 'enabled' },
    'kubernetesPodspecAffinity: "Enable" is none of "enabled", "allowed", "disabled"',
  ],
  [
    { kubernetesPodspecInitContainers: 'allowed' as 'enabled' },
    'kubernetesPodspecInitContainers: "allowed" is none of "enabled", "disabled"',
  ],
  [
    { securePodDefaults: 'allowed' as 'enabled' },
    'securePodDefaults: "allowed" is none of "enabled", "AllowRootBounded", "disabled"',
  ],
])('%j is refused', (settings, problem) => {
  expect(featuresSettings.problems(settings)).toEqual([problem]);
});
