import { Option } from 'commander';
import type { Diff } from '../lib/review/diff';
import { diffMarkdown } from '../lib/review/diff-markdown';
import { reportSections, totalsText } from '../lib/review/diff-report';
import { pathText } from '../lib/review/path';
import type { ReadFiles } from '../lib/sources/read-sources';
import { jsonOfEach, textOfEach } from './environments-output';
import { styled, table } from './terminal';

export type DiffFormat = 'text' | 'markdown' | 'json';

/** The option that all reports of differences have. */
export const diffFormatOption = (): Option =>
  new Option('-o, --output <format>', 'how to say what was found; Markdown fits a comment of 65,536 characters')
    .choices(['text', 'markdown', 'json'])
    .default('text');

/** What is compared, in words. */
export interface Sides {
  readonly from: string;
  readonly to: string;
}

/** What was compared, and what came of it. */
export interface Comparison {
  /** `undefined` where there is one platform, which has none. */
  readonly environment: string | undefined;
  readonly sides: Sides;
  readonly diff: Diff;

  /** Which files each side was read from. @default - neither was read from files that a user has named */
  readonly files?: { readonly from?: ReadFiles; readonly to?: ReadFiles };
}

/** Prints what differences mean. Exit code 1 if there is one. */
export function printDiff(compared: readonly Comparison[], output: DiffFormat, verbose: boolean): void {
  const texts = {
    text: () => textOfEach(compared, ({ sides, diff }) => diffText(sides, diff, verbose)),
    markdown: () => diffMarkdown(compared, verbose),
    json: () => jsonOfEach(compared, diffJson),
  };
  process.stdout.write(texts[output]());
  if (compared.some(({ diff }) => !diff.same)) process.exitCode = 1;
}

function diffText({ from, to }: Sides, diff: Diff, verbose: boolean): string {
  const sections = reportSections(diff, verbose);
  const overview = sections.map(({ title, summary }) => [title, summary || '-']);
  const details = sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => `\n${styled('bold', title, process.stdout)}\n${table(rows.map((row) => [' ', ...row]))}`);
  return `${from} → ${to}: ${totalsText(diff)}\n\n${table([['AREA', 'CHANGES'], ...overview])}${details.join('')}`;
}

/** All but the objects themselves, with paths as texts. An object that comes or goes is named, not shown. */
function diffJson({ sides, diff, files }: Comparison): object {
  const { same, objects, changes, ...findings } = diff;
  return {
    ...sides,
    ...(files && { files }),
    same,
    objects,
    areas: reportSections(diff, false).map(({ title, summary }) => ({ title, summary })),
    changes: changes.map(({ object, kind, differences }) => ({
      object,
      kind,
      differences: differences.map(({ path, from, to, ...difference }) => ({
        path: pathText(path),
        ...difference,
        ...(path.length > 0 && { from, to }),
      })),
    })),
    ...findings,
  };
}
