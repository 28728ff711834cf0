import type { JsonObject } from '../objects/json';
import { isMapping } from '../objects/json';
import type { Json } from '../objects/manifest';
import { canonicalJson } from './path';

/** A change to what a schema takes. */
export interface SchemaChange {
  /** The field of the custom resource: `spec.template.spec.containers[].image`. */
  readonly field: string;

  /** Whether objects that were taken before can be refused now, or lose the field. */
  readonly breaking: boolean;

  /** In a few words: `removed`, `type string → integer`. */
  readonly what: string;
}

type Schema = JsonObject;

/** How a keyword of a schema is about to narrow what it takes. */
type Narrowing =
  /** A new or another value takes less. */
  | 'any'
  /** A higher value takes less. */
  | 'higher'
  /** A lower value takes less. */
  | 'lower'
  /** Values that are gone are refused. */
  | 'fewer'
  /** Values that are new must be there. */
  | 'more'
  /** Only `true` takes more. */
  | 'false';

const KEYWORDS: Readonly<Record<string, Narrowing>> = {
  type: 'any',
  format: 'any',
  pattern: 'any',
  multipleOf: 'any',
  minimum: 'higher',
  minLength: 'higher',
  minItems: 'higher',
  minProperties: 'higher',
  maximum: 'lower',
  maxLength: 'lower',
  maxItems: 'lower',
  maxProperties: 'lower',
  enum: 'fewer',
  required: 'more',
  'x-kubernetes-validations': 'more',
  nullable: 'false',
  'x-kubernetes-preserve-unknown-fields': 'false',
  'x-kubernetes-int-or-string': 'false',
  default: 'any',
};

/** A default changes what an object means, and refuses none. */
const NEVER_BREAKS: readonly string[] = ['default'];

/** What is different in what two schemas take. Descriptions say nothing of it. */
export function schemaChanges(from: Json | undefined, to: Json | undefined, field = ''): SchemaChange[] {
  const [before, after] = [mapping(from), mapping(to)];
  if (before === undefined || after === undefined) {
    if (textOf(from) === textOf(to)) return [];
    const what = to === undefined ? 'no longer checked' : from === undefined ? 'checked from now on' : 'changed';
    return [{ field, breaking: to !== undefined, what }];
  }
  return [
    ...keywordChanges(before, after, field),
    ...fieldChanges(before, after, field),
    ...within(before, after, field),
  ];
}

function keywordChanges(before: Schema, after: Schema, field: string): SchemaChange[] {
  return Object.entries(KEYWORDS).flatMap(([keyword, narrowing]) => {
    const [old, now] = [before[keyword], after[keyword]];
    if (textOf(old) === textOf(now)) return [];
    const breaking = !NEVER_BREAKS.includes(keyword) && narrows(narrowing, old, now);
    return [{ field, breaking, what: keywordText(keyword, old, now) }];
  });
}

function narrows(narrowing: Narrowing, old: Json | undefined, now: Json | undefined): boolean {
  switch (narrowing) {
    case 'any':
      return now !== undefined;
    case 'higher':
      return now !== undefined && (old === undefined || isAbove(now, old));
    case 'lower':
      return now !== undefined && (old === undefined || isAbove(old, now));
    case 'fewer':
      return now !== undefined && (old === undefined || missing(list(old), list(now)).length > 0);
    case 'more':
      return missing(list(now), list(old)).length > 0;
    case 'false':
      return old === true;
  }
}

function keywordText(keyword: string, old: Json | undefined, now: Json | undefined): string {
  if (keyword === 'x-kubernetes-validations') return 'rules changed';
  if (Array.isArray(old ?? now) && keyword !== 'default') {
    const [gone, added] = [missing(list(old), list(now)), missing(list(now), list(old))];
    const parts = [
      ...(gone.length > 0 ? [`without ${gone.join(', ')}`] : []),
      ...(added.length > 0 ? [`with ${added.join(', ')}`] : []),
    ];
    return `${keyword} ${parts.join(', ') || 'in another order'}`;
  }
  if (old === undefined) return `${keyword} ${textOf(now)} added`;
  if (now === undefined) return `${keyword} ${textOf(old)} removed`;
  return `${keyword} ${textOf(old)} → ${textOf(now)}`;
}

function fieldChanges(before: Schema, after: Schema, field: string): SchemaChange[] {
  const [old, now] = [mapping(before.properties) ?? {}, mapping(after.properties) ?? {}];
  const open = after['x-kubernetes-preserve-unknown-fields'] === true;
  const at = (name: string): string => (field === '' ? name : `${field}.${name}`);
  return [
    ...missing(Object.keys(old), Object.keys(now)).map((name) => ({
      field: at(name),
      breaking: !open,
      what: open ? 'no longer checked' : 'removed',
    })),
    ...missing(Object.keys(now), Object.keys(old)).map((name) => ({ field: at(name), breaking: false, what: 'added' })),
    ...Object.keys(now)
      .filter((name) => Object.hasOwn(old, name))
      .flatMap((name) => schemaChanges(old[name], now[name], at(name))),
  ];
}

/** What stands in lists and mappings of any keys, and in alternatives. */
function within(before: Schema, after: Schema, field: string): SchemaChange[] {
  const alternatives = ['anyOf', 'oneOf', 'allOf', 'not'].filter(
    (keyword) => textOf(before[keyword]) !== textOf(after[keyword]),
  );
  const [others, othersNow] = [before.additionalProperties, after.additionalProperties];
  const closed = mapping(others) !== undefined && othersNow === undefined;
  const opened = others === undefined || othersNow === undefined;
  return [
    ...schemaChanges(before.items, after.items, `${field}[]`),
    ...(opened ? [] : schemaChanges(others, othersNow, `${field}.*`)),
    ...(closed ? [{ field: `${field}.*`, breaking: true, what: 'removed' }] : []),
    ...alternatives.map((keyword) => ({ field, breaking: after[keyword] !== undefined, what: `${keyword} changed` })),
  ];
}

/** Whether a bound is above another one. One that is no number bounds nothing, so that it is taken to be the wider one. */
const isAbove = (one: Json, other: Json): boolean =>
  typeof one !== 'number' || typeof other !== 'number' || one > other;

const mapping = (value: Json | undefined): Schema | undefined => (isMapping(value) ? value : undefined);
const list = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(textOf) : []);
const missing = (all: readonly string[], others: readonly string[]): string[] =>
  all.filter((one) => !others.includes(one));

/** A text in clear, all else as JSON. */
const textOf = (value: Json | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : canonicalJson(value);
