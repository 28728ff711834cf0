import { escaped } from '../escape';

/** Markup that is ready to stand in a page. Only functions that escape what they are given make it. */
export interface Html {
  readonly html: string;
}

/** Text, or markup. */
export type Cell = string | Html;

export const markup = (cell: Cell): string => (typeof cell === 'string' ? escaped(cell) : cell.html);

export interface Row {
  /** Where a link to the row leads. */
  readonly id?: string;

  /** The first is the row's heading. */
  readonly cells: readonly Cell[];
}

/**
 * A table that stays one for whoever listens to it, also where a narrow screen shows its rows as cards: styles that change how a table is
 * displayed would take its meaning away, so that the roles are written out.
 */
export function table(caption: string, headings: readonly string[], rows: readonly Row[]): string {
  return [
    '<table role="table">',
    `<caption>${escaped(caption)}</caption>`,
    `<thead role="rowgroup"><tr role="row">${headings.map((heading) => `<th role="columnheader" scope="col">${escaped(heading)}</th>`).join('')}</tr></thead>`,
    '<tbody role="rowgroup">',
    ...rows.map((row) => rowHtml(row, headings)),
    '</tbody>',
    '</table>',
  ].join('\n');
}

function rowHtml({ id, cells }: Row, headings: readonly string[]): string {
  const target = id === undefined ? '' : ` id="${escaped(id)}" tabindex="-1"`;
  return `<tr role="row" data-row${target}>${cells.map((cell, index) => cellHtml(cell, headings[index] ?? '', index === 0)).join('')}</tr>`;
}

function cellHtml(cell: Cell, heading: string, isHeading: boolean): string {
  const label = `data-label="${escaped(heading)}"`;
  return isHeading
    ? `<th role="rowheader" scope="row" ${label}><span>${markup(cell)}</span></th>`
    : `<td role="cell" ${label}><span>${markup(cell)}</span></td>`;
}

/** Text that is read letter by letter: names of images, addresses, sums. */
export const code = (text: string): Html => ({ html: `<code>${escaped(text)}</code>` });

/** Several, each on a line of its own; more than a few of them are folded. */
export function listed(all: readonly string[], noun: string): Html {
  if (all.length <= FOLDED_FROM) return { html: all.map((one) => escaped(one)).join('<br>') };
  const items = all.map((one) => `<li>${escaped(one)}</li>`).join('');
  return { html: `<details><summary>${all.length} ${escaped(noun)}</summary><ul>${items}</ul></details>` };
}

const FOLDED_FROM = 3;

/** A mark with its meaning: `kind` is a class of the page's style. */
export const mark = (kind: string, text: string): Html => ({
  html: `<strong class="mark ${kind}">${escaped(text)}</strong>`,
});

/** Parts one after the other. */
export const joined = (...parts: readonly Cell[]): Html => ({ html: parts.map(markup).join(' ') });
