import { spawn } from 'node:child_process';
import { at, list, text } from '../../../objects/json';
import type { Check, Outcome, Problem, Remark } from '../check';
import { count } from '../count';
import { jsonDocuments } from '../json-documents';

/** For each step of its own. */
const WAIT = '--wait=20s';

/** For all of them, in milliseconds. */
const LONGEST = 5 * 60_000;

const VIZ = 'linkerd-viz';

export const linkerdCheck: Check = {
  id: 'linkerd-check',
  group: 'linkerd',
  title: 'linkerd check finds nothing',
  hint: 'linkerd check says more',
  async look({ live, rendered }) {
    // What it finds of viz is told by the check of viz.
    return outcomeOf(['check'], live.kubectl.reach, (category) => category !== VIZ || !rendered.hasViz);
  },
};

export const linkerdVizCheck: Check = {
  id: 'linkerd-viz-check',
  group: 'linkerd',
  title: 'linkerd viz check finds nothing',
  hint: 'linkerd viz check says more',
  async look({ live, rendered }) {
    if (!rendered.hasViz) return { problems: [], skipped: 'viz is not among the objects' };
    return outcomeOf(['viz', 'check'], live.kubectl.reach, () => true);
  },
};

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `undefined` where there is no such program. */
function runLinkerd(args: readonly string[]): Promise<Run | undefined> {
  return new Promise((done, failed) => {
    const child = spawn('linkerd', args, {
      env: process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: AbortSignal.timeout(LONGEST),
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text));
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') done(undefined);
      else if (error.name !== 'AbortError') failed(error);
    });
    child.on('close', (status) => {
      done({ status, ...output });
    });
  });
}

/** @param isTold by the name of a category */
async function outcomeOf(
  args: readonly string[],
  reach: readonly string[],
  isTold: (category: string) => boolean,
): Promise<Outcome> {
  const run = await runLinkerd([...args, '--output=json', WAIT, ...reach]);
  if (run === undefined) return { problems: [], skipped: 'the program linkerd is not on the PATH' };
  const { status, stdout, stderr } = run;
  const { documents, rest } = jsonDocuments(stdout);
  // The program prints one document for itself, and one for each extension.
  const checks = documents
    .flatMap((report) => list(at(report, 'categories')))
    .map((category) => ({ name: text(at(category, 'categoryName')) ?? '', category }))
    .filter(({ name }) => isTold(name))
    .flatMap(({ name, category }) => list(at(category, 'checks')).map((one) => ({ name, one })));
  const problems = checks
    .filter(({ one }) => at(one, 'result') !== 'success')
    .map(({ name, one }): Problem => {
      const hint = text(at(one, 'hint'));
      return {
        object: `${name}: ${text(at(one, 'description')) ?? ''}`,
        reason: oneLine(text(at(one, 'error')) ?? 'failed'),
        severity: at(one, 'result') === 'warning' ? 'warning' : 'error',
        ...(hint !== undefined && { hint }),
      };
    });
  return { seen: count(checks.length, 'check'), problems, unseen: unseenOf() };

  function unseenOf(): Remark[] {
    const object = `the report of linkerd ${args.join(' ')}`;
    const why = oneLine(stderr.trim().split('\n').at(-1) ?? '') || `it ended with ${String(status)}`;
    if (checks.length === 0) return [{ object, reason: `it has none: ${why}` }];
    return rest === '' ? [] : [{ object, reason: `it ends early, with ${JSON.stringify(rest.slice(0, 60))}` }];
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
