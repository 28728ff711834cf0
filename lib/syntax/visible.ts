/**
 * What a terminal or a reader of text obeys, or does not show: control characters (line breaks and tabs too), those that set the direction of
 * writing or are invisible, the separators of lines and paragraphs, and halves of characters.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** As JSON has a short form for them. */
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text in one line that a terminal shows and does not obey: what cannot be seen is written as JSON writes it, `\u001b`. */
export function visible(text: string): string {
  return text.replace(UNSEEN, jsonEscape);
}

/** A character as an escape of JSON, which is also a good part of a text in JSON. */
export function jsonEscape(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
