import fc from 'fast-check';
import { MISSHAPES, misshapen, pathsIn } from '../../../testing/misshapen';
import type { Json } from '../../objects/manifest';
import { jsonSchemaOf } from './structural-schema';
import { newValidator } from './validator';

const metadata = { name: 'blue' };

/** Whether a spec fits a schema of the property `spec`. */
function fits(specSchema: object, spec: unknown): boolean {
  const schema = jsonSchemaOf({ type: 'object', properties: { spec: specSchema } });
  return newValidator().validate(schema, { apiVersion: 'example.com/v1', kind: 'Widget', metadata, spec });
}

const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

test.each<[string, object, unknown, boolean]>([
  ['an unknown field is refused', object({ size: { type: 'integer' } }), { colour: 'blue' }, false],
  [
    'x-kubernetes-preserve-unknown-fields lets it in',
    object({}, { 'x-kubernetes-preserve-unknown-fields': true }),
    { colour: 'blue' },
    true,
  ],
  ['an object without properties is open', { type: 'object' }, { colour: 'blue' }, true],
  ['a mapping of any keys', { type: 'object', additionalProperties: { type: 'string' } }, { any: 'key' }, true],
  ['… and of values of a type', { type: 'object', additionalProperties: { type: 'string' } }, { any: 1 }, false],
  ['null is refused', object({ size: { type: 'integer' } }), { size: null }, false],
  ['nullable lets it in', object({ size: { type: 'integer', nullable: true } }), { size: null }, true],
  ['… with an enum as well', object({ a: { type: 'string', nullable: true, enum: ['x'] } }), { a: null }, true],
  [
    'int-or-string takes a number',
    object({ port: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] } }),
    { port: 80 },
    true,
  ],
  ['… and a text', object({ port: { 'x-kubernetes-int-or-string': true } }), { port: 'http' }, true],
  ['… and nothing else', object({ port: { 'x-kubernetes-int-or-string': true } }), { port: true }, false],
  ['formats are not looked at', object({ at: { type: 'string', format: 'date-time' } }), { at: 'noon' }, true],
  ['an exclusive bound', object({ n: { type: 'integer', minimum: 0, exclusiveMinimum: true } }), { n: 0 }, false],
  ['an inclusive one', object({ n: { type: 'integer', minimum: 0, exclusiveMinimum: false } }), { n: 0 }, true],
  ['a pattern', object({ a: { type: 'string', pattern: '^[a-z]+$' } }), { a: 'A' }, false],
  [
    'a pattern of Go that JavaScript does not have',
    object({ a: { type: 'string', pattern: '(?i)^a$' } }),
    { a: 'b' },
    false,
  ],
  [
    'each of two patterns is held',
    object({ a: { type: 'string', pattern: '^a$' }, b: { type: 'string', pattern: '^b$' } }),
    { a: 'a', b: 'a' },
    false,
  ],
  [
    'a pattern that would try without end',
    object({ a: { type: 'string', pattern: '^(a+)+$' } }),
    { a: `${'a'.repeat(10_000)}b` },
    false,
  ],
  [
    'a pattern that the API server refuses is not held',
    object({ a: { type: 'string', pattern: '(?=a)b' } }),
    { a: 'b' },
    true,
  ],
  [
    'a branch restricts, and names no fields',
    object(
      { a: {}, b: {} },
      { oneOf: [{ required: ['a'], properties: { a: { type: 'string' } } }, { required: ['b'] }] },
    ),
    { a: 'x' },
    true,
  ],
  [
    '… and one of them must fit',
    object({ a: {}, b: {} }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] }),
    {},
    false,
  ],
  ['not', object({ a: {} }, { not: { required: ['a'] } }), { a: 1 }, false],
  [
    'an embedded resource has what every object has',
    object({ template: object({}, { 'x-kubernetes-embedded-resource': true }) }),
    { template: { apiVersion: 'v1', kind: 'Pod', metadata } },
    true,
  ],
  [
    'a field called as what every object of JavaScript has is not there until it is',
    object({ constructor: { type: 'string' }, toString: { type: 'string' } }),
    {},
    true,
  ],
  ['… so that it may be missing', object({ constructor: {} }, { required: ['constructor'] }), {}, false],
  ['… and be of a wrong type', object({ constructor: { type: 'string' } }), { constructor: 5 }, false],
  ['items of a list', object({ a: { type: 'array', items: object({ b: {} }) } }), { a: [{ c: 1 }] }, false],
])('%s', (_, schema, spec, fit) => {
  expect(fits(schema, spec)).toBe(fit);
});

test('a schema of any shape is one that a validator takes', () => {
  const schema = {
    ...object({ a: { type: 'string', minLength: 1, maxLength: 2, pattern: 'a', nullable: true, enum: ['a'] } }),
    required: ['a'],
    minProperties: 1,
    maxProperties: 2,
    allOf: [{ properties: { a: { minimum: 1, exclusiveMinimum: true } } }],
    anyOf: [{ not: { required: ['b'] } }],
    oneOf: [{}],
    additionalProperties: { type: 'array', items: { multipleOf: 2, maximum: 3 }, minItems: 1, maxItems: 2 },
  };
  const validator = newValidator();
  const json = JSON.parse(JSON.stringify(schema)) as Json;
  const value = { a: 'a', b: [1, 2] };
  fc.assert(
    fc.property(fc.constantFrom(...pathsIn(json)), fc.constantFrom(...MISSHAPES), (path, shape) => {
      expect(typeof validator.compile(jsonSchemaOf(misshapen(json, path, shape)))(value)).toBe('boolean');
    }),
  );
});
