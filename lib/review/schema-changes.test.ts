import type { Json } from '../objects/manifest';
import { schemaChanges } from './schema-changes';

const of = (properties: Record<string, Json>, more: Record<string, Json> = {}): Json => ({
  type: 'object',
  properties,
  ...more,
});
const said = (from: Json, to: Json): string[] =>
  schemaChanges(from, to).map(({ field, breaking, what }) => `${breaking ? '! ' : ''}${field}: ${what}`);

const text = { type: 'string' };
test.each<[string, Json, Json, string[]]>([
  ['a field removed', of({ a: text }), of({}), ['! a: removed']],
  ['a field added', of({}), of({ a: text }), ['a: added']],
  ['another type', of({ a: text }), of({ a: { type: 'integer' } }), ['! a: type string → integer']],
  ['a field required', of({ a: text }), of({ a: text }, { required: ['a'] }), ['! : required with a']],
  ['no longer required', of({ a: text }, { required: ['a'] }), of({ a: text }), [': required without a']],
  ['a choice gone', of({ a: { enum: ['x', 'y'] } }), of({ a: { enum: ['x'] } }), ['! a: enum without y']],
  ['a choice more', of({ a: { enum: ['x'] } }), of({ a: { enum: ['x', 'y'] } }), ['a: enum with y']],
  ['choices where there were none', of({ a: text }), of({ a: { ...text, enum: ['x'] } }), ['! a: enum with x']],
  ['a pattern', of({ a: text }), of({ a: { ...text, pattern: '^a$' } }), ['! a: pattern ^a$ added']],
  ['no pattern', of({ a: { ...text, pattern: '^a$' } }), of({ a: text }), ['a: pattern ^a$ removed']],
  ['a lower maximum', of({ a: { maximum: 9 } }), of({ a: { maximum: 8 } }), ['! a: maximum 9 → 8']],
  ['a higher maximum', of({ a: { maximum: 8 } }), of({ a: { maximum: 9 } }), ['a: maximum 8 → 9']],
  ['a minimum', of({ a: {} }), of({ a: { minLength: 1 } }), ['! a: minLength 1 added']],
  ['no null', of({ a: { nullable: true } }), of({ a: {} }), ['! a: nullable true removed']],
  [
    'unknown fields are dropped',
    of({}, { 'x-kubernetes-preserve-unknown-fields': true }),
    of({}),
    ['! : x-kubernetes-preserve-unknown-fields true removed'],
  ],
  [
    'unknown fields are kept: none of them is lost',
    of({ a: text }),
    of({}, { 'x-kubernetes-preserve-unknown-fields': true }),
    [': x-kubernetes-preserve-unknown-fields true added', 'a: no longer checked'],
  ],
  ['no schema any more', of({ a: text }), null, ['! : changed']],
  ['a field whose schema is none any more', of({ a: text }), of({ a: ['string'] }), ['! a: changed']],
  ['items that are checked', of({ a: {} }), of({ a: { items: text } }), ['! a[]: checked from now on']],
  ['items that are not checked', of({ a: { items: text } }), of({ a: {} }), ['a[]: no longer checked']],
  [
    'other keys that are refused',
    of({}, { additionalProperties: text }),
    of({}, { additionalProperties: false }),
    ['! .*: changed'],
  ],
  [
    'a bound that is no number',
    of({ a: { maximum: 9 } }),
    of({ a: { maximum: { toString: 1 } } }),
    ['! a: maximum 9 → {"toString":1}'],
  ],
  ['a default', of({ a: { default: 1 } }), of({ a: { default: 2 } }), ['a: default 1 → 2']],
  [
    'a rule',
    of({ a: text }),
    of({ a: { ...text, 'x-kubernetes-validations': [{ rule: 'self != "b"' }] } }),
    ['! a: rules changed'],
  ],
  [
    'alternatives',
    of({ a: { anyOf: [text] } }),
    of({ a: { anyOf: [text, { type: 'integer' }] } }),
    ['! a: anyOf changed'],
  ],
  [
    'within lists and mappings',
    of({ a: { items: of({ b: text }) }, c: { additionalProperties: of({ d: text }) } }),
    of({ a: { items: of({}) }, c: { additionalProperties: of({}) } }),
    ['! a[].b: removed', '! c.*.d: removed'],
  ],
  ['any keys', of({ c: { additionalProperties: text } }), of({ c: {} }), ['! c.*: removed']],
  ['words alone', of({ a: { ...text, description: 'x' } }), of({ a: { ...text, description: 'y' } }), []],
])('%s', (_, from, to, expected) => {
  expect(said(from, to)).toEqual(expected);
  expect(said(from, from)).toEqual([]);
});
