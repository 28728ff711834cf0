import type { Cursor } from './cursor';
import { TAB } from './cursor';

/** What ends a text without quotes within brackets and braces. */
const FLOW_ENDS = ',[]{}?';
const CANNOT_START = /[,[\]{}#&*!|>'"%@`]/;

/**
 * A text without quotes, which may go on in further lines.
 *
 * @param indent the column of the collection around it, of which further lines must be right; `undefined` within brackets and braces
 */
export function plainText(cursor: Cursor, indent: number | undefined): string {
  const { text } = cursor;
  const inFlow = indent === undefined;
  const first = cursor.peek();
  if (CANNOT_START.test(first) || ('-?:'.includes(first) && (cursor.isBlank(1) || (inFlow && first !== '-')))) {
    cursor.refuse(`a text cannot begin with "${first}": put it in quotes`);
  }
  let value = '';
  let breaks = 0;
  for (;;) {
    const end = lineEnd(text, cursor.position, inFlow);
    if (end === cursor.position) return value;
    if (inFlow && text.charAt(afterBlanks(text, end)) === '?') {
      cursor.refuse('"?" within brackets or braces is read in different ways: put the text in quotes', end);
    }
    value += breaks === 0 ? '' : breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
    value += text.slice(cursor.position, end);
    cursor.advance(end - cursor.position);
    breaks = toContinuation(cursor, indent);
    if (breaks === 0) return value;
  }
}

/** Where the part of a text without quotes ends that is on this line. */
function lineEnd(text: string, start: number, inFlow: boolean): number {
  let end = start;
  for (let at = start; ; at++) {
    const character = text.charAt(at);
    switch (character) {
      case '\n':
        return end;
      case ' ':
      case '\t':
        if (text.charAt(at + 1) === '#') return end;
        continue;
      case ':':
        if (/[ \t\n]/.test(text.charAt(at + 1))) return end;
        break;
      default:
        if (inFlow && FLOW_ENDS.includes(character)) return end;
    }
    end = at + 1;
  }
}

/** Goes to the next line that a text without quotes goes on in. How many line breaks are between; 0 if there is none, and the cursor stays. */
function toContinuation(cursor: Cursor, indent: number | undefined): number {
  const { text } = cursor;
  let at = afterBlanks(text, cursor.position);
  if (text.charAt(at) !== '\n') return 0;
  let lineStart = at;
  let breaks = 0;
  while (text.charAt(at) === '\n') {
    breaks++;
    lineStart = at + 1;
    at = afterBlanks(text, lineStart);
    if (text.slice(lineStart, at).includes('\t')) cursor.refuse(TAB, lineStart);
  }
  const goesOn =
    at < text.length &&
    text.charAt(at) !== '#' &&
    (indent === undefined || at - lineStart > indent) &&
    !/^\.\.\.[ \t\n]/.test(text.slice(lineStart, lineStart + 4));
  if (!goesOn) return 0;
  cursor.toLine(lineStart);
  cursor.advance(at - lineStart);
  return breaks;
}

function afterBlanks(text: string, start: number): number {
  let at = start;
  while (text.charAt(at) === ' ' || text.charAt(at) === '\t') at++;
  return at;
}

/** What stands for a character behind a backslash. */
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b' },
  ...{ ' ': ' ', '"': '"', '\\': '\\', N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' },
};
const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** A text in quotes. Its further lines may begin in any column. */
export function quotedText(cursor: Cursor): string {
  const { text } = cursor;
  const opened = cursor.position;
  const quote = cursor.peek();
  const stop = quote === '"' ? /["\\\n]/g : /['\n]/g;
  cursor.advance(1);
  let value = '';
  for (;;) {
    stop.lastIndex = cursor.position;
    const found = stop.exec(text);
    if (found === null) return cursor.refuse(`the quote ${quote} is not closed`, opened);
    const part = text.slice(cursor.position, found.index);
    cursor.advance(found.index - cursor.position);
    if (cursor.peek() === '\n') {
      const breaks = overBreaks(cursor, opened);
      value += part.replace(/[ \t]+$/, '') + (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1));
    } else if (cursor.peek() === '\\') value += part + escape(cursor, opened);
    else if (quote === "'" && cursor.peek(1) === "'") {
      value += `${part}'`;
      cursor.advance(2);
    } else {
      cursor.advance(1);
      return value + part;
    }
  }
}

/** Goes over line breaks, and the blanks before what follows. How many line breaks there were. */
function overBreaks(cursor: Cursor, opened: number): number {
  let breaks = 0;
  while (cursor.peek() === '\n') {
    breaks++;
    cursor.toLine(cursor.position + 1);
    if (cursor.isAtDocumentEnd()) cursor.refuse('a document ends within quotes', opened);
    cursor.advance(afterBlanks(cursor.text, cursor.position) - cursor.position);
  }
  return breaks;
}

function escape(cursor: Cursor, opened: number): string {
  const character = cursor.peek(1);
  if (character === '\n') {
    cursor.advance(1);
    return '\n'.repeat(overBreaks(cursor, opened) - 1);
  }
  const length = CODE_LENGTHS[character];
  if (length === undefined) {
    const meant = ESCAPES[character];
    if (meant === undefined) {
      return cursor.refuse(
        'this escape is none that kubectl knows: write the character itself, or two backslashes for one',
      );
    }
    cursor.advance(2);
    return meant;
  }
  const digits = cursor.text.slice(cursor.position + 2, cursor.position + 2 + length);
  const code = new RegExp(`^[0-9a-fA-F]{${length}}$`).test(digits) ? Number.parseInt(digits, 16) : Infinity;
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    cursor.refuse('this escape is no character: write the character itself');
  }
  cursor.advance(2 + length);
  return String.fromCodePoint(code);
}

const BLOCK_HEADER = /[|>](?:([-+])([1-9])?|([1-9])([-+])?)?(?:[ \t]+#.*|[ \t]*)\n/y;

/**
 * A block: literal or folded.
 *
 * @param indent the column of the collection around it; -1 for none
 */
export function blockText(cursor: Cursor, indent: number): string {
  const { text } = cursor;
  BLOCK_HEADER.lastIndex = cursor.position;
  const header = BLOCK_HEADER.exec(text);
  if (header === null) return cursor.refuse('only how to indent and to end it, and a comment, may follow on this line');
  const folded = cursor.peek() === '>';
  const chomping = header[1] ?? header[4] ?? '';
  const explicit = header[2] ?? header[3];
  cursor.toLine(BLOCK_HEADER.lastIndex);
  const width = explicit === undefined ? ownIndent(cursor, indent) : Math.max(indent, 0) + Number(explicit);

  let value = '';
  let pending = '';
  let breaks = leadingBreaks(cursor, width);
  let wasIndented = false;
  while (cursor.column === width && !cursor.isAtEnd()) {
    const end = text.indexOf('\n', cursor.position);
    const isIndented = /[ \t]/.test(cursor.peek());
    if (folded && !wasIndented && !isIndented && pending !== '') value += breaks === '' ? ' ' : '';
    else value += pending;
    value += breaks + text.slice(cursor.position, end);
    pending = '\n';
    wasIndented = isIndented;
    cursor.toLine(end + 1);
    breaks = leadingBreaks(cursor, width);
  }
  cursor.toLine(cursor.position - cursor.column);
  return value + (chomping === '-' ? '' : pending) + (chomping === '+' ? breaks : '');
}

/** Goes over empty lines and to the column of the text. The line breaks gone over. */
function leadingBreaks(cursor: Cursor, width: number): string {
  let breaks = '';
  for (;;) {
    while (cursor.column < width && cursor.peek() === ' ') cursor.position++;
    if (cursor.peek() === '\t' && cursor.column < width) {
      cursor.refuse(TAB);
    }
    if (cursor.peek() !== '\n') return breaks;
    breaks += '\n';
    cursor.toLine(cursor.position + 1);
  }
}

/** The column in which the first line of a block begins that is not empty. */
function ownIndent(cursor: Cursor, indent: number): number {
  const { text } = cursor;
  let at = cursor.position;
  let widest = 0;
  for (;;) {
    const start = at;
    while (text.charAt(at) === ' ') at++;
    const width = at - start;
    if (text.charAt(at) === '\n') {
      widest = Math.max(widest, width);
      at++;
      continue;
    }
    if (at < text.length && width > indent && (width < widest || text.charAt(at) === '\t')) {
      cursor.refuse('the first line of a block begins left of an empty one, or with a tab: say how it is indented', at);
    }
    return Math.max(widest, width, indent + 1, 1);
  }
}
