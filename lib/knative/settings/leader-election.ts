import type { GoDuration } from '../../syntax/go-duration';
import { goDurationSeconds } from '../../syntax/go-duration';
import type { SettingsTable, WithDefaults } from './setting';
import { duration, settingsOf, wholeNumber } from './setting';

/**
 * `config-leader-election`: which of several replicas of a controller works.
 * Source: Knative Serving 1.23.0, and `leaderelection/config.go` of knative.dev/pkg at 521cb33b33dd; how the times must stand to
 * each other is checked by Kubernetes' client-go, without which a controller does not start.
 */
export interface LeaderElectionSettings {
  /**
   * How long a replica waits before it takes over from one that is silent: more than `renewDeadline`.
   *
   * @default '60s'
   */
  readonly leaseDuration?: GoDuration;

  /**
   * How long the leader tries to renew before it gives up: more than 1.2 times `retryPeriod`.
   *
   * @default '40s'
   */
  readonly renewDeadline?: GoDuration;

  /**
   * How long replicas wait between tries, over 0s.
   *
   * @default '10s'
   */
  readonly retryPeriod?: GoDuration;

  /**
   * Into how many parts the work is divided, each with a leader of its own: 1 to 10.
   *
   * @default 1
   */
  readonly buckets?: number;
}

/** How each setting is written. */
export const LEADER_ELECTION = {
  leaseDuration: duration('lease-duration', { default: '60s', min: 1 }),
  renewDeadline: duration('renew-deadline', { default: '40s', positive: true }),
  retryPeriod: duration('retry-period', { default: '10s', positive: true }),
  buckets: wholeNumber('buckets', { min: 1, max: 10, default: 1 }),
} as const satisfies SettingsTable<LeaderElectionSettings>;

export const leaderElectionSettings = settingsOf<LeaderElectionSettings, typeof LEADER_ELECTION>(
  LEADER_ELECTION,
  rules,
);

/** How much longer than it says client-go may wait between tries. */
const JITTER = 1.2;

function rules({ leaseDuration, renewDeadline, retryPeriod }: WithDefaults<typeof LEADER_ELECTION>): string[] {
  const [lease = NaN, renew = NaN, retry = NaN] = [leaseDuration, renewDeadline, retryPeriod].map(goDurationSeconds);
  const problems: string[] = [];
  if (lease <= renew) {
    problems.push(`leaseDuration: "${leaseDuration}" is not more than renewDeadline, "${renewDeadline}": raise it`);
  }
  if (renew <= JITTER * retry) {
    problems.push(
      `renewDeadline: "${renewDeadline}" is not more than ${JITTER} times retryPeriod, "${retryPeriod}": raise it`,
    );
  }
  return problems;
}
