/** What a scalar without quotes is: nothing, a boolean, a whole number, another number; `undefined` for a text. */
export type ScalarMeaning = null | boolean | bigint | number | undefined;

/**
 * What kubectl takes a scalar without quotes and tags for. Dates and `22:22` are texts to it.
 * Source: go.yaml.in/yaml 2.4.2 `resolve.go`, Go's `strconv`.
 */
export function meaningOf(scalar: string): ScalarMeaning {
  if (scalar !== '' && !MAY_MEAN_MORE.test(scalar)) return undefined;
  const word = WORDS.get(scalar);
  return word !== undefined ? word : numberOf(scalar);
}

const MAY_MEAN_MORE = /^[-+.0-9~yYnNtTfFoO]/;

const inEachCase = (word: string): string[] => [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()];
const meaning = (words: readonly string[], value: ScalarMeaning): [string, ScalarMeaning][] =>
  words.flatMap(inEachCase).map((word) => [word, value]);

const WORDS = new Map<string, ScalarMeaning>([
  ...meaning(['y', 'yes', 'true', 'on'], true),
  ...meaning(['n', 'no', 'false', 'off'], false),
  ...meaning(['', '~', 'null'], null),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word): [string, number] => [word, Infinity]),
  ...['-.inf', '-.Inf', '-.INF'].map((word): [string, number] => [word, -Infinity]),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, number] => [word, NaN]),
]);

/** A whole number whose underscores are taken out: binary, octal, hexadecimal or decimal. */
const WHOLE = /^([-+]?)(?:(0[bB][01]+)|0[oO]?([0-7]+)|(0[xX][0-9a-fA-F]+)|(0|[1-9][0-9]*))$/;

/** A sign behind the prefix, which only this spelling of binary numbers has. */
const SIGNED_BINARY = /^0b([-+])([01]+)$/;
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

const LARGEST = 2n ** 63n - 1n;
const LARGEST_UNSIGNED = 2n ** 64n - 1n;

function numberOf(scalar: string): bigint | number | undefined {
  if (!/^[-+.0-9]/.test(scalar)) return undefined;
  if (scalar.startsWith('.')) return floatOf(scalar.replace(/(?<=[0-9])_(?=[0-9])/g, ''));
  const digits = scalar.includes('_') ? scalar.replace(/_/g, '') : scalar;
  return wholeNumberOf(digits) ?? floatOf(digits);
}

function wholeNumberOf(text: string): bigint | undefined {
  const [, sign = '', binary, octal, hexadecimal, decimal] = WHOLE.exec(text) ?? [];
  const magnitude = binary ?? (octal === undefined ? (hexadecimal ?? decimal) : `0o${octal}`);
  if (magnitude !== undefined) return within(BigInt(magnitude), sign, sign === '' ? LARGEST_UNSIGNED : LARGEST);
  const [, inner = '', digits] = SIGNED_BINARY.exec(text) ?? [];
  return digits === undefined ? undefined : within(BigInt(`0b${digits}`), inner, LARGEST);
}

function within(magnitude: bigint, sign: string, largest: bigint): bigint | undefined {
  if (sign === '-') return magnitude <= LARGEST + 1n ? -magnitude : undefined;
  return magnitude <= largest ? magnitude : undefined;
}

function floatOf(text: string): number | undefined {
  const value = DECIMAL.test(text) ? Number(text) : undefined;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
