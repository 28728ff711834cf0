import { spawn } from 'node:child_process';
import { at, list, text } from '../../../objects/json';
import type { Check, Outcome, Problem } from '../check';
import { count } from '../count';

/** For each step of its own. */
const WAIT = '--wait=20s';

const linkerdCheckOf = (id: string, args: readonly string[]): Check => ({
  id,
  group: 'linkerd',
  title: `linkerd ${args.join(' ')} finds nothing`,
  hint: `linkerd ${args.join(' ')} says more`,
  async look({ live }) {
    const run = await runLinkerd([...args, '--output=json', WAIT, ...live.kubectl.reach]);
    if (run === undefined) return { problems: [], skipped: 'the program linkerd is not on the PATH' };
    return outcomeOf(run, args);
  },
});

export const linkerdCheck = linkerdCheckOf('linkerd-check', ['check']);
export const linkerdVizCheck = linkerdCheckOf('linkerd-viz-check', ['viz', 'check']);

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `undefined` where there is no such program. */
function runLinkerd(args: readonly string[]): Promise<Run | undefined> {
  return new Promise((done, failed) => {
    const child = spawn('linkerd', args, { env: process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text));
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') done(undefined);
      else failed(error);
    });
    child.on('close', (status) => {
      done({ status, ...output });
    });
  });
}

function outcomeOf({ status, stdout, stderr }: Run, args: readonly string[]): Outcome {
  let report: unknown;
  try {
    report = JSON.parse(stdout);
  } catch {
    const why = stderr.trim().split('\n').at(-1) ?? '';
    return { problems: [{ object: `linkerd ${args.join(' ')}`, reason: why || `ended with ${String(status)}` }] };
  }
  const checks = list(at(report, 'categories')).flatMap((category) =>
    list(at(category, 'checks')).map((one) => ({ category: text(at(category, 'categoryName')) ?? '', one })),
  );
  return {
    seen: count(checks.length, 'check'),
    problems: checks
      .filter(({ one }) => at(one, 'result') !== 'success')
      .map(({ category, one }): Problem => ({
        object: `${category}: ${text(at(one, 'description')) ?? ''}`,
        reason: (text(at(one, 'error')) ?? 'failed').replace(/\s+/g, ' ').trim(),
        severity: at(one, 'result') === 'warning' ? 'warning' : 'error',
      })),
  };
}
