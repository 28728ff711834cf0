import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Manifest } from '../objects/manifest';
import { printedObjects } from './printed-objects';

/** Which cluster is asked, in kubectl's own terms. */
export interface Cluster {
  /** The program. @default 'kubectl' - the first on the PATH */
  readonly program?: string | undefined;

  /** @default - kubectl's own: the environment variable KUBECONFIG, or ~/.kube/config */
  readonly kubeconfig?: string | undefined;

  /** @default - the kubeconfig's current one */
  readonly context?: string | undefined;
}

export interface KubectlOptions {
  /** What it reads from standard input. @default '' */
  readonly input?: string;

  /** Ends it early: it is asked to end, as by Ctrl-C. @default - it runs to its end */
  readonly signal?: AbortSignal;

  /** Variables of its environment besides those of this process. @default - none */
  readonly env?: NodeJS.ProcessEnv;

  /** Called with each line of standard output as it comes. @default - nothing is called */
  readonly onLine?: (line: string) => void;

  /** Takes standard output as it comes, in pieces cut anywhere; none of it is kept then. What it throws ends the run. @default - all is kept */
  readonly onText?: (piece: string) => void;
}

/** What became of a run. */
export interface KubectlRun {
  /** The exit code; `null` where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What kubectl or the cluster does not do, in kubectl's own last words. */
export class KubectlRefusal extends Error {
  constructor(
    message: string,

    /** All that kubectl said. It can hold values of Secrets, where a patch was refused. */
    readonly stderr: string,
  ) {
    super(message);
    this.name = 'KubectlRefusal';
  }
}

/**
 * kubectl as it reaches one cluster. Going through it, and not through a client of our own, every way to log in, every proxy and every
 * kubeconfig that works for its user works here.
 */
export class Kubectl {
  private readonly program: string;

  /** The flags that name the cluster. Linkerd's program takes the same. */
  readonly reach: readonly string[];

  constructor({ program = 'kubectl', kubeconfig, context }: Cluster = {}) {
    this.program = program;
    this.reach = [
      ...(context === undefined ? [] : [`--context=${context}`]),
      ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
    ];
  }

  /**
   * What kubectl prints. No request takes longer than a minute.
   *
   * @throws KubectlRefusal where it fails
   * @throws Error if it is not there
   */
  async print(args: readonly string[], options: KubectlOptions = {}): Promise<string> {
    const { status, stdout, stderr } = await this.run([...args, '--request-timeout=60s'], options);
    if (status === 0) return stdout;
    throw new KubectlRefusal(`kubectl ${args[0] ?? ''}: ${lastWords(stderr) || 'ended early'}`, stderr);
  }

  /**
   * The objects that kubectl prints for `args`, which say neither `-o` nor its like: one, several or none.
   *
   * @throws KubectlRefusal where it fails
   * @throws Error if it is not there, or prints something else
   */
  async objects(args: readonly string[], options: KubectlOptions = {}): Promise<Manifest[]> {
    return printedObjects(await this.print([...args, '--output=json'], options));
  }

  /**
   * Runs kubectl where it may fail.
   *
   * @throws Error if it is not there
   */
  run(args: readonly string[], options: KubectlOptions = {}): Promise<KubectlRun> {
    const { input = '', signal, env, onLine, onText } = options;
    return new Promise((done, failed) => {
      const child = this.start(args, signal, env);
      const output = { stdout: '', stderr: '' };
      const keep = (name: 'stdout' | 'stderr') => (piece: string) => (output[name] += piece);
      const hand = (piece: string): void => {
        try {
          onText?.(piece);
        } catch (error) {
          failed(error instanceof Error ? error : new Error(String(error)));
          child.stdout?.destroy();
          child.kill();
        }
      };
      child.stdout?.setEncoding('utf8').on('data', onText === undefined ? keep('stdout') : hand);
      child.stderr?.setEncoding('utf8').on('data', keep('stderr'));
      if (onLine !== undefined && child.stdout !== null) createInterface({ input: child.stdout }).on('line', onLine);
      child.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT')
          failed(new Error(`${this.program} is not there: install it, and put it on the PATH`));
        else if (error.name !== 'AbortError') failed(error);
      });
      child.on('close', (status) => {
        done({ status, ...output });
      });
      // It may end before it has read all.
      child.stdin?.on('error', () => undefined).end(input);
    });
  }

  /** Starts kubectl, for what goes on until it is ended, such as a port-forward. */
  start(args: readonly string[], signal?: AbortSignal, env: NodeJS.ProcessEnv = {}): ChildProcess {
    return spawn(this.program, [...args, ...this.reach], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      killSignal: 'SIGINT',
      ...(signal && { signal }),
    });
  }
}

/** Objects as kubectl reads them from standard input with `--filename=-`. */
export function asInput(manifests: readonly Manifest[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests });
}

/** Said of a kubeconfig that is not there or names no cluster: kubectl then tries an address of old. */
const NO_CLUSTER = 'The connection to the server localhost:8080 was refused';

/** What kubectl says in the end. Before that it can print a patch, with values of Secrets in it. */
export function lastWords(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line !== '' && !/^(Warning:|[EIW]\d{4} )/.test(line));
  const last = (lines.at(-1) ?? '').replace(/^error: /, '').replace(/^for: "[^"]*": error when \w+ "[^"]*": /, '');
  if (!last.startsWith(NO_CLUSTER)) return last;
  return 'there is no cluster: set KUBECONFIG, or name a kubeconfig with --kubeconfig and one of its contexts with --context';
}
