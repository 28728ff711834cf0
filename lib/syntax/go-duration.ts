import { quote } from './quote';

/** A duration as Go writes it: numbers with a unit, for example `90s`, `1m30s`, `1.5h`. */
export type GoDuration =
  `${number}${'ns' | 'us' | 'ms' | 's' | 'm' | 'h'}` | `${number}${'h' | 'm'}${number}${'m' | 's'}`;

const SECONDS = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 } as const;
const WHOLE = /^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/;
const PART = /(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)/g;

/** The seconds of a duration, or `undefined` if it is none. Negative durations are none. */
export function goDurationSeconds(value: string): number | undefined {
  if (value === '0') return 0;
  if (!WHOLE.test(value)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of value.matchAll(PART))
    seconds += Number(amount) * SECONDS[unit as keyof typeof SECONDS];
  return seconds;
}

/** What is wrong with a duration of at least `min` and at most `max` seconds, and of `whole` seconds if need be. `undefined` if nothing is. */
export function goDurationProblem(value: string, { min = 0, max = Infinity, whole = false } = {}): string | undefined {
  const seconds = goDurationSeconds(value);
  if (seconds === undefined)
    return `${quote(value)} is not a duration: write a number with a unit, for example "30s" or "1m30s"`;
  if (seconds < min) return `${quote(value)} is too short: at least ${min}s`;
  if (seconds > max) return `${quote(value)} is too long: at most ${max}s`;
  if (whole && Math.round(seconds * 1e9) % 1e9 !== 0) return `${quote(value)} is not a number of whole seconds`;
  return undefined;
}
