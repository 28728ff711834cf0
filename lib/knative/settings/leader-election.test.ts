import type { LeaderElectionSettings } from './leader-election';
import { leaderElectionSettings } from './leader-election';

it.each<[LeaderElectionSettings, string]>([
  [{ leaseDuration: '40s' }, 'leaseDuration: "40s" is not more than renewDeadline, "40s": raise it'],
  [
    { leaseDuration: '500ms', renewDeadline: '400ms', retryPeriod: '100ms' },
    'leaseDuration: "500ms" is too short: at least 1s',
  ],
  [{ renewDeadline: '12s' }, 'renewDeadline: "12s" is not more than 1.2 times retryPeriod, "10s": raise it'],
  [{ retryPeriod: '0s' }, 'retryPeriod: "0s" is too short: it must be more than 0s'],
  [{ buckets: 0 }, 'buckets: 0 is not a whole number from 1 to 10'],
  [{ buckets: 11 }, 'buckets: 11 is not a whole number from 1 to 10'],
])('%j is refused', (settings, problem) => {
  expect(leaderElectionSettings.problems(settings)).toEqual([problem]);
});
