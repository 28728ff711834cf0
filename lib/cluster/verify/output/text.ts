import type { Remark } from '../check';
import { GROUPS } from '../check';
import { count } from '../count';
import type { Result, Verdict } from '../verify';
import { couldNotLook } from '../verify';

/** How a mark is to stand out. */
export type Paint = (style: 'green' | 'yellow' | 'red' | 'bold' | 'dim', text: string) => string;

const MARKS: Readonly<Record<Result, { mark: string; style: 'green' | 'yellow' | 'red' | 'dim' }>> = {
  passed: { mark: '√', style: 'green' },
  warning: { mark: '‼', style: 'yellow' },
  failed: { mark: '×', style: 'red' },
  skipped: { mark: '-', style: 'dim' },
};

/** Of many remarks of one kind, this many are told. */
const MOST_REMARKS = 10;

/** Checks by group with what each has found, line by line, as `linkerd check` prints its own. */
export function textOf(verdicts: readonly Verdict[], paint: Paint): string[] {
  const sections = GROUPS.map((group) => ({ group, own: verdicts.filter(({ check }) => check.group === group) }))
    .filter(({ own }) => own.length > 0)
    .flatMap(({ group, own }) => [
      paint('bold', group),
      '-'.repeat(group.length),
      ...own.flatMap((verdict) => lines(verdict, paint)),
      '',
    ]);
  return [...sections, ...summary(verdicts, paint)];
}

function lines({ check: { title, hint }, result, outcome }: Verdict, paint: Paint): string[] {
  const { mark, style } = MARKS[result];
  const { problems, unseen = [], notes = [], seen, skipped } = outcome;
  const aside = result === 'passed' ? seen : skipped;
  return [
    `${paint(style, mark)} ${title}${aside === undefined ? '' : paint('dim', ` (${aside})`)}`,
    ...some(problems, ({ object, reason, hint: own }) => [
      `    ${object}: ${reason}`,
      ...(own === undefined ? [] : [`        ${own}`]),
    ]),
    ...some(unseen, ({ object, reason }) => [`    could not look at ${object}: ${reason}`]),
    ...some(notes, ({ object, reason }) => [`    note: ${object}: ${reason}`]),
    ...(problems.length === 0 ? [] : [`    hint: ${hint}`]),
  ];
}

/** The lines of the first remarks, and how many more there are. */
function some<T extends Remark>(remarks: readonly T[], linesOf: (remark: T) => string[]): string[] {
  const more = remarks.length - MOST_REMARKS;
  return [
    ...remarks.slice(0, MOST_REMARKS).flatMap(linesOf),
    ...(more > 0 ? [`    and ${more} more: -o json lists all`] : []),
  ];
}

function summary(verdicts: readonly Verdict[], paint: Paint): string[] {
  const of = (wanted: Result): number => verdicts.filter(({ result }) => result === wanted).length;
  const counts = (['passed', 'failed', 'warning', 'skipped'] as const)
    .map((result) => `${of(result)} ${result === 'warning' && of(result) !== 1 ? 'warnings' : result}`)
    .join(', ');
  const unseen = verdicts.filter(couldNotLook).length;
  const status =
    of('failed') > 0
      ? paint('red', '×')
      : unseen > 0
        ? paint('yellow', `not known: ${count(unseen, 'check')} could not look`)
        : paint('green', '√');
  return [counts, `Status check results are ${status}`];
}
