/** The smallest, the middle and the largest of some numbers. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** @throws Error if there is no number */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) throw new Error('there is nothing to measure');
  const middle = sorted.length / 2;
  const [low = min, high = min] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return { min, median: (low + high) / 2, max };
}

/** A size, and how long it took. */
export type Point = readonly [size: number, time: number];

/**
 * How time grows with size, by the line of least squares through their logarithms: 1 where twice as much takes twice as long, 2 where it
 * takes four times as long.
 *
 * @throws Error if there are fewer than two sizes
 */
export function growthExponent(points: readonly Point[]): number {
  const logs = points.map(([size, time]) => [Math.log(size), Math.log(time)] as const);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanSize, meanTime] = [mean(logs.map(([size]) => size)), mean(logs.map(([, time]) => time))];
  const spread = logs.reduce((sum, [size]) => sum + (size - meanSize) ** 2, 0);
  if (!(spread > 0)) throw new Error('growth needs two sizes at least');
  return logs.reduce((sum, [size, time]) => sum + (size - meanSize) * (time - meanTime), 0) / spread;
}
