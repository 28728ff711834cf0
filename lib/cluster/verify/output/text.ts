import { GROUPS } from '../check';
import type { Result, Verdict } from '../verify';

/** How a mark is to stand out. */
export type Paint = (style: 'green' | 'yellow' | 'red' | 'bold' | 'dim', text: string) => string;

const MARKS: Readonly<Record<Result, { mark: string; style: 'green' | 'yellow' | 'red' | 'dim' }>> = {
  passed: { mark: '√', style: 'green' },
  warning: { mark: '‼', style: 'yellow' },
  failed: { mark: '×', style: 'red' },
  skipped: { mark: '-', style: 'dim' },
};

/** Of many problems of one kind, this many are told. */
const MOST_PROBLEMS = 10;

/** Checks by group with what each has found, as `linkerd check` prints its own. */
export function textOf(verdicts: readonly Verdict[], paint: Paint): string {
  const sections = GROUPS.map((group) => ({ group, own: verdicts.filter(({ check }) => check.group === group) }))
    .filter(({ own }) => own.length > 0)
    .map(({ group, own }) =>
      [paint('bold', group), '-'.repeat(group.length), ...own.flatMap((verdict) => lines(verdict, paint)), ''].join(
        '\n',
      ),
    );
  return `${sections.join('\n')}\n${summary(verdicts, paint)}`;
}

function lines({ check: { title, hint }, result, outcome }: Verdict, paint: Paint): string[] {
  const { mark, style } = MARKS[result];
  const { problems, seen, skipped } = outcome;
  const note = result === 'passed' ? seen : skipped;
  const head = `${paint(style, mark)} ${title}${note === undefined ? '' : paint('dim', ` (${note})`)}`;
  if (problems.length === 0) return [head];
  const more = problems.length - MOST_PROBLEMS;
  return [
    head,
    ...problems.slice(0, MOST_PROBLEMS).map(({ object, reason }) => `    ${object}: ${reason}`),
    ...(more > 0 ? [`    and ${more} more: -o json lists all`] : []),
    `    hint: ${hint}`,
  ];
}

function summary(verdicts: readonly Verdict[], paint: Paint): string {
  const of = (wanted: Result): number => verdicts.filter(({ result }) => result === wanted).length;
  const counts = (['passed', 'failed', 'warning', 'skipped'] as const)
    .map((result) => `${of(result)} ${result === 'warning' && of(result) !== 1 ? 'warnings' : result}`)
    .join(', ');
  const mark = of('failed') > 0 ? paint('red', '×') : paint('green', '√');
  return `${counts}\nStatus check results are ${mark}\n`;
}
