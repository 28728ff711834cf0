import { spawnSync } from 'node:child_process';

/** The most that git may print, in bytes. */
const LARGEST = 2 ** 28;

/** What became of git. */
export interface GitRun {
  /** `null` where a signal ended it. */
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Runs git in a folder, in English.
 *
 * @param input its standard input
 * @throws Error of one line if it cannot run
 */
export function runGit(folder: string, args: readonly string[], input = ''): GitRun {
  const env = { ...process.env, LC_ALL: 'C' };
  const { status, stdout, stderr, error } = spawnSync('git', args, { cwd: folder, maxBuffer: LARGEST, env, input });
  if (error === undefined) return { status, stdout, stderr: stderr.toString() };
  throw new Error(
    (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'git is not on the PATH' : `git: ${error.message}`,
  );
}
