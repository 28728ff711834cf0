import { comparePair } from './pair';

const sleep = (milliseconds: number) => ({
  name: `${milliseconds} ms`,
  commands: [{ args: [process.execPath, '-e', `setTimeout(() => {}, ${milliseconds})`] }],
});

test('runs both in turn, as often as is asked for, and gives their ratios', () => {
  const { names, runs, ratio, wall } = comparePair(sleep(2000), sleep(0), { runs: 2, budget: 60 });
  expect(names).toEqual(['2000 ms', '0 ms']);
  expect(runs).toBe(2);
  expect(ratio.min).toBeGreaterThan(1);
  expect(wall[0].min).toBeGreaterThan(2);
});

test('ends once its time is over', () => {
  expect(comparePair(sleep(0), sleep(0), { runs: 50, budget: 0 }).runs).toBe(1);
});
