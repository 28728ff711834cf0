import { isMapping } from '../../objects/json';
import { keyStep } from '../../objects/key-step';
import type { Json } from '../../objects/manifest';
import { nearest } from '../../syntax/nearest';
import { quote } from '../../syntax/quote';
import { isEmptyQuantity, readableQuantity } from './quantity';
import type { ServingConfig } from './config';
import type { Problems } from './problem';
import type { Words } from './words';

/** A value that is not made of others, by the type that Kubernetes' Go has for it. */
type ScalarKind = 'text' | 'flag' | 'int32' | 'int64' | 'quantity' | 'int-or-text' | 'time';

/** Why a field may not be set; `undefined` if it may. */
type Refusal = (value: Json, config: ServingConfig, words: Words) => string | undefined;

/** The shape of a value: its type, and which fields it may have. `null` is a value that is not there. */
export interface Shape {
  readonly kind: ScalarKind | 'list' | 'map' | 'fields' | 'any';

  /** Whether Go tells a value that is not there from one that is empty. Lists and mappings of any key always do. */
  readonly pointer?: boolean;

  /** What a list or a mapping of any key holds. */
  readonly of?: Shape;

  /** The fields of a mapping of known keys. */
  readonly fields?: Readonly<Record<string, Shape>>;

  /** @default - it may be set */
  readonly refusal?: Refusal;
}

export const TEXT: Shape = { kind: 'text' };
export const FLAG: Shape = { kind: 'flag' };
export const INT32: Shape = { kind: 'int32' };
export const INT64: Shape = { kind: 'int64' };
export const QUANTITY: Shape = { kind: 'quantity' };
export const INT_OR_TEXT: Shape = { kind: 'int-or-text' };
export const TIME: Shape = { kind: 'time' };

/** What is not looked into: nobody writes it, or others know its fields. */
export const ANY: Shape = { kind: 'any', pointer: true };

export const list = (of: Shape): Shape => ({ kind: 'list', of });
export const map = (of: Shape): Shape => ({ kind: 'map', of });
export const fields = (known: Readonly<Record<string, Shape>>): Shape => ({ kind: 'fields', fields: known });
export const pointer = (shape: Shape): Shape => ({ ...shape, pointer: true });
export const refusing = (shape: Shape, refusal: Refusal): Shape => ({ ...shape, refusal });

export const TEXTS = list(TEXT);
export const TEXT_MAP = map(TEXT);
export const QUANTITIES = map(QUANTITY);

const INTEGERS = { int32: [-(2 ** 31), 2 ** 31 - 1], int64: [-(2 ** 63), 2 ** 63 - 1] } as const;
const TIMESTAMP = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** Records where a value is not of a shape: other types, fields that are not known, and fields that may not be set. */
export function checkShape(
  problems: Problems,
  config: ServingConfig,
  path: string,
  value: Json | undefined,
  shape: Shape,
): void {
  if (value === undefined || value === null || shape.kind === 'any') return;
  if (shape.kind === 'list') {
    if (!Array.isArray(value)) {
      problems.refuse(path, `${kindOf(value)} is not a list: write one`);
      return;
    }
    const { of } = shape;
    if (of !== undefined) value.forEach((item, index) => checkShape(problems, config, `${path}[${index}]`, item, of));
    return;
  }
  if (shape.kind === 'map') {
    if (!isMapping(value)) {
      problems.refuse(path, `${kindOf(value)} is not a mapping: write one`);
      return;
    }
    for (const key of Object.keys(value)) {
      const item = value[key];
      if (shape.of === undefined || isFine(item, shape.of)) continue;
      checkShape(problems, config, `${path}${keyStep(key)}`, item, shape.of);
    }
    return;
  }
  if (shape.kind === 'fields') {
    if (!isMapping(value)) {
      problems.refuse(path, `${kindOf(value)} is not a mapping: write one`);
      return;
    }
    checkFields(problems, config, path, value, shape.fields ?? {});
    return;
  }
  const isEmpty = shape.kind === 'quantity' && typeof value === 'string' && isEmptyQuantity(value.trim());
  problems.refuse(path, scalarProblem(shape.kind, value), isEmpty ? 'quantity-grammar' : undefined);
}

function checkFields(
  problems: Problems,
  config: ServingConfig,
  path: string,
  value: Readonly<Record<string, Json | undefined>>,
  known: Readonly<Record<string, Shape>>,
): void {
  for (const key of Object.keys(value)) {
    const given = value[key];
    const shape = Object.hasOwn(known, key) ? known[key] : undefined;
    // Most values are, and their paths are not asked for.
    if (shape !== undefined && shape.refusal === undefined && isFine(given, shape)) continue;
    const where = path === '' ? key : `${path}${shape === undefined ? keyStep(key) : `.${key}`}`;
    if (shape === undefined) {
      const meant = nearest(key, Object.keys(known));
      problems.refuse(
        where,
        `this field is not known: ${meant === undefined ? 'remove it, or correct its name' : `did you mean ${meant}?`}`,
      );
      continue;
    }
    if (given === undefined || given === null) continue;
    if (shape.refusal !== undefined && isSet(given, shape))
      problems.refuse(where, shape.refusal(given, config, problems.words));
    checkShape(problems, config, where, given, shape);
  }
}

/** Whether a value is none, or one that is not made of others and of its type. */
function isFine(value: Json | undefined, { kind }: Shape): boolean {
  if (value === undefined || value === null || kind === 'any') return true;
  return kind !== 'list' && kind !== 'map' && kind !== 'fields' && scalarProblem(kind, value) === undefined;
}

/** Whether a value is one that Go tells from none: Serving sees no difference between `stdin: false` and nothing. */
export function isSet(value: Json | undefined, shape: Shape): boolean {
  if (value === undefined || value === null) return false;
  if (shape.pointer === true || shape.kind === 'list' || shape.kind === 'map') return true;
  if (shape.kind === 'fields') {
    const known = shape.fields ?? {};
    return isMapping(value)
      ? Object.entries(value).some(([key, item]) => Object.hasOwn(known, key) && isSet(item, known[key] ?? ANY))
      : true;
  }
  return value !== '' && value !== 0 && value !== false;
}

function scalarProblem(kind: ScalarKind, value: Json): string | undefined {
  switch (kind) {
    case 'text':
      return typeof value === 'string'
        ? undefined
        : `${kindOf(value)} is not a text: ${typeof value === 'object' ? 'write one' : 'put it in quotes'}`;
    case 'flag':
      return typeof value === 'boolean' ? undefined : `${shown(value)} is neither true nor false: write one of them`;
    case 'int32':
    case 'int64':
      return integerProblem(kind, value);
    case 'int-or-text':
      return typeof value === 'string' || integerProblem('int32', value) === undefined
        ? undefined
        : `${shown(value)} is neither a whole number nor a text: write one of them`;
    case 'quantity':
      return readableQuantity(value)
        ? undefined
        : `${shown(value)} is not a quantity: write for example "200m" of CPU or "300Mi" of memory`;
    case 'time':
      return typeof value === 'string' && TIMESTAMP.test(value)
        ? undefined
        : `${shown(value)} is not a time: remove it`;
  }
}

function integerProblem(kind: 'int32' | 'int64', value: Json): string | undefined {
  const [min, max] = INTEGERS[kind];
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return undefined;
  if (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))) {
    return `${shown(value)} is a text: write the number without quotes`;
  }
  const range = typeof value === 'number' && Number.isInteger(value) ? ` from ${min} to ${max}` : '';
  return `${shown(value)} is not a whole number${range}: write one`;
}

/** What a value is. It may be secret where a text belongs, but for the words that YAML reads as a truth value. */
function kindOf(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'object' ? 'a mapping' : `a ${typeof value === 'string' ? 'text' : typeof value}`;
}

/** A value as a message names it, shortened. */
function shown(value: Json): string {
  // JSON has no NaN.
  const text = typeof value === 'number' ? String(value) : quote(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
