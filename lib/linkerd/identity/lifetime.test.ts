import fc from 'fast-check';
import { daysBetween, lifetimeMilliseconds, lifetimeProblem } from './lifetime';

const HOUR = 3_600_000;

test.each([
  ['24h', 24 * HOUR],
  ['1d', 24 * HOUR],
  ['90d', 90 * 24 * HOUR],
  ['10y', 3650 * 24 * HOUR],
])('%s', (value, milliseconds) => {
  expect(lifetimeMilliseconds(value)).toBe(milliseconds);
  expect(lifetimeProblem(value)).toBeUndefined();
});

test.each([
  ['', /"" is not a lifetime: write a whole number of hours, days or years/],
  ['365', /"365" is not a lifetime/],
  ['1.5d', /"1.5d" is not a lifetime/],
  ['-1d', /"-1d" is not a lifetime/],
  ['0d', /"0d" is not a lifetime/],
  ['1d12h', /"1d12h" is not a lifetime/],
  ['30 d', /"30 d" is not a lifetime/],
  ['23h', /"23h" is too short: at least 1d/],
  ['101y', /"101y" is too long: at most 100y/],
])('%j is refused', (value, problem) => {
  expect(lifetimeProblem(value)).toMatch(problem);
});

test('hours, days and years agree', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), (years) => {
      expect(lifetimeMilliseconds(`${years}y`)).toBe(lifetimeMilliseconds(`${years * 365}d`));
      expect(lifetimeMilliseconds(`${years}d`)).toBe(lifetimeMilliseconds(`${years * 24}h`));
    }),
  );
});

test('days are whole and rounded down, also below zero', () => {
  const now = new Date('2026-01-01T12:00:00Z');
  expect(daysBetween(now, new Date('2026-01-03T11:59:59Z'))).toBe(1);
  expect(daysBetween(now, new Date('2026-01-01T11:59:59Z'))).toBe(-1);
});
