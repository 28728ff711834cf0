import type { Command, ProcessRun } from './process-run';
import { run } from './process-run';
import type { Spread } from './statistics';
import { spreadOf } from './statistics';

/** One of two things that are compared. */
export interface Side {
  readonly name: string;
  readonly commands: readonly Command[];

  /** Is done before each run, and not measured. */
  readonly before?: () => void;
}

/** What became of a comparison. */
export interface PairResult {
  readonly names: readonly [string, string];
  readonly runs: number;

  /** Seconds by the clock, of each side. */
  readonly wall: readonly [Spread, Spread];

  /** The most MiB of each side; not known where that cannot be told. */
  readonly memory: readonly [number | undefined, number | undefined];

  /** The first side's time by the second's, run by run: by the clock, and of all processors. */
  readonly ratio: Spread;
  readonly cpuRatio: Spread | undefined;
}

export interface PairOptions {
  /** At most so many of each. */
  readonly runs: number;

  /** No further run begins after so many seconds. */
  readonly budget: number;
}

function runSide({ before, commands }: Side): ProcessRun {
  before?.();
  return run(commands);
}

/** Runs two things in turn, so that both meet the machine as it is at the time. */
export function comparePair(a: Side, b: Side, { runs, budget }: PairOptions): PairResult {
  const begin = performance.now();
  const pairs: (readonly [ProcessRun, ProcessRun])[] = [];
  do pairs.push([runSide(a), runSide(b)]);
  while (pairs.length < runs && (performance.now() - begin) / 1000 < budget);
  const memoryOf = (side: readonly ProcessRun[]): number | undefined => {
    const all = side.map(({ memory }) => memory).filter((memory) => memory !== undefined);
    return all.length === 0 ? undefined : Math.max(...all);
  };
  const [as, bs] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
  const cpu = pairs.flatMap(([one, other]) =>
    one.cpu === undefined || other.cpu === undefined ? [] : [one.cpu / other.cpu],
  );
  return {
    names: [a.name, b.name],
    runs: pairs.length,
    wall: [spreadOf(as.map(({ wall }) => wall)), spreadOf(bs.map(({ wall }) => wall))],
    memory: [memoryOf(as), memoryOf(bs)],
    ratio: spreadOf(pairs.map(([one, other]) => one.wall / other.wall)),
    cpuRatio: cpu.length === pairs.length ? spreadOf(cpu) : undefined,
  };
}
