import { styleText } from 'node:util';
import type { Mistake } from '../lib/objects/mistakes';
import { inert } from '../lib/syntax/inert';
import { withoutCredentials } from '../lib/syntax/url-credentials';
import { visible } from '../lib/syntax/visible';

/*
 * All that commands print goes through here. It holds texts of others: names and values of objects, what kubectl, a cluster or a server says,
 * names of files. None of them is obeyed, neither by a terminal nor by a CI system that reads its log.
 */

type Style = 'red' | 'yellow' | 'green' | 'bold' | 'dim';

/** Around a text in a style stand marks that no text of others can hold: they are made anew for each run, where something is styled at all. */
let marks: { readonly nonce: string; readonly pattern: RegExp } | undefined;

/** Text in a style where the stream is a terminal and `NO_COLOR` (https://no-color.org) is not set. */
export function styled(style: Style, text: string, stream: NodeJS.WriteStream): string {
  if (!stream.isTTY || process.env.NO_COLOR) return text;
  const nonce = marks?.nonce ?? crypto.randomUUID();
  marks ??= { nonce, pattern: new RegExp(`\ufdd0${nonce} (\\w+) ([^]*?)${nonce}\ufdd1`) };
  return `\ufdd0${nonce} ${style} ${text}${nonce}\ufdd1`;
}

/** A line in which what {@link styled} made is what a terminal takes for it, and nothing else is for it. */
export function shown(line: string): string {
  // Plain text, a style and the text in it, over and over.
  const parts = marks === undefined ? [line] : line.split(marks.pattern);
  return parts
    .map((part, index) => {
      if (index % 3 === 1) return '';
      const style = parts[index - 1] as Style;
      return index % 3 === 0 ? inert(part) : styleText(style, inert(part), { validateStream: false });
    })
    .join('');
}

/** Writes lines. A line break within one of them begins no line. */
export function writeLines(stream: NodeJS.WritableStream, lines: readonly string[]): void {
  if (lines.length > 0) stream.write(lines.map((line) => `${shown(line)}\n`).join(''));
}

/** Prints the lines that were asked for. */
export function print(lines: readonly string[]): void {
  writeLines(process.stdout, lines);
}

/** Prints a line about how it goes, beside what was asked for. */
export function note(line: string): void {
  writeLines(process.stderr, [line]);
}

/** Prints one line a mistake or a warning, beside what was asked for. */
export function printMistakes(kind: 'error' | 'warning', mistakes: readonly Mistake[]): void {
  const label = styled(kind === 'error' ? 'red' : 'yellow', kind, process.stderr);
  for (const { where, message } of mistakes) note(`${label} ${where}: ${message}`);
}

/** Prints a value for programs. */
export function printJson(value: unknown): void {
  printDocument(JSON.stringify(value, null, 2));
}

/** Prints a document of which each line counts, such as Markdown or JSON, made of texts that its own rules have escaped. */
export function printDocument(text: string): void {
  print(text.replace(/\n$/, '').split('\n'));
}

/** Prints workflow commands of GitHub Actions, a line each, made of texts that its rules have escaped. */
export function printWorkflowCommands(commands: readonly string[]): void {
  process.stdout.write(commands.map((command) => `${visible(withoutCredentials(command))}\n`).join(''));
}

/** Prints a page or a picture, made of texts that the rules of markup have escaped. */
export function printMarkup(text: string): void {
  process.stdout.write(text);
}

/** The stream of {@link note} for what writes itself, such as a bar that moves or a question. Texts of others go through {@link inert} first. */
export const noteStream = (): NodeJS.WriteStream => process.stderr;

/** Calls back when standard output takes no more. */
export function whenUnprintable(say: (error: NodeJS.ErrnoException) => void): void {
  process.stdout.on('error', say);
}

/** Calls back once all that was printed is taken, or with what kept it from being. */
export function whenPrinted(done: (error?: NodeJS.ErrnoException) => void): void {
  process.stdout.write('', (error) => {
    if (error) done(error);
    else process.stderr.write('', () => done());
  });
}

/** Rows as aligned columns, two spaces apart, as kubectl prints them. The first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  const padded = (cell: string, column: number): string =>
    cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
  return rows.map((row) => row.map(padded).join('  ').trimEnd());
}

/** How many characters of a cell are to be seen. */
function widthOf(cell: string): number {
  const parts = marks === undefined ? [cell] : cell.split(marks.pattern);
  return parts.reduce((width, part, index) => (index % 3 === 1 ? width : width + inert(part).length), 0);
}

/** `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
