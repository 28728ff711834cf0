import { Unreadable } from './node';

const ALLOWED = /^[\t\n\x20-\x7e]*$/;

const OTHER = /[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffc\u{10000}-\u{10ffff}]/u;

const ENDS_OF_LINES = '\x85\u2028\u2029';

/**
 * @param text its lines end with line feeds
 * @throws Unreadable for a character that kubectl refuses, or that readers take for different things
 */
export function checkCharacters(text: string): void {
  if (ALLOWED.test(text)) return;
  const found = OTHER.exec(text);
  if (found !== null) throw new Unreadable(found.index, problemOf(found[0]));
}

function problemOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const name = `U+${code}`;
  if (character === '\r')
    return 'a carriage return alone ends a line for kubectl, not for others: end lines with line feeds';
  if (ENDS_OF_LINES.includes(character)) {
    return `${name} ends a line for kubectl, not for others: take it out, or write it as "\\u${code.toLowerCase()}" in double quotes`;
  }
  if (character === '\ufeff') return 'a byte order mark may stand at the beginning of a file alone: take it out';
  if (character === '\ufffd') return 'U+FFFD stands where bytes are no UTF-8: save the file as UTF-8';
  return `${name} is no character that kubectl reads: take it out, or write it as an escape in double quotes`;
}
