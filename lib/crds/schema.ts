import type { Json } from '../objects/manifest';

/**
 * Values that the API server fills in where an object has none, each under its path: properties with dots between them, and `[]`
 * behind a list. For example `{ 'spec.rules[].matches[].path.type': 'PathPrefix' }`.
 */
export type SchemaDefaults = Readonly<Record<string, Json>>;

/** A schema of a custom resource, as far as one is written here: what it takes is left to whoever reads the object. */
export interface Schema {
  type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  default?: Json;
  items?: Schema;
  properties?: Record<string, Schema>;
  'x-kubernetes-preserve-unknown-fields'?: true;
}

/**
 * A schema that takes every object and keeps all of it. The API server wants one, and would drop fields that it does not name.
 *
 * @param defaults are kept on the way to whoever reads the object, where that one counts on them; default: none
 */
export function openSchema(defaults: SchemaDefaults = {}): Schema {
  const root = openObject();
  for (const [path, value] of Object.entries(defaults)) {
    const properties = path.split('.');
    const last = properties.pop() ?? '';
    const parent = properties.reduce(within, root);
    setProperty(parent, last, withDefault(propertyOf(parent, last), value));
  }
  return root;
}

const openObject = (): Schema => ({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true });

/** The schema of a property, or of the items of one with `[]`, made where there is none. */
function within(parent: Schema, property: string): Schema {
  const name = property.replace(/\[\]$/, '');
  const list = name !== property;
  const known = propertyOf(parent, name);
  const schema: Schema = known ?? (list ? { type: 'array' } : openObject());
  if (known === undefined) setProperty(parent, name, schema);
  return list ? (schema.items ??= openObject()) : schema;
}

// Names come from anybody's schema. What every object of JavaScript has, such as `constructor` and `__proto__`, is no property: a write to it
// changes all objects there are.

const propertyOf = ({ properties = {} }: Schema, name: string): Schema | undefined =>
  Object.hasOwn(properties, name) ? properties[name] : undefined;

function setProperty(schema: Schema, name: string, property: Schema): void {
  schema.properties = { ...schema.properties, [name]: property };
}

function withDefault(schema: Schema | undefined, value: Json): Schema {
  return { ...schemaOf(value), ...schema, default: value };
}

function schemaOf(value: Json): Schema {
  if (Array.isArray(value)) return { type: 'array', items: value[0] === undefined ? openObject() : schemaOf(value[0]) };
  if (typeof value === 'string') return { type: 'string' };
  if (typeof value === 'boolean') return { type: 'boolean' };
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
  return openObject();
}
