import type { GoDuration } from '../../syntax/go-duration';
import type { SettingsTable, WithDefaults } from './setting';
import { duration, orWord, settingsOf, wholeNumber } from './setting';

/**
 * `config-gc`: when revisions that no route names are deleted. Those beyond `maxNonActiveRevisions` are; of the others
 * those which neither of the two times and not `minNonActiveRevisions` keeps. `'disabled'` takes a limit away.
 * Source: Knative Serving 1.23.0, `pkg/gc/config.go`.
 */
export interface GcSettings {
  /**
   * How long a revision is kept from its creation on.
   *
   * @default '48h'
   */
  readonly retainSinceCreateTime?: GoDuration | 'disabled';

  /**
   * How long a revision is kept after a route last named it.
   *
   * @default '15h'
   */
  readonly retainSinceLastActiveTime?: GoDuration | 'disabled';

  /**
   * The fewest revisions that are kept, at most `maxNonActiveRevisions`.
   *
   * @default 20
   */
  readonly minNonActiveRevisions?: number;

  /**
   * The most revisions that are kept.
   *
   * @default 1000
   */
  readonly maxNonActiveRevisions?: number | 'disabled';
}

/** How each setting is written. */
export const GC = {
  retainSinceCreateTime: orWord('disabled', duration('retain-since-create-time', { default: '48h' })),
  retainSinceLastActiveTime: orWord('disabled', duration('retain-since-last-active-time', { default: '15h' })),
  minNonActiveRevisions: wholeNumber('min-non-active-revisions', { min: 0, default: 20 }),
  maxNonActiveRevisions: orWord('disabled', wholeNumber('max-non-active-revisions', { min: 0, default: 1000 })),
} as const satisfies SettingsTable<GcSettings>;

export const gcSettings = settingsOf<GcSettings, typeof GC>(GC, rules);

function rules({ minNonActiveRevisions: min, maxNonActiveRevisions: max }: WithDefaults<typeof GC>): string[] {
  return max !== 'disabled' && min > max
    ? [`minNonActiveRevisions: ${min} is more than maxNonActiveRevisions, ${max}: lower it or raise the other`]
    : [];
}
