import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

/** The app of the walk-through, which is what `main.ts` is until somebody edits it: tests take this one, so that they pass whatever that says. */
export const WALKTHROUGH = join(ROOT, 'testing', 'walkthrough', 'main.ts');

/** What became of a command. */
export interface CommandRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a process of its own, as npm's scripts do; `env` is added to this process's, and `input` is what it reads. */
export function runKnitmesh(
  args: readonly string[],
  {
    cwd = ROOT,
    env = {},
    input = '',
  }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly input?: string } = {},
): CommandRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'cli', 'start.js'), ...args], {
    cwd,
    env: { ...process.env, ...env },
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return { status, stdout, stderr };
}
