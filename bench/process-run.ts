import type { SpawnSyncOptionsWithStringEncoding } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program with its arguments, and where it runs. */
export interface Command {
  readonly args: readonly string[];
  readonly cwd?: string;
}

/** What a whole process took, its children included. */
export interface ProcessRun {
  /** Seconds by the clock. */
  readonly wall: number;

  /** Seconds of all processors, of the user and of the system; not known where there is no GNU time. */
  readonly cpu?: number;

  /** The most MiB that one process of it held at once; not known either there. */
  readonly memory?: number;
}

const TIME = '/usr/bin/time';

/** What takes longer is no measure, and said to be none. */
const LONGEST_SECONDS = 120;

/**
 * Runs commands one after the other and measures them together: from the start of the first to the end of the last. What they print is
 * thrown away. Node tells of its children neither CPU time nor memory: GNU time does, where it is installed.
 *
 * @throws Error if a command does not end with 0
 */
export function run(commands: readonly Command[]): ProcessRun {
  const parts = commands.map(runOne);
  const sum = (values: readonly (number | undefined)[]): number | undefined =>
    values.reduce((total, value) => (total === undefined || value === undefined ? undefined : total + value), 0);
  const cpu = sum(parts.map((part) => part.cpu));
  const memory = parts.every((part) => part.memory !== undefined)
    ? Math.max(...parts.map((part) => part.memory ?? 0))
    : undefined;
  return {
    wall: parts.reduce((total, { wall }) => total + wall, 0),
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
  };
}

function runOne({ args, cwd }: Command): ProcessRun {
  const folder = mkdtempSync(join(tmpdir(), 'knitmesh-bench-'));
  const report = join(folder, 'time');
  try {
    const timed = existsSync(TIME);
    const [program = '', ...rest] = timed ? [TIME, '-o', report, '-f', '%U %S %M', ...args] : args;
    const options: SpawnSyncOptionsWithStringEncoding & { readonly detached: true } = {
      ...(cwd !== undefined && { cwd }),
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      timeout: LONGEST_SECONDS * 1000,
      // A group of its own, so that what GNU time has started ends with it.
      detached: true,
    };
    const begin = performance.now();
    const { status, stderr, error, pid } = spawnSync(program, rest, options);
    const wall = (performance.now() - begin) / 1000;
    if (error !== undefined) {
      const late = (error as NodeJS.ErrnoException).code === 'ETIMEDOUT';
      if (late) process.kill(-pid, 'SIGKILL');
      throw late ? new Error(`takes longer than ${LONGEST_SECONDS} s`) : error;
    }
    if (status !== 0) throw new Error(`${args.join(' ')}: ended with ${status ?? 'a signal'}: ${stderr.slice(-2000)}`);
    if (!timed) return { wall };
    const [user = 0, system = 0, kibibytes = 0] = readFileSync(report, 'utf8').trim().split(' ').map(Number);
    return { wall, cpu: user + system, memory: kibibytes / 1024 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
