import type { PairResult } from './pair';
import type { Spread } from './statistics';

/** A section of the results. */
export interface Section {
  readonly title: string;
  readonly pairs: readonly PairResult[];

  /** What else is to be said, each a paragraph. */
  readonly notes?: readonly string[];
}

/** What is to be reached, and what was. */
export interface Target {
  readonly what: string;
  readonly atMost: number;
  readonly reached: number | undefined;
  readonly unit?: string;
}

/** The results as a page of Markdown. */
export function resultsPage(
  machine: readonly (readonly [string, string])[],
  targets: readonly Target[],
  sections: readonly Section[],
): string {
  return [
    '# What it takes',
    'Written by `npm run bench`: whole processes, in pairs that run in turn, so that what else the machine does meets both. A ratio is the first side by the second, run by run, as median (smallest to largest); with few runs, or on a shared machine, the one of CPU time is steadier. npm itself is left out on both sides. How it came to this: [profile.md](profile.md).',
    table(['machine', ''], machine),
    '## Targets',
    table(
      ['target', 'at most', 'reached', ''],
      targets.map(({ what, atMost, reached, unit = '' }) => [
        what,
        `${atMost}${unit}`,
        reached === undefined ? '-' : `${digits(reached)}${unit}`,
        reached === undefined
          ? 'not measured here'
          : reached <= atMost
            ? 'met'
            : `missed by ${digits(reached / atMost)} times`,
      ]),
    ),
    ...sections.flatMap(({ title, pairs, notes = [] }) => [
      `## ${title}`,
      ...(pairs.length === 0
        ? []
        : [
            table(
              ['first', 'second', 'first, s', 'second, s', 'ratio', 'ratio of CPU time', 'peak MiB', 'runs'],
              pairs.map(({ names, wall, ratio, cpuRatio, memory, runs }) => [
                ...names,
                digits(wall[0].median),
                digits(wall[1].median),
                spread(ratio),
                cpuRatio === undefined ? '-' : spread(cpuRatio),
                memory.map((one) => (one === undefined ? '-' : String(Math.round(one)))).join(' / '),
                String(runs),
              ]),
            ),
          ]),
      ...notes,
    ]),
    '',
  ].join('\n\n');
}

const spread = ({ min, median, max }: Spread): string => `**${digits(median)}** (${digits(min)} to ${digits(max)})`;

/** Three digits that count. */
const digits = (value: number): string => String(Number(value.toPrecision(3)));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
