import { execFileSync, spawn, spawnSync } from 'node:child_process';

/** What kubectl prints. @throws Error with kubectl's own words */
export function kubectl(...args: string[]): string {
  return execFileSync('kubectl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 });
}

/** An object or a list as kubectl gives it. */
export function get(...args: string[]): unknown {
  return JSON.parse(kubectl('get', ...args, '--output=json'));
}

/** Whether kubectl did what it was asked, and what it said. */
export interface Outcome {
  readonly done: boolean;
  readonly output: string;
}

/** Runs kubectl where it may fail. */
export function tryKubectl(args: readonly string[], input?: string): Outcome {
  const { status, stdout, stderr } = spawnSync('kubectl', args, { encoding: 'utf8', maxBuffer: 1 << 26, input });
  return { done: status === 0, output: stdout + stderr };
}

/** Namespaces that tell of a platform, an end-to-end test before this one, or somebody's own mesh. */
const USED = ['ambassador', 'knative-serving', 'linkerd'];

/** @throws Error if the cluster is not empty: a test takes it over, and breaks what it did not make itself */
export function refuseUsedCluster(): void {
  const used = kubectl('get', 'namespaces', '--ignore-not-found', '--output=name', ...USED).trim();
  if (used !== '')
    throw new Error(`the cluster has ${used.split('\n').join(', ')}: an end-to-end test needs an empty one`);
}

/** Repeats until `done` says so. @throws Error with what was seen last after `seconds` */
export async function eventually<T>(seconds: number, look: () => T, done: (seen: T) => boolean): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const seen = look();
    if (done(seen)) return seen;
    if (Date.now() > end) throw new Error(`not so after ${seconds} s: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/**
 * What `kubectl diff` finds, line by line. A stand-in of the injector ends a connection that nobody has used for some seconds, at times just when the API
 * server takes it again: then it is asked once more.
 */
export function driftOf(dist: string): Promise<string[]> {
  const look = (): string[] =>
    tryKubectl(['diff', '--filename', dist])
      .output.split('\n')
      .filter((line) => line !== '' && !line.startsWith('Warning: '));
  return eventually(30, look, (lines) => !lines.some((line) => line.includes('use of closed network connection')));
}

/**
 * Calls the command that the environment variable `E2E_HOOK` names with the name of the phase that was applied, with
 * `without-injector`, or with `stop` or `start` and the name of a process: on a cluster whose nodes run nothing, it plays the part of what
 * would run there, or end.
 */
export function callHook(...args: string[]): void {
  const hook = process.env.E2E_HOOK;
  if (hook) execFileSync(hook, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Has the hook play all that would run on the nodes as it comes up, until the function that is returned is called. */
export function playNodes(): () => void {
  const hook = process.env.E2E_HOOK;
  if (!hook) return () => undefined;
  const player = spawn(hook, ['play'], { stdio: 'ignore' });
  return () => {
    player.kill();
  };
}
