import type { CheckResult } from '../check';
import type { Finding, Severity } from '../finding';
import { gravest, SEVERITIES } from '../finding';
import type { Rule } from '../rule';
import { GROUPS } from '../rule';

/** How a mark is to stand out. */
export type Paint = (style: 'green' | 'yellow' | 'red' | 'bold', text: string) => string;

/** Rules by group with what each has found, line by line, as `linkerd check` prints its own. */
export function textOf(result: CheckResult, objects: number, paint: Paint): string[] {
  const groups = GROUPS.map((group) => ({ group, rules: result.rules.filter((rule) => rule.group === group) }));
  const sections = groups
    .filter(({ rules }) => rules.length > 0)
    .flatMap(({ group, rules }) => [
      paint('bold', group),
      '-'.repeat(group.length),
      ...rules.flatMap((rule) => ruleLines(rule, result, paint)),
      '',
    ]);
  return [...sections, ...summary(result, objects, paint)];
}

function ruleLines(rule: Rule, { findings, waived }: CheckResult, paint: Paint): string[] {
  const found = findings.filter((finding) => finding.rule === rule.id);
  const accepted = waived.filter(({ finding }) => finding.rule === rule.id).length;
  const note = accepted === 0 ? '' : ` (${accepted} waived)`;
  if (found.length === 0) return [`${paint('green', '√')} ${rule.title}${note}`];
  const worst = gravest(found.map(({ severity }) => severity)) ?? rule.severity;
  return [
    `${MARKS[worst](paint)} ${rule.title}${note}`,
    ...found.map(
      (finding) => `    ${finding.severity === worst ? '' : `${finding.severity}: `}${findingText(finding)}`,
    ),
    `    see docs/rules/${rule.id}.md for hints`,
  ];
}

const MARKS: Readonly<Record<Severity, (paint: Paint) => string>> = {
  error: (paint) => paint('red', '×'),
  warning: (paint) => paint('yellow', '‼'),
  note: (paint) => paint('bold', 'i'),
};

/** A finding in one line. */
export function findingText({ source, object, path, message }: Finding): string {
  return `${source}: ${object}: ${path === '' ? '' : `${path}: `}${message}`;
}

function summary({ findings, waived, rules }: CheckResult, objects: number, paint: Paint): string[] {
  const [errors = 0, warnings = 0, notes = 0] = SEVERITIES.map(
    (severity) => findings.filter((finding) => finding.severity === severity).length,
  );
  const counts = [
    count(errors, 'error'),
    count(warnings, 'warning'),
    ...(notes > 0 ? [count(notes, 'note')] : []),
    `${waived.length} waived`,
  ].join(', ');
  const mark = errors > 0 ? paint('red', '×') : paint('green', '√');
  return [`${count(objects, 'object')}, ${count(rules.length, 'rule')}: ${counts}`, `Status check results are ${mark}`];
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
