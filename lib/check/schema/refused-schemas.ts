import { at, isMapping, list, mapping, text } from '../../objects/json';
import type { JsonPath, Manifest } from '../../objects/manifest';
import { re2 } from '../../syntax/re2';
import { pathText } from '../../objects/json-path';
import type { SchemaProblem } from './schema-error';
import { shown } from './schema-error';
import { TYPES } from './structural-schema';

/** Where a schema has others within it: one, several by name, or several in a list. */
const ONE = ['items', 'additionalProperties', 'not'];
const NAMED = ['properties'];
const LISTED = ['allOf', 'anyOf', 'oneOf'];

/**
 * What in a CustomResourceDefinition's schemas has no meaning, so that the API server refuses the definition: a pattern that is none of RE2, and a
 * type that there is not. Source: apiextensions-apiserver 0.34 `pkg/apis/apiextensions/validation`.
 */
export function refusedSchemas(definition: Manifest): SchemaProblem[] {
  const keys = ['schema', 'openAPIV3Schema'];
  return list(at(definition, 'spec', 'versions')).flatMap((version, index) => [
    ...refusedIn(at(version, ...keys), ['spec', 'versions', index, ...keys]),
  ]);
}

const REFUSED = 'so the API server refuses the definition';

function* refusedIn(schema: unknown, path: JsonPath): Iterable<SchemaProblem> {
  if (!isMapping(schema)) return;
  const pattern = text(schema.pattern);
  const read = pattern === undefined ? undefined : re2(pattern);
  if (read !== undefined && 'problem' in read) {
    const message = `${shown(pattern)} is no regular expression of RE2 (${read.problem}), ${REFUSED}: write it without lookaround and backreferences`;
    yield { path: pathText([...path, 'pattern']), message };
  }
  const type = text(schema.type) ?? '';
  if (type !== '' && !TYPES.includes(type)) {
    const message = `${shown(type)} is no type, ${REFUSED}: use one of ${TYPES.join(', ')}`;
    yield { path: pathText([...path, 'type']), message };
  }
  for (const key of ONE) yield* refusedIn(at(schema, key), [...path, key]);
  for (const key of NAMED) {
    for (const [name, one] of Object.entries(mapping(at(schema, key)))) yield* refusedIn(one, [...path, key, name]);
  }
  for (const key of LISTED) {
    for (const [index, one] of list(at(schema, key)).entries()) yield* refusedIn(one, [...path, key, index]);
  }
}
