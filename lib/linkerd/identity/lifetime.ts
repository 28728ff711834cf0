import { quote } from '../../syntax/quote';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MILLISECONDS = { h: HOUR, d: DAY, y: 365 * DAY } as const;

/** Proxies' certificates are valid for a day: an authority of less cannot issue them. */
const SHORTEST = DAY;
const LONGEST = 100 * MILLISECONDS.y;

/** The milliseconds of a time such as `36h`, `30d` or `10y`, a year being 365 days; `undefined` if it is none. */
export function lifetimeMilliseconds(value: string): number | undefined {
  const [, amount, unit] = /^([1-9]\d*)([hdy])$/.exec(value) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  return Number(amount) * MILLISECONDS[unit as keyof typeof MILLISECONDS];
}

/** What is wrong with the lifetime of a certificate, `undefined` if nothing is. */
export function lifetimeProblem(value: string): string | undefined {
  const milliseconds = lifetimeMilliseconds(value);
  if (milliseconds === undefined) {
    return `${quote(value)} is not a lifetime: write a whole number of hours, days or years, for example "36h", "90d" or "10y"`;
  }
  if (milliseconds < SHORTEST) return `${quote(value)} is too short: at least 1d`;
  if (milliseconds > LONGEST) return `${quote(value)} is too long: at most 100y`;
  return undefined;
}

/** The whole days between two times, rounded down. */
export const daysBetween = (from: Date, to: Date): number => Math.floor((to.getTime() - from.getTime()) / DAY);
