import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { goDurationProblem, goDurationSeconds } from '../lib/syntax/go-duration';

/** Which cluster a command is for, in kubectl's own flags. */
export interface ClusterOptions {
  readonly context?: string;
  readonly kubeconfig?: string;
}

/** Adds the flags that say which cluster it is. */
export function withCluster(command: Command): Command {
  return command
    .option('--context <name>', 'the context of the kubeconfig; default: its current one')
    .option('--kubeconfig <file>', 'the kubeconfig; default: as kubectl finds it');
}

/** The seconds of a duration such as `5m`. @throws InvalidArgumentError if it is none */
export function duration(value: string): number {
  const problem = goDurationProblem(value, { min: 1 });
  if (problem !== undefined) throw new InvalidArgumentError(problem);
  return goDurationSeconds(value) ?? 0;
}
