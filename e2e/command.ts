import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Project } from './project';

/** What became of a command, and how long it took. */
export interface CommandResult {
  /** The exit code; `null` where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** A command of a project's command line that runs. */
export class RunningCommand {
  readonly result: Promise<CommandResult>;
  private readonly child: ChildProcess;
  private readonly output = { stdout: '', stderr: '' };
  private watchers: (() => void)[] = [];

  constructor({ folder }: Project, ...args: string[]) {
    const started = Date.now();
    const program = [join(folder, 'cli', 'start.js')];
    this.child = spawn(process.execPath, [...program, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const name of ['stdout', 'stderr'] as const) {
      this.child[name]?.setEncoding('utf8').on('data', (text: string) => {
        this.output[name] += text;
        for (const watch of this.watchers) watch();
      });
    }
    this.result = new Promise((done) => {
      this.child.on('close', (status) => done({ status, ...this.output, seconds: (Date.now() - started) / 1000 }));
    });
  }

  /** Waits until it has said something on standard error, or has ended. */
  async says(words: RegExp): Promise<void> {
    const said = new Promise<void>((done) => {
      const watch = (): void => {
        if (words.test(this.output.stderr)) done();
      };
      this.watchers.push(watch);
      watch();
    });
    await Promise.race([said, this.result]);
    this.watchers = [];
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

/** Runs a command of a project to its end. */
export function runCommand(project: Project, ...args: string[]): Promise<CommandResult> {
  return new RunningCommand(project, ...args).result;
}
