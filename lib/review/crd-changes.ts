import type { Json, Manifest } from '../objects/manifest';
import { nameOf } from '../objects/manifest';
import type { ObjectChange } from './object-changes';
import { schemaChanges } from './schema-changes';

/** A change to a CRD that people who have its objects should know. */
export interface CrdChange {
  /** The CRD's name. */
  readonly crd: string;

  /** Where: a version, a field of one (`v1 spec.image`), or the CRD as a whole. */
  readonly where: string;

  /** Whether objects or clients that work now can stop to. */
  readonly breaking: boolean;
  readonly what: string;
}

interface Version {
  readonly name: string;
  readonly served?: boolean;
  readonly storage?: boolean;
  readonly deprecated?: boolean;
  readonly schema?: { readonly openAPIV3Schema?: Json };
}

interface Spec {
  readonly group?: string;
  readonly scope?: string;
  readonly names?: Readonly<Record<string, Json>>;
  readonly versions?: readonly Version[];
}

/** What a change to a CRD means; nothing for all other objects. */
export function crdChanges({ kind, from, to }: ObjectChange): CrdChange[] {
  const manifest = to ?? from;
  if (manifest?.kind !== 'CustomResourceDefinition') return [];
  const crd = nameOf(manifest);
  const whole = (breaking: boolean, what: string): CrdChange[] => [{ crd, where: '', breaking, what }];
  if (kind === 'added') return whole(false, `new: ${versionNames(to)}`);
  if (kind === 'removed') return whole(true, 'removed: with it, all of its objects are deleted');
  const [before, after] = [specOf(from), specOf(to)];
  return [
    ...nameChanges(before, after).map((what) => ({ crd, where: '', breaking: true, what })),
    ...versionChanges(before.versions ?? [], after.versions ?? []).map((change) => ({ crd, ...change })),
  ];
}

const specOf = (manifest: Manifest | undefined): Spec => (manifest?.spec ?? {}) as Spec;
const versionNames = (manifest: Manifest | undefined): string =>
  (specOf(manifest).versions ?? []).map(({ name }) => name).join(', ');

/** The names that clients and objects go by. */
const NAMES = ['plural', 'singular', 'kind', 'listKind'] as const;

function nameChanges(before: Spec, after: Spec): string[] {
  const pairs: [string, Json | undefined, Json | undefined][] = [
    ['group', before.group, after.group],
    ['scope', before.scope, after.scope],
    ...NAMES.map((name): [string, Json | undefined, Json | undefined] => [
      `names.${name}`,
      before.names?.[name],
      after.names?.[name],
    ]),
  ];
  return pairs
    .filter(([, old, now]) => old !== now)
    .map(([field, old, now]) => `${field}: ${nameText(old)} → ${nameText(now)}`);
}

const nameText = (name: Json | undefined): string => (typeof name === 'string' ? name : 'none');

type VersionChange = Omit<CrdChange, 'crd'>;

function versionChanges(before: readonly Version[], after: readonly Version[]): VersionChange[] {
  const of = (versions: readonly Version[], name: string): Version | undefined =>
    versions.find((version) => version.name === name);
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  const storage = (versions: readonly Version[]): string => versions.find((version) => version.storage)?.name ?? 'none';
  return [
    ...names.flatMap((name) => changesOf(name, of(before, name), of(after, name))),
    ...(storage(before) === storage(after)
      ? []
      : [
          {
            where: '',
            breaking: true,
            what: `storage version ${storage(before)} → ${storage(after)}: stored objects must be migrated before the old one can go`,
          },
        ]),
  ];
}

function changesOf(name: string, before: Version | undefined, after: Version | undefined): VersionChange[] {
  const change = (breaking: boolean, what: string): VersionChange => ({ where: name, breaking, what });
  if (before === undefined) return [change(false, 'version added')];
  if (after === undefined) return [change(true, 'version removed')];
  return [
    ...(before.served !== false && after.served === false ? [change(true, 'no longer served')] : []),
    ...(before.served === false && after.served !== false ? [change(false, 'served')] : []),
    ...(before.deprecated !== true && after.deprecated === true ? [change(false, 'deprecated')] : []),
    ...schemaChanges(before.schema?.openAPIV3Schema, after.schema?.openAPIV3Schema).map(
      ({ field, breaking, what }) => ({
        where: field === '' ? name : `${name} ${field}`,
        breaking,
        what,
      }),
    ),
  ];
}
