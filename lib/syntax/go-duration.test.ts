import fc from 'fast-check';
import { goDurationProblem, goDurationSeconds, signedGoDurationSeconds } from './go-duration';

it.each([
  ['0', 0],
  ['30s', 30],
  ['1m30s', 90],
  ['1.5h', 5400],
  ['1h2m3s4ms', 3723.004],
  ['250us', 0.00025],
  ['10ns', 1e-8],
  ['.5s', 0.5],
  ['+1.s', 1],
  ['3µs', 3e-6],
  ['-0s', 0],
])('%s has %d seconds', (value, seconds) => {
  expect(goDurationSeconds(value)).toBeCloseTo(seconds, 9);
});

it.each(['', '5', 's', '-1s', '1 s', '1d', '1S', 's1', '1s2', '1,5s', '٣s'])('"%s" is not a duration', (value) => {
  expect(goDurationSeconds(value)).toBeUndefined();
  expect(goDurationProblem(value)).toBe(
    `"${value}" is not a duration: write a number with a unit, for example "30s" or "1m30s"`,
  );
});

it.each([
  ['5s', { min: 6 }, '"5s" is too short: at least 6s'],
  ['61m', { max: 3600 }, '"61m" is too long: at most 3600s'],
  ['1.5s', { whole: true }, '"1.5s" is not a number of whole seconds'],
  ['6s', { min: 6, max: 6, whole: true }, undefined],
  ['1.1m', { whole: true }, undefined],
  ['1500ms', {}, undefined],
])('%s within %j: %s', (value, options, problem) => {
  expect(goDurationProblem(value, options)).toBe(problem);
});

test('Go takes negative durations, and none that its 64 bits cannot count', () => {
  expect(signedGoDurationSeconds('-1m30s')).toBe(-90);
  expect(signedGoDurationSeconds('2562048h')).toBeUndefined();
});

test('hours, minutes and seconds add up', () => {
  const part = fc.integer({ min: 0, max: 10_000 });
  fc.assert(
    fc.property(part, part, part, (h, m, s) => {
      expect(goDurationSeconds(`${h}h${m}m${s}s`)).toBe(h * 3600 + m * 60 + s);
    }),
  );
});
