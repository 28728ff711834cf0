import fc from 'fast-check';
import { takeOutPollution } from '../../testing/pollution';
import type { Schema } from './schema';
import { openSchema } from './schema';

const OPEN = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

test('takes every object and keeps all of it', () => {
  expect(openSchema()).toEqual(OPEN);
});

test('keeps a default at its path, through objects and lists', () => {
  expect(openSchema({ 'spec.protocol': 'unknown', 'spec.rules[].port': 80 })).toEqual({
    ...OPEN,
    properties: {
      spec: {
        ...OPEN,
        properties: {
          protocol: { type: 'string', default: 'unknown' },
          rules: { type: 'array', items: { ...OPEN, properties: { port: { type: 'integer', default: 80 } } } },
        },
      },
    },
  });
});

test.each([
  [{ 'spec.path': { type: 'Prefix' }, 'spec.path.type': 'Prefix' }],
  [{ 'spec.path.type': 'Prefix', 'spec.path': { type: 'Prefix' } }],
])('an object has a default of its own and defaults within it: %j', (defaults) => {
  expect(openSchema(defaults).properties?.spec?.properties?.path).toEqual({
    ...OPEN,
    default: { type: 'Prefix' },
    properties: { type: { type: 'string', default: 'Prefix' } },
  });
});

test('the items of a list are what its default holds', () => {
  const { properties } = openSchema({ names: ['a'], objects: [{}], empty: [], share: 0.5, on: false });
  expect(properties).toEqual({
    names: { type: 'array', items: { type: 'string' }, default: ['a'] },
    objects: { type: 'array', items: OPEN, default: [{}] },
    empty: { type: 'array', items: OPEN, default: [] },
    share: { type: 'number', default: 0.5 },
    on: { type: 'boolean', default: false },
  });
});

test.each(['__proto__', '__proto__[]', 'constructor', 'constructor[]', 'toString', 'valueOf[]'])(
  'a property called %s is one like any other, and no object of JavaScript changes',
  (property) => {
    const paths = [`${property}.a`, `spec.${property}.b.c`, property.replace('[]', '')];
    const { properties = {} } = openSchema(Object.fromEntries(paths.map((path) => [path, 'x'])));
    expect(takeOutPollution()).toEqual([]);
    const [name, list] = [property.replace('[]', ''), property.endsWith('[]')];
    const of = (fields: object) => ({ ...OPEN, properties: fields });
    const holding = (fields: object) => (list ? { type: 'array', items: of(fields) } : of(fields));
    const text = { type: 'string', default: 'x' };
    expect(Object.entries(properties)).toEqual([
      [name, { ...holding({ a: text }), default: 'x' }],
      ['spec', of(Object.fromEntries([[name, holding({ b: of({ c: text }) })]]))],
    ]);
  },
);

test('every default stands under its path, and every property has a type, which the API server asks for', () => {
  const property = fc.constantFrom('a', 'b', 'c[]', 'd[]');
  const path = fc.tuple(fc.array(property, { maxLength: 4 }), fc.constantFrom('x', 'y', 'z'));
  fc.assert(
    fc.property(fc.array(fc.tuple(path, fc.string()), { maxLength: 8 }), (given) => {
      const defaults = Object.fromEntries(given.map(([[way, last], value]) => [[...way, last].join('.'), value]));
      const schema = openSchema(defaults);
      for (const [where, value] of Object.entries(defaults)) expect(at(schema, where)?.default).toBe(value);
      expect(untyped(schema)).toEqual([]);
    }),
  );
});

function at(schema: Schema, path: string): Schema | undefined {
  return path.split('.').reduce<Schema | undefined>((parent, property) => {
    const found = parent?.properties?.[property.replace('[]', '')];
    return property.endsWith('[]') ? found?.items : found;
  }, schema);
}

function untyped({ type, items, properties = {} }: Schema): unknown[] {
  const within = [...Object.values(properties), ...(items ? [items] : [])].flatMap(untyped);
  return type === undefined ? [properties, ...within] : within;
}
