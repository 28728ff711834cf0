import type { JsonObject } from '../../objects/json';
import { list, mapping, text, texts } from '../../objects/json';

const isNumber = (value: unknown): boolean => typeof value === 'number';

/** Keywords that JSON Schema has as they are, and of which shape. A validator takes no other. */
const SAME: Readonly<Record<string, (value: unknown) => boolean>> = {
  enum: (value) => list(value).length > 0,
  maxItems: isNumber,
  maxLength: isNumber,
  maxProperties: isNumber,
  minItems: isNumber,
  minLength: isNumber,
  minProperties: isNumber,
  multipleOf: isNumber,
  required: (value) => Array.isArray(value) && texts(value).length === value.length,
};

/** The types that a schema may name. */
export const TYPES: readonly string[] = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

/** What the API server adds to every object, and to a schema that embeds whole ones. */
const OBJECT_FIELDS = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } };

/**
 * A custom resource's schema as JSON Schema. The structural schemas of Kubernetes are OpenAPI v3 with words of their own: `nullable`,
 * `x-kubernetes-int-or-string`, `x-kubernetes-preserve-unknown-fields`, `x-kubernetes-embedded-resource`. Fields that a schema does not
 * name are refused. A pattern is one of RE2. Formats and the rules in CEL (`x-kubernetes-validations`) are not held.
 */
export function jsonSchemaOf(openApiSchema: unknown): JsonObject {
  const schema = convert(mapping(openApiSchema), true);
  return { ...schema, properties: { ...OBJECT_FIELDS, ...mapping(schema.properties), metadata: { type: 'object' } } };
}

/** @param structural whether unknown fields are refused: within `allOf`, `not` and their like a schema only restricts */
function convert(schema: JsonObject, structural: boolean): JsonObject {
  const intOrString = schema['x-kubernetes-int-or-string'] === true;
  const types = intOrString ? ['integer', 'string'] : TYPES.filter((type) => type === schema.type);
  const pattern = text(schema.pattern);
  return {
    ...Object.fromEntries(
      Object.entries(SAME).flatMap(([key, isTaken]) => (isTaken(schema[key]) ? [[key, schema[key]]] : [])),
    ),
    ...(types.length > 0 && {
      type: schema.nullable === true ? [...types, 'null'] : types.length === 1 ? types[0] : types,
    }),
    ...(schema.nullable === true &&
      Array.isArray(schema.enum) &&
      schema.enum.length > 0 && { enum: [...schema.enum, null] }),
    ...(pattern !== undefined && { pattern }),
    ...bounds(schema),
    ...(schema.items !== undefined && { items: convert(mapping(schema.items), structural) }),
    ...objectKeywords(schema, structural),
    // What an int-or-string branches into is its two types.
    ...(!intOrString && branches(schema)),
    ...(schema.not !== undefined && { not: convert(mapping(schema.not), false) }),
  } as JsonObject;
}

function objectKeywords(schema: JsonObject, structural: boolean): JsonObject {
  const { properties, additionalProperties } = schema;
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true || !structural;
  const named = Object.entries(mapping(properties)).map(([key, value]) => [key, convert(mapping(value), structural)]);
  const whole = schema['x-kubernetes-embedded-resource'] === true ? OBJECT_FIELDS : {};
  return {
    ...(properties !== undefined && {
      properties: { ...whole, ...(Object.fromEntries(named) as JsonObject) },
    }),
    ...(typeof additionalProperties === 'object' && additionalProperties !== null
      ? { additionalProperties: convert(mapping(additionalProperties), structural) as never }
      : properties !== undefined && !open && additionalProperties !== true && { additionalProperties: false }),
  };
}

function branches(schema: JsonObject): JsonObject {
  const found = ['allOf', 'anyOf', 'oneOf'].filter((key) => list(schema[key]).length > 0);
  return Object.fromEntries(
    found.map((key) => [key, list(schema[key]).map((branch) => convert(mapping(branch), false)) as never]),
  );
}

/** OpenAPI's exclusive bounds are booleans beside the bound. */
function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonObject): JsonObject {
  return {
    ...(isNumber(minimum) && { [exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum']: minimum }),
    ...(isNumber(maximum) && { [exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum']: maximum }),
  };
}
