import { openSchema } from '../crds/schema';
import type { Json } from '../objects/manifest';
import { schemaDefaults } from './schema-defaults';

test('the defaults of a schema, with their paths', () => {
  const type = { type: 'string', default: 'Exact' };
  const schema: Json = {
    properties: {
      spec: {
        properties: {
          port: { type: 'integer' },
          rules: { default: [], items: { properties: { headers: { items: { properties: { type } } } } } },
        },
      },
    },
  };
  expect(schemaDefaults(schema)).toEqual({ 'spec.rules': [], 'spec.rules[].headers[].type': 'Exact' });
});

test('they are those that an open schema is made of', () => {
  const defaults = {
    'spec.a': { b: 1 },
    'spec.a.b': 1,
    'spec.list': [{ c: 'd' }],
    'spec.list[].c': 'd',
    'status.e': true,
  };
  expect(schemaDefaults(openSchema(defaults) as Json)).toEqual(defaults);
});

test.each(['__proto__', 'constructor', 'toString'])('a property called %s has one like any other', (name) => {
  const schema: Json = { properties: Object.fromEntries([[name, { type: 'string', default: 'x' }]]) };
  expect(Object.entries(schemaDefaults(schema))).toEqual([[name, 'x']]);
});

test.each([[undefined], [null], ['text'], [{}], [[]]])('%j has none', (schema) => {
  expect(schemaDefaults(schema)).toEqual({});
});
