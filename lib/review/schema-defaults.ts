import type { SchemaDefaults } from '../crds/schema';
import { isMapping, mapping } from '../objects/json';
import type { Json } from '../objects/manifest';

/** The values that a schema fills in, under their paths: properties with dots between them, and `[]` behind a list. */
export function schemaDefaults(schema: Json | undefined, path: readonly string[] = []): SchemaDefaults {
  if (!isMapping(schema)) return {};
  const list = [...path.slice(0, -1), `${path.at(-1) ?? ''}[]`];
  return Object.assign(
    path.length > 0 && schema.default !== undefined ? { [path.join('.')]: schema.default } : {},
    schemaDefaults(schema.items, list),
    ...Object.entries(mapping(schema.properties)).map(([name, property]) => schemaDefaults(property, [...path, name])),
  ) as SchemaDefaults;
}
