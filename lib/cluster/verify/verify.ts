import type { Kubectl } from '../../kubectl/kubectl';
import type { Check, Outcome, VerifySettings } from './check';
import { CHECKS } from './checks';
import { LiveCluster } from './live-cluster';
import type { Rendered } from './rendered';

export type Result = 'passed' | 'warning' | 'failed' | 'skipped';

/** A check and what came of it. */
export interface Verdict {
  readonly check: Check;
  readonly result: Result;
  readonly outcome: Outcome;
}

export interface VerifyOptions extends VerifySettings {
  /** How long to wait until nothing fails and all could be looked at, in milliseconds. @default 0 - it is looked at once */
  readonly wait?: number;

  /** Called after each round in which something fails or cannot be looked at, while there is time left. @default - nothing is called */
  readonly onRound?: (waiting: readonly Check[]) => void;
}

/** Between two rounds, in milliseconds. */
const PAUSE = 3000;

/**
 * Holds a cluster to a platform as it is rendered.
 *
 * @throws Error if kubectl is not there, or the cluster cannot be reached
 */
export async function verify(rendered: Rendered, kubectl: Kubectl, options: VerifyOptions): Promise<Verdict[]> {
  await kubectl.print(['version', '--output=json']);
  const checks = CHECKS.filter(({ wanted }) => wanted?.(options) ?? true);
  const start = performance.now();
  const end = start + (options.wait ?? 0);
  const look = (some: readonly Check[]): Promise<Verdict[]> => {
    const now = new Date(options.now.getTime() + performance.now() - start);
    return round(some, rendered, kubectl, { ...options, now });
  };
  let verdicts = await look(checks);
  // What is not well is looked at again; when all is, all of it, since it was not seen at one time.
  for (let whole = true; ;) {
    const waiting = verdicts.filter((one) => one.result === 'failed' || couldNotLook(one)).map(({ check }) => check);
    if (waiting.length === 0 && whole) return verdicts;
    if (waiting.length > 0 && performance.now() + PAUSE > end) return verdicts;
    if (waiting.length > 0) {
      options.onRound?.(waiting);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    whole = waiting.length === 0;
    const again = await look(whole ? checks : waiting);
    verdicts = verdicts.map((verdict) => again.find(({ check }) => check === verdict.check) ?? verdict);
  }
}

/** All at once: they wait for the cluster, not for one another. */
async function round(
  checks: readonly Check[],
  rendered: Rendered,
  kubectl: Kubectl,
  settings: VerifySettings,
): Promise<Verdict[]> {
  const live = new LiveCluster(kubectl, rendered);
  try {
    return await Promise.all(
      checks.map(async (check) => {
        const outcome = await check.look({ rendered, live, settings }).catch((error: unknown): Outcome => ({
          problems: [],
          unseen: [{ object: 'the cluster', reason: wordsOf(error) }],
        }));
        return { check, result: resultOf(outcome), outcome };
      }),
    );
  } finally {
    await live.close();
  }
}

function resultOf({ problems, unseen = [], skipped }: Outcome): Result {
  if (problems.some(({ severity }) => severity !== 'warning')) return 'failed';
  if (skipped !== undefined || unseen.length > 0) return 'skipped';
  return problems.length > 0 ? 'warning' : 'passed';
}

/** Whether a check is skipped since something kept it from looking, and not since there is nothing to look at. */
export const couldNotLook = ({ result, outcome }: Verdict): boolean =>
  result === 'skipped' && (outcome.unseen ?? []).length > 0;

/** Whether all that there is to look at was looked at, and nothing fails. */
export const isWell = (verdicts: readonly Verdict[]): boolean =>
  verdicts.every((one) => one.result !== 'failed' && !couldNotLook(one));

const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
