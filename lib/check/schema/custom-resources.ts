import type { Ajv, ValidateFunction } from 'ajv';
import type { Memory } from '../../memory';
import type { Manifest, PlatformObject } from '../../objects/manifest';
import { groupOf } from '../../objects/api-group';
import { at, list, mapping, text } from '../../objects/json';
import type { ObjectIndex } from '../../model/object-index';
import { jsonSchemaOf } from './structural-schema';
import type { SchemaError, SchemaProblem } from './schema-error';
import { schemaProblems } from './schema-error';
import { newValidator } from './validator';

/** A kind of custom resource among the objects. */
export interface CustomKind {
  /** The CustomResourceDefinition. */
  readonly object: PlatformObject;

  /** The schemas of its versions. */
  readonly versions: ReadonlyMap<string, unknown>;
}

/** The custom kinds of the objects, by `group/Kind`. Of repeated definitions the first counts. */
export function customKinds(objects: ObjectIndex): ReadonlyMap<string, CustomKind> {
  const kinds = new Map<string, CustomKind>();
  for (const object of objects.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')) {
    const spec = at(object.manifest, 'spec');
    const key = `${text(at(spec, 'group')) ?? ''}/${text(at(spec, 'names', 'kind')) ?? ''}`;
    const versions = list(at(spec, 'versions')).map(
      (version) => [text(at(version, 'name')) ?? '', at(version, 'schema', 'openAPIV3Schema')] as const,
    );
    if (!kinds.has(key)) kinds.set(key, { object, versions: new Map(versions) });
  }
  return kinds;
}

export const kindKey = ({ apiVersion, kind }: Manifest): string => `${groupOf(apiVersion)}/${kind}`;

const versionOf = ({ apiVersion }: Manifest): string => apiVersion.slice(groupOf(apiVersion).length + 1);

/** Validates custom resources by the schemas of their definitions, each compiled once. */
export class CustomResourceValidator {
  private readonly kinds: ReadonlyMap<string, CustomKind>;
  private readonly compiled = new Map<unknown, ValidateFunction>();
  private readonly memory: Memory;
  private ajv: Ajv | undefined;

  constructor(objects: ObjectIndex) {
    this.memory = objects.memory;
    this.kinds = customKinds(objects);
  }

  /** Whether anything can be wrong with custom resources of that kind and version. */
  restricts(manifest: Manifest): boolean {
    const kind = this.kinds.get(kindKey(manifest));
    const version = versionOf(manifest);
    return kind !== undefined && (!kind.versions.has(version) || saysAnything(kind.versions.get(version)));
  }

  /** What is wrong with a custom resource; nothing if its definition is not among the objects or has no schema. */
  problems(manifest: Manifest): SchemaProblem[] {
    const kind = this.kinds.get(kindKey(manifest));
    if (kind === undefined) return [];
    const version = versionOf(manifest);
    if (!kind.versions.has(version)) {
      const served = [...kind.versions.keys()].join(', ');
      return [{ path: 'apiVersion', message: `${manifest.kind} has no version ${version}: use ${served}` }];
    }
    const schema = kind.versions.get(version);
    if (!saysAnything(schema)) return [];
    return this.memory.recall('custom-resource-schema', [schema, manifest], () => this.validated(schema, manifest));
  }

  private validated(schema: unknown, manifest: Manifest): SchemaProblem[] {
    const validate = this.validator(schema);
    return validate(manifest) ? [] : schemaProblems(manifest, (validate.errors ?? []) as SchemaError[]);
  }

  private validator(schema: unknown): ValidateFunction {
    const made = this.compiled.get(schema);
    if (made !== undefined) return made;
    this.ajv ??= newValidator();
    const validate = this.ajv.compile(jsonSchemaOf(schema));
    this.compiled.set(schema, validate);
    return validate;
  }
}

/** Keywords that restrict nothing. */
const OPEN: readonly string[] = ['type', 'description', 'x-kubernetes-preserve-unknown-fields'];

const saysAnything = (schema: unknown): boolean => Object.keys(mapping(schema)).some((key) => !OPEN.includes(key));
