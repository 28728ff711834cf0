import type { IResolver } from 'cdk8s';
import {
  ApiObject,
  ApiObjectMetadataDefinition,
  App,
  ImplicitTokenResolver,
  Lazy,
  LazyResolver,
  NumberStringUnionResolver,
} from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Manifest } from './manifest';
import { sortedKeys } from './sorted-keys';
import { isWhole, LOST_KEY, unwritableIn } from './unwritable';

/**
 * The manifest of an object, as its `toJson` gives it. That asks for the app, and builds a context, for every value in it, and goes through
 * each object five times; this goes through it once. What is out of the ordinary is left to `toJson`: patches, resolvers of an app's own,
 * classes with a `toJson` of their own, and what cannot be written.
 */
export function manifestOf(object: ApiObject): Manifest {
  return ordinaryManifest(object) ?? (object.toJson() as Manifest);
}

/**
 * The same of an object that is to be written. `toJson` passes on some of what cannot be, and loses some.
 *
 * @throws Error for what YAML has no place for, with its path in the object
 */
export function writableManifestOf(object: ApiObject): Manifest {
  const ordinary = ahead.get(object) ?? ordinaryManifest(object);
  ahead.delete(object);
  if (ordinary !== undefined) return ordinary;
  const { props } = object as unknown as { readonly props?: Fields };
  const given = unwritableIn(props);
  if (given !== undefined) throw new Error(given);
  const manifest = object.toJson() as Manifest;
  const made = unwritableIn(manifest);
  if (made !== undefined) throw new Error(made);
  return manifest;
}

/** What was rendered while constructs said what is wrong with them, and is written right after that. */
const ahead = new WeakMap<ApiObject, Manifest>();

/**
 * The manifest of an object that a construct looks at to say what is wrong with it, in its validation. It is not rendered again for being written.
 * `undefined` for an object that is out of the ordinary.
 */
export function manifestToValidate(object: ApiObject): Manifest | undefined {
  const manifest = ordinaryManifest(object);
  if (manifest !== undefined) ahead.set(object, manifest);
  return manifest;
}

/** A manifest as it is written, before it is an object's: with the values of what stands for them. `undefined` if it cannot be written. */
export function asWritten(manifest: object): Manifest | undefined {
  try {
    return plain(manifest) as Manifest;
  } catch {
    return undefined;
  }
}

function ordinaryManifest(object: ApiObject): Manifest | undefined {
  const parts = partsOf(object);
  if (parts === undefined) return undefined;
  try {
    const { apiVersion, kind } = parts.props;
    const manifest = plainFields({ apiVersion, kind });
    const metadata = plain(parts.metadata, true);
    if (metadata !== undefined) manifest.metadata = metadata;
    const rest = Object.keys(parts.props).filter((key) => !FIRST.includes(key));
    return addFields(manifest, rest.sort(), parts.props, false) as Manifest;
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

const FIRST = ['apiVersion', 'kind', 'metadata'];

/** What a manifest is made of, where cdk8s does nothing else with it; it keeps that to itself. */
function partsOf(object: ApiObject): { readonly props: Fields; readonly metadata: Fields } | undefined {
  const { props, patches, metadata, toJson } = object as unknown as {
    readonly props?: Fields;
    readonly patches?: readonly unknown[];
    readonly metadata: Fields & { readonly _additionalAttributes?: Fields };
    readonly toJson: unknown;
  };
  const { _additionalAttributes: others, name, namespace, annotations, finalizers, ownerReferences, labels } = metadata;
  const ordinary =
    toJson === ApiObject.prototype.toJson &&
    metadata.toJson === ApiObjectMetadataDefinition.prototype.toJson &&
    patches?.length === 0 &&
    hasUsualResolvers(object.node.root);
  if (!ordinary || props === undefined || others === undefined) return undefined;
  // In order, as they are written.
  const own = { annotations, finalizers, labels, name, namespace, ownerReferences };
  const further = Object.keys(others).some((key) => !Object.hasOwn(own, key));
  return { props, metadata: further ? { ...others, ...own } : own };
}

const USUAL: readonly unknown[] = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];
const apps = new WeakMap<IConstruct, boolean>();

function hasUsualResolvers(root: IConstruct): boolean {
  const known = apps.get(root);
  if (known !== undefined) return known;
  const usual = root instanceof App && areUsual(root.resolvers);
  apps.set(root, usual);
  return usual;
}

const areUsual = (resolvers: readonly IResolver[]): boolean =>
  resolvers.length === USUAL.length && resolvers.every((resolver, index) => resolver.constructor === USUAL[index]);

/** Stands for what `toJson` is to say of. */
class NotPlain extends Error {}

function refuse(): never {
  throw new NotPlain();
}

/**
 * A value as JSON has it, with the keys of mappings in order and without those that have no value.
 *
 * @param withoutEmpty whether empty lists and mappings are no value, as in metadata
 */
function plain(value: unknown, withoutEmpty = false): unknown {
  if (typeof value === 'string') return isWhole(value) ? value : refuse();
  if (value === null || value === undefined) return undefined;
  const isPlain = value.constructor === Object;
  if (!isPlain && value instanceof Lazy) return plain(value.produce(), withoutEmpty);
  const { resolve } = value as { readonly resolve?: unknown };
  if (typeof resolve === 'function') return plain((value as { resolve(): unknown }).resolve(), withoutEmpty);
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
  if (typeof value !== 'object') return refuse();
  if (Array.isArray(value)) {
    return withoutEmpty && value.length === 0 ? undefined : value.map((item) => plain(item, withoutEmpty));
  }
  if (!isPlain) refuse();
  const fields = plainFields(value as Fields, withoutEmpty);
  return withoutEmpty && Object.keys(fields).length === 0 ? undefined : fields;
}

const plainFields = (value: Fields, withoutEmpty = false): Record<string, unknown> =>
  addFields({}, sortedKeys(value), value, withoutEmpty);

function addFields(
  fields: Record<string, unknown>,
  keys: readonly string[],
  value: Fields,
  withoutEmpty: boolean,
): Record<string, unknown> {
  for (const key of keys) {
    if (key === LOST_KEY || !isWhole(key)) refuse();
    const member = plain(value[key], withoutEmpty);
    if (member !== undefined) fields[key] = member;
  }
  return fields;
}
