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
  /** How long to wait until nothing fails, in milliseconds. @default 0 - it is looked at once */
  readonly wait?: number;

  /** Called after each round in which something fails, while there is time left. @default - nothing is called */
  readonly onRound?: (failing: readonly Check[]) => void;
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
  const end = performance.now() + (options.wait ?? 0);
  let verdicts = await round(checks, rendered, kubectl, options);
  // What fails is looked at again; when nothing does, all of it, since it was not seen at one time.
  for (let whole = true; ;) {
    const failing = verdicts.filter(({ result }) => result === 'failed').map(({ check }) => check);
    if (failing.length === 0 && whole) return verdicts;
    if (failing.length > 0 && performance.now() + PAUSE > end) return verdicts;
    if (failing.length > 0) {
      options.onRound?.(failing);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    whole = failing.length === 0;
    const again = await round(whole ? checks : failing, rendered, kubectl, options);
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
        const outcome = await check
          .look({ rendered, live, settings })
          .catch((error: unknown): Outcome => ({ problems: [{ object: 'the cluster', reason: wordsOf(error) }] }));
        return { check, result: resultOf(outcome), outcome };
      }),
    );
  } finally {
    await live.close();
  }
}

function resultOf({ problems, skipped }: Outcome): Result {
  if (skipped !== undefined) return 'skipped';
  if (problems.some(({ severity }) => severity !== 'warning')) return 'failed';
  return problems.length > 0 ? 'warning' : 'passed';
}

const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
