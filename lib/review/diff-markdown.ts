import { inert } from '../syntax/inert';
import type { Diff } from './diff';
import type { ReportSection } from './report-section';
import { reportSections, totalsText } from './diff-report';

/** The most characters that a comment of GitHub takes; GitLab's takes more. */
export const LONGEST_COMMENT = 65_536;

/** A first line that nobody sees, by which a later run finds its comment. */
export const MARKER = '<!-- knitmesh diff -->';

/** The most characters of a row's cell. */
const LONGEST_CELL = 400;

/** What was compared, in words, and what came of it. */
interface Compared {
  readonly sides: { readonly from: string; readonly to: string };
  readonly diff: Diff;
}

/**
 * What differences mean, in Markdown that fits one comment: of each a summary, then sections to unfold, cut with a count of what is left out.
 */
export function diffMarkdown(compared: readonly Compared[], verbose = false): string {
  const room = Math.floor((LONGEST_COMMENT - MARKER.length) / compared.length) - 1;
  return `${MARKER}\n${compared.map((one) => markdownOf(one, room, verbose)).join('\n')}`;
}

function markdownOf({ sides, diff }: Compared, room: number, verbose: boolean): string {
  const sections = reportSections(diff, verbose);
  const overview = sections.map(({ title, summary }) => `| ${title} | ${summary || '-'} |`);
  const head = [
    `### ${code(sides.from)} → ${code(sides.to)}: ${totalsText(diff)}`,
    '',
    '| area | changes |',
    '| --- | --- |',
    ...overview,
    '',
  ].join('\n');
  return (
    head +
    fitted(
      sections.filter(({ rows }) => rows.length > 0),
      room - head.length,
    ).join('')
  );
}

/** Sections that fit into so many characters together: small ones whole, the others in equal shares. */
function fitted(sections: readonly ReportSection[], room: number): string[] {
  const texts = sections.map((section) => sectionText(section, section.rows.length));
  const order = [...texts.keys()].sort((a, b) => (texts[a]?.length ?? 0) - (texts[b]?.length ?? 0));
  let left = room;
  for (const [done, index] of order.entries()) {
    const section = sections[index];
    if (section === undefined) continue;
    const share = Math.floor(left / (order.length - done));
    const text = sectionWithin(section, share);
    texts[index] = text;
    left -= text.length;
  }
  return texts;
}

/** A section with as many of its rows as fit. */
function sectionWithin(section: ReportSection, room: number): string {
  let [fits, tooMany] = [0, section.rows.length + 1];
  while (tooMany - fits > 1) {
    const rows = Math.floor((fits + tooMany) / 2);
    if (sectionText(section, rows).length <= room) fits = rows;
    else tooMany = rows;
  }
  return sectionText(section, fits);
}

function sectionText({ title, summary, rows }: ReportSection, shown: number): string {
  const text = aligned(rows.slice(0, shown));
  const fence = '`'.repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
  const left = rows.length - shown;
  return [
    `\n<details><summary><b>${title}</b>: ${summary}</summary>\n`,
    ...(shown > 0 ? [`${fence}text\n${text}${fence}`] : []),
    ...(left > 0 ? [`${shown > 0 ? '\n' : ''}… and ${left} more, left out to fit a comment`] : []),
    '\n</details>\n',
  ].join('\n');
}

function aligned(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(oneLine));
  const columns = Math.max(0, ...cells.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** A cell in one line, and not too long. */
function oneLine(cell: string): string {
  const line = inert(cell);
  return line.length > LONGEST_CELL ? `${line.slice(0, LONGEST_CELL - 1)}…` : line;
}

/** A name as code. */
const code = (name: string): string => `\`${oneLine(name).replace(/`/g, "'")}\``;
