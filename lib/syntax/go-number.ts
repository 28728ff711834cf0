// How Go's strconv reads numbers and truth values from a text, as ConfigMaps and annotations have them.

const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const HEXADECIMAL = /^([+-]?)0[xX]_?([0-9a-fA-F_]*)(?:\.([0-9a-fA-F_]*))?[pP]([+-]?\d+)$/;
const SPECIAL = /^([+-]?)(inf|infinity|nan)$/i;

const TRUE: readonly string[] = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE: readonly string[] = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

/** The whole number of a text, as `strconv.ParseInt` reads it in base 10; `undefined` if it is none. How large it may be is asked elsewhere. */
export function goInteger(value: string): number | undefined {
  return INTEGER.test(value) ? Number(value) : undefined;
}

/** The number of a text, as `strconv.ParseFloat` reads it; `undefined` if it is none, or too large. */
export function goFloat(value: string): number | undefined {
  if (DECIMAL.test(value)) {
    const number = Number(value);
    return Number.isFinite(number) ? number : undefined;
  }
  const [, sign, word] = SPECIAL.exec(value) ?? [];
  if (word !== undefined) return word.toLowerCase() === 'nan' ? NaN : sign === '-' ? -Infinity : Infinity;
  return hexadecimal(value);
}

function hexadecimal(value: string): number | undefined {
  const [, sign, whole = '', part = '', exponent = ''] = HEXADECIMAL.exec(value) ?? [];
  const digits = `${whole}${part}`.replaceAll('_', '');
  if (digits === '') return undefined;
  const amount = parseInt(digits, 16) * 2 ** (Number(exponent) - 4 * part.replaceAll('_', '').length);
  return Number.isFinite(amount) ? (sign === '-' ? -amount : amount) : undefined;
}

/** The truth value of a text, as `strconv.ParseBool` reads it; `undefined` if it is none. */
export function goBool(value: string): boolean | undefined {
  if (TRUE.includes(value)) return true;
  return FALSE.includes(value) ? false : undefined;
}
