import { join, resolve } from 'node:path';
import type { Command } from 'commander';

const ROOT = resolve(__dirname, '..');

/** Which platform a command is for. */
export interface AppOptions {
  /** The file that exports it, or a list of one for each environment. */
  readonly app: string;

  /** @default - every environment that the file exports */
  readonly environment?: string;
}

/** Adds the flags that say which platform it is. */
export function withApp(command: Command): Command {
  return command
    .option('--app <file>', 'the file that exports the platform', join(ROOT, 'main.ts'))
    .option('--environment <name>', 'the platform of this environment, where the file exports several');
}
