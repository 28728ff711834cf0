import { quote } from './quote';

/** A duration as Go writes it: numbers with a unit, for example `90s`, `1m30s`, `1.5h`. */
export type GoDuration =
  `${number}${'ns' | 'us' | 'ms' | 's' | 'm' | 'h'}` | `${number}${'h' | 'm'}${number}${'m' | 's'}`;

const SECONDS = { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 } as const;
const WHOLE = /^[+-]?((\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/;
const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;

/** Go counts nanoseconds in 64 bits. */
const LONGEST_SECONDS = 2 ** 63 / 1e9;

/** The seconds of a duration as `time.ParseDuration` reads it, which may be negative, or `undefined` if it is none, or too long for it. */
export function signedGoDurationSeconds(value: string): number | undefined {
  const seconds = secondsOf(value);
  if (seconds === undefined || seconds >= LONGEST_SECONDS) return undefined;
  return value.startsWith('-') ? -seconds : seconds;
}

/** The seconds of a duration, or `undefined` if it is none. Negative durations are none. */
export function goDurationSeconds(value: string): number | undefined {
  const seconds = secondsOf(value);
  return value.startsWith('-') && seconds !== 0 ? undefined : seconds;
}

/** Without the sign. */
function secondsOf(value: string): number | undefined {
  if (/^[+-]?0$/.test(value)) return 0;
  if (!WHOLE.test(value)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of value.matchAll(PART))
    seconds += Number(amount) * SECONDS[unit as keyof typeof SECONDS];
  return seconds;
}

/** Whether a duration is a number of whole seconds. Go counts nanoseconds and leaves smaller parts out. */
export function isWholeSeconds(seconds: number): boolean {
  return Math.round(seconds * 1e9) % 1e9 === 0;
}

/** What is wrong with a duration of at least `min` and at most `max` seconds, and of `whole` seconds if need be. `undefined` if nothing is. */
export function goDurationProblem(value: string, { min = 0, max = Infinity, whole = false } = {}): string | undefined {
  const seconds = goDurationSeconds(value);
  if (seconds === undefined)
    return `${quote(value)} is not a duration: write a number with a unit, for example "30s" or "1m30s"`;
  if (seconds < min) return `${quote(value)} is too short: at least ${min}s`;
  if (seconds > max) return `${quote(value)} is too long: at most ${max}s`;
  if (whole && !isWholeSeconds(seconds)) return `${quote(value)} is not a number of whole seconds`;
  return undefined;
}
