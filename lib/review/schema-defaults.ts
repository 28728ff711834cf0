import type { SchemaDefaults } from '../crds/schema';
import { isMapping, mapping } from '../objects/json';
import type { Json } from '../objects/manifest';

/** The values that a schema fills in, under their paths: properties with dots between them, and `[]` behind a list. */
export function schemaDefaults(schema: Json | undefined): SchemaDefaults {
  return Object.fromEntries(defaultsIn(schema, []));
}

function* defaultsIn(schema: Json | undefined, path: readonly string[]): Iterable<readonly [string, Json]> {
  if (!isMapping(schema)) return;
  if (path.length > 0 && schema.default !== undefined) yield [path.join('.'), schema.default];
  yield* defaultsIn(schema.items, [...path.slice(0, -1), `${path.at(-1) ?? ''}[]`]);
  for (const [name, property] of Object.entries(mapping(schema.properties)))
    yield* defaultsIn(property, [...path, name]);
}
