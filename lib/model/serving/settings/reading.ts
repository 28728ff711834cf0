import { isMapping } from '../../../objects/json';
import type { Json } from '../../../objects/manifest';
import { isWholeSeconds, signedGoDurationSeconds } from '../../../syntax/go-duration';
import { goBool, goFloat, goInteger } from '../../../syntax/go-number';
import { quote } from '../../../syntax/quote';
import { isEmptyQuantity, readableQuantity } from '../quantity';

/** What Serving does with the text under a key of a ConfigMap. */
export interface Reading {
  /** Why Serving refuses it, and with it the whole ConfigMap. `undefined` if it does not. */
  readonly refused?: (text: string) => string | undefined;

  /** Why it takes the text and does nothing with it. `undefined` if it does what it says. */
  readonly ignored?: (text: string) => string | undefined;

  /** What it holds as YAML, of which Serving refuses what is no mapping. */
  readonly yaml?: YamlShape;

  /** A spelling of the key that is older, and is read too. */
  readonly older?: string;
}

/** What YAML holds: a text, for which Serving takes a number or a truth value too; a mapping of known fields, or of any; or what is not looked at. */
export type YamlShape =
  | 'text'
  | 'any'
  | { readonly text: (value: string) => string | undefined }
  | { readonly fields: Readonly<Record<string, YamlShape>> }
  | { readonly each: YamlShape; readonly key?: (key: string) => string | undefined };

/** What Serving refuses in YAML that has been read, behind the field that it is in. `undefined` if nothing. */
export function yamlShapeProblem(value: Json, shape: YamlShape, path = ''): string | undefined {
  if (shape === 'any' || value === null) return undefined;
  const place = path === '' ? '' : `${path}: `;
  if (shape === 'text' || 'text' in shape) {
    const problem = typeof value === 'object' ? 'is not a text: write one' : textProblem(String(value), shape);
    return problem === undefined ? undefined : `${place}${problem}`;
  }
  if (!isMapping(value)) return `${place}is not a mapping: write one`;
  const problems = Object.entries(value).map(([key, item]) => {
    const inside = 'each' in shape ? shape.each : Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    const problem = 'each' in shape ? shape.key?.(key) : undefined;
    if (problem !== undefined) return `${place}${problem}`;
    return inside === undefined
      ? undefined
      : yamlShapeProblem(item ?? null, inside, path === '' ? key : `${path}.${key}`);
  });
  return problems.find((problem) => problem !== undefined);
}

function textProblem(value: string, shape: YamlShape): string | undefined {
  return typeof shape === 'object' && 'text' in shape ? shape.text(value) : undefined;
}

/** Any text. */
export const TEXT: Reading = {};

interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** Go's whole numbers of 64 bits, as far as JavaScript can tell them. */
const MAX_INT64 = 2 ** 63;
const MAX_INT32 = 2 ** 31 - 1;

/** A whole number. */
export const integer = ({ min = -MAX_INT64, max = MAX_INT64 }: Range = {}): Reading => ({
  refused: (text) => {
    const value = goInteger(text);
    if (value === undefined) return `${quote(text)} is not a whole number: write one`;
    if (value < min) return `${value} is too small: write ${min} or more`;
    return value > max ? `${value} is too large: write ${max} or less` : undefined;
  },
});

/** A whole number that Go reads without a sign. */
export const unsigned = (range: Range = {}): Reading => ({
  refused: (text) =>
    text.trim().startsWith('+')
      ? `${quote(text)} has a sign: leave it out`
      : integer({ min: 0, ...range }).refused?.(text),
});

/** A whole number of 32 bits. */
export const int32 = ({ min = -MAX_INT32 - 1, max = MAX_INT32 }: Range = {}): Reading => integer({ min, max });

/** A number for which a condition holds. */
export const float = (range: string, holds: (value: number) => boolean): Reading => ({
  refused: (text) => {
    const value = goFloat(text);
    if (value === undefined) return `${quote(text)} is not a number: write one`;
    return holds(value) ? undefined : `${quote(text)} is not ${range}`;
  },
});

/** A truth value. */
export const BOOL: Reading = {
  refused: (text) =>
    goBool(text) === undefined ? `${quote(text)} is neither "true" nor "false": write one of them` : undefined,
};

/** A truth value of which any other text is the default. */
export const TRISTATE: Reading = {
  ignored: (text) =>
    /^(true|false|default)$/i.test(text)
      ? undefined
      : `${quote(text)} leaves it to Kubernetes: write "true" or "false", or "default" if that is meant`,
};

/** Kubernetes' quantities. */
export const QUANTITY: Reading = {
  refused: (text) =>
    (text.trim() === text && readableQuantity(text)) || isEmptyQuantity(text) ? undefined : quantityProblem(text),
  ignored: (text) => (isEmptyQuantity(text) ? quantityProblem(text) : undefined),
};

const quantityProblem = (text: string): string =>
  `${quote(text)} is not a quantity: write for example "200m" of CPU or "300Mi" of memory`;

interface DurationRange extends Range {
  /** Whether it must be more than nothing. */
  readonly positive?: boolean;
  readonly whole?: boolean;
}

/** A duration, within seconds. */
export const duration = (range: DurationRange = {}): Reading => ({
  refused: (text) => durationProblem(text, range),
});

function durationProblem(
  text: string,
  { min = -Infinity, max = Infinity, positive = false, whole = false }: DurationRange,
): string | undefined {
  const seconds = signedGoDurationSeconds(text);
  if (seconds === undefined)
    return `${quote(text)} is not a duration: write a number with a unit, for example "30s" or "1m30s"`;
  if (positive && seconds < 1e-9) return `${quote(text)} is not more than nothing: write for example "30s"`;
  if (seconds < min) return `${quote(text)} is too short: write ${min}s or more`;
  if (seconds > max) return `${quote(text)} is too long: write ${max}s or less`;
  return whole && !isWholeSeconds(seconds) ? `${quote(text)} has parts of a second: write whole ones` : undefined;
}

/** One of some words. Serving does not mind upper case where `exact` is not given, nor blanks around exact ones unless `blanks` says that it does. */
export const words = (
  options: readonly string[],
  {
    exact = false,
    blanks = exact,
    empty = false,
    ignores = false,
  }: { exact?: boolean; blanks?: boolean; empty?: boolean; ignores?: boolean } = {},
): Reading => {
  const known = exact ? options : options.map((word) => word.toLowerCase());
  const read = (text: string): string => (exact ? text : text.toLowerCase());
  const problem = (text: string): string | undefined =>
    known.includes(read(blanks ? text.trim() : text)) || (empty && text === '')
      ? undefined
      : `${quote(text)} is none of ${options.map(quote).join(', ')}${ignores ? ', so that it does nothing' : ''}: write one of them`;
  return ignores ? { ignored: problem } : { refused: problem };
};

/** A reading where a word means something of its own, and an empty text nothing. */
export const orDisabled = ({ refused }: Reading): Reading => ({
  refused: (given) => {
    const text = given.trim();
    return text === '' || text.toLowerCase() === 'disabled' ? undefined : refused?.(text);
  },
});

/** A template: what Serving refuses in it, and all that is wrong with it. */
export const template = (
  refused: (text: string) => string | undefined,
  ignored: (text: string) => string | undefined = () => undefined,
): Reading => ({ refused: (text) => refused(text.trim()), ignored });

/** A mapping in YAML. */
export const yaml = (shape: YamlShape): Reading => ({ yaml: shape });

/** A reading with a spelling of its key that is older. */
export const older = (key: string, reading: Reading): Reading => ({ ...reading, older: key });
