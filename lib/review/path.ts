import { keyStep as stepBehind } from '../objects/key-step';
import type { Json } from '../objects/manifest';

/**
 * Where something stands in an object: one step a key or an item of a list, each as it is written.
 * Keys are words, or quoted in brackets; items are in brackets, by what tells them apart from the others of their list:
 * `spec.template.spec.containers[name=webhook].env[name=PORT].value`, `metadata.labels["app.kubernetes.io/name"]`.
 */
export type Path = readonly string[];

/** A key as every path has it, by itself. */
export const keyStep = (key: string): string => stepBehind(key).replace(/^\./, '');

type Scalar = string | number | boolean | null;

/** The step of an item by the values of some of its fields. */
export function fieldsStep(fields: readonly (readonly [string, Scalar])[]): string {
  return `[${fields.map(([field, value]) => `${field}=${scalarText(value)}`).join(',')}]`;
}

/** The step of an item by its value, or its position. */
export function itemStep(item: Json): string {
  return isScalar(item) ? `[${scalarText(item)}]` : `[json=${JSON.stringify(canonicalJson(item))}]`;
}

export function isScalar(value: Json): value is Scalar {
  return value === null || typeof value !== 'object';
}

/** Strings without quotes where they need none to be told from other values. */
function scalarText(value: Scalar): string {
  const plain =
    typeof value === 'string' && /^[\w./:*@+-]+$/.test(value) && !/^([-+.\d].*|true|false|null)$/.test(value);
  return plain ? value : JSON.stringify(value);
}

/** JSON with the keys of every mapping in one order, so that equal values have equal texts. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as Json)}`).join(',')}}`;
}

export function pathText(path: Path): string {
  return path.map((step, index) => (index === 0 || step.startsWith('[') ? step : `.${step}`)).join('');
}

const STEP = /\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\]|[^.[\]]+/g;

/** The steps of a path's text. */
export function parsePath(text: string): Path {
  return text.match(STEP) ?? [];
}

/** A test for texts in which `*` stands for any characters, and `~*` for the character itself. */
export function glob(pattern: string): (text: string) => boolean {
  const escaped = pattern
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/~?\*/g, (star) => (star === '*' ? '[^]*' : '\\*'));
  const whole = new RegExp(`^${escaped}$`);
  return (text) => whole.test(text);
}
