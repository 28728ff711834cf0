import { styleText } from 'node:util';
import type { Mistake } from '../lib/objects/mistakes';

type Style = 'red' | 'yellow' | 'green' | 'bold' | 'dim';

/** Text in a style where the stream is a terminal and `NO_COLOR` (https://no-color.org) is not set. */
export function styled(style: Style, text: string, stream: NodeJS.WriteStream): string {
  return stream.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;
}

/** Rows as aligned columns, two spaces apart, as kubectl prints them. The first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}

/** `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Prints one line a mistake or a warning to stderr. */
export function printMistakes(kind: 'error' | 'warning', mistakes: readonly Mistake[]): void {
  const label = styled(kind === 'error' ? 'red' : 'yellow', kind, process.stderr);
  for (const { where, message } of mistakes) process.stderr.write(`${label} ${where}: ${message}\n`);
}
