import type { GcSettings } from './gc';
import { gcSettings } from './gc';

it.each<[GcSettings, string]>([
  [
    { retainSinceCreateTime: '48' as '48h' },
    'retainSinceCreateTime: "48" is not a duration: write a number with a unit, for example "30s" or "1m30s"; "disabled" is possible too',
  ],
  [
    { retainSinceLastActiveTime: '-1h' },
    'retainSinceLastActiveTime: "-1h" is not a duration: write a number with a unit, for example "30s" or "1m30s"; "disabled" is possible too',
  ],
  [{ minNonActiveRevisions: -1 }, 'minNonActiveRevisions: -1 is not a whole number of at least 0'],
  [
    { minNonActiveRevisions: 1001 },
    'minNonActiveRevisions: 1001 is more than maxNonActiveRevisions, 1000: lower it or raise the other',
  ],
  [
    { maxNonActiveRevisions: 10 },
    'minNonActiveRevisions: 20 is more than maxNonActiveRevisions, 10: lower it or raise the other',
  ],
  [
    { maxNonActiveRevisions: 20.5 },
    'maxNonActiveRevisions: 20.5 is not a whole number of at least 0; "disabled" is possible too',
  ],
])('%j is refused', (settings, problem) => {
  expect(gcSettings.problems(settings)).toEqual([problem]);
});

it('takes any number of least revisions where the most is disabled', () => {
  expect(gcSettings.problems({ minNonActiveRevisions: 5000, maxNonActiveRevisions: 'disabled' })).toEqual([]);
});
