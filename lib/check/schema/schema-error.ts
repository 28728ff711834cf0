import { readableAt } from '../../objects/confidential';
import type { Json, JsonPath } from '../../objects/manifest';
import { KUBERNETES_VERSION } from '../../syntax/kubernetes-version';
import { nearest } from '../../syntax/nearest';
import { quote } from '../../syntax/quote';
import { MASK } from '../../syntax/url-credentials';
import { pathText } from '../../objects/json-path';

/** An error of a JSON Schema validator, as ajv and what it compiles give it. */
export interface SchemaError {
  /** JSON pointer to the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** What is wrong with an object by its schema. */
export interface SchemaProblem {
  readonly path: string;
  readonly message: string;
}

/** Keywords that only sum up others: what is wrong with the branches is told by their own errors. */
const SUMS: readonly string[] = ['if', 'anyOf', 'oneOf', 'allOf'];

/** What a validator found in an object, in words. */
export function schemaProblems(object: unknown, errors: readonly SchemaError[]): SchemaProblem[] {
  const told = errors.some(({ keyword }) => !SUMS.includes(keyword));
  const problems = errors
    .filter(({ keyword }) => !told || !SUMS.includes(keyword))
    .map((error) => schemaProblem(object, error));
  const seen = new Set<string>();
  return problems.filter(({ path, message }) => !seen.has(`${path} ${message}`) && seen.add(`${path} ${message}`));
}

function schemaProblem(object: unknown, { instancePath, keyword, params, message }: SchemaError): SchemaProblem {
  const full = stepsOf(object, instancePath);
  const { path, value } = readableAt(object as Json, full);
  const here = (problem: string): SchemaProblem => ({ path: pathText(path), message: problem });
  switch (keyword) {
    case 'required':
      return { path: pathText([...path, String(params.missingProperty)]), message: 'is missing: give it a value' };
    case 'additionalProperties':
      return unknownField(object, [...full, String(params.additionalProperty)]);
    case 'type':
      return here(`${shown(value)} is not ${withArticle(params.type)}: write one`);
    case 'enum':
      return here(
        `${shown(value)} is not one of ${(params.allowedValues as unknown[]).map(quote).join(', ')}: use one of them`,
      );
    case 'pattern':
      return here(`${shown(value)} does not match ${String(params.pattern)}: write a value that does`);
    default:
      return here(`${shown(value)} ${message ?? `breaks the schema's ${keyword}`}: change it`);
  }
}

/** A field of an object that no schema knows. The API server drops it or refuses the object. */
export function unknownField(object: unknown, path: JsonPath, known: readonly string[] = []): SchemaProblem {
  const meant = nearest(String(path.at(-1)), known);
  return {
    path: pathText(readableAt(object as Json, path).path),
    message: `this field is not known: ${meant === undefined ? 'remove it, or correct its name' : `did you mean ${meant}?`}`,
  };
}

/** A field of an object that newer versions of Kubernetes have. */
export function newerField(object: unknown, path: JsonPath, since: string): SchemaProblem {
  return {
    path: pathText(readableAt(object as Json, path).path),
    message: `Kubernetes ${KUBERNETES_VERSION} does not have this field, which is new in ${since}: remove it`,
  };
}

/** The steps of a JSON pointer into an object. */
function stepsOf(object: unknown, pointer: string): JsonPath {
  const path: (string | number)[] = [];
  let value = object;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(value) ? Number(key) : key);
    value = (value as Record<string, unknown> | undefined)?.[key];
  }
  return path;
}

/** A value as a message names it, shortened. */
export const shown = (value: unknown): string => {
  const text = value === MASK ? MASK : quote(value ?? null);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
};

function withArticle(type: unknown): string {
  const words = (Array.isArray(type) ? type : [type]).map(
    (word) => `${/^[aio]/.test(String(word)) ? 'an' : 'a'} ${String(word)}`,
  );
  return words.join(' or ');
}
