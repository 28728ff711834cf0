import { meaningOf } from '../syntax/yaml-scalar';

/** What kubectl's reader takes for the end of a line or for not printable, though other writers write it plainly. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const ESCAPED = /[\x00-\x08\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffd-\uffff]|\t/;

/** What it takes for a value or a mark of its own at the beginning of a plain string. */
const MARK = /^[=<-]/;

/** What a literal block holds as it is: neither leading nor trailing blanks, which need indicators, and at most one last line break. */
const LITERAL = /^[^\s][^]*[^\s]\n?$/;
const BLANK_AT_LINE_END = /[ \t]\n/;

/** Whether a text is of several lines and can be a literal block. */
export function isLiteral(text: string): boolean {
  return text.includes('\n') && LITERAL.test(text) && !BLANK_AT_LINE_END.test(text);
}

/** Whether a text is to be in JSON's notation. */
export function needsEscapes(text: string, literal: boolean): boolean {
  return ESCAPED.test(text) || (!literal && (MARK.test(text) || text.includes('\n')));
}

/** JSON's notation, with escapes for all that is not printable everywhere. */
export function escaped(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\xa0\u2028\u2029\ufeff\ufffd-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Texts that begin with a letter and have another meaning to a reader of YAML 1.2 or 1.1. Source: the types of both at yaml.org. */
const WORDS = new Set(
  ['y', 'yes', 'n', 'no', 'true', 'false', 'on', 'off', 'null'].flatMap((word) => [
    word,
    word.toUpperCase(),
    word.charAt(0).toUpperCase() + word.slice(1),
  ]),
);

/** What readers of YAML 1.2 and 1.1 take for a number, a date or nothing, beyond what kubectl does. */
const NUMBERS = [
  /^[-+]?[0-9][0-9_]*$/,
  /^[-+]?0b[01_]+$/,
  /^0o[0-7]+$/,
  /^[-+]?0x[0-9a-fA-F_]+$/,
  /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
  /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
  /^[-+]?\.(?:inf|Inf|INF)$/,
  /^\.(?:nan|NaN|NAN)$/,
  /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:t|T|[ \t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:[ \t]*(?:Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$/,
];
const LIKE_A_NUMBER = /^[-+.0-9eE][-+._:0-9a-fA-FiInNoOtTxXzZ \t]*$/;

/** Most texts: names, images, versions, paths. None of them is a number, or needs quotes or escapes. */
const SIMPLE = /^[A-DF-Za-df-z/](?:[-\w./:@]*[-\w./@])?$/;

/** Whether a text is one of those that are told at a glance to be read as what they are when they stand as they are. */
export const isSimple = (text: string): boolean => SIMPLE.test(text) && !WORDS.has(text);

/** A text without line breaks that begins with a mark, or holds what ends a plain text. */
const NOT_PLAIN = /^$|^~$|^[ ,[\]{}#&*!|>'"%@`]|^[?]$|^[?] |: | #|[ :]$/;

/** Whether a text that needs no escapes and is of one line is read as what it is when it stands as it is. */
export function isPlain(text: string): boolean {
  if (NOT_PLAIN.test(text) || WORDS.has(text)) return false;
  return !LIKE_A_NUMBER.test(text) || (meaningOf(text) === undefined && !NUMBERS.some((form) => form.test(text)));
}

/** A text of one line that needs no escapes, in the quotes that it holds none of; in double ones if both are as good. */
export function quoted(text: string): string {
  return text.includes('"') && !text.includes("'") ? `'${text}'` : JSON.stringify(text);
}
