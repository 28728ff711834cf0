import { isDeepStrictEqual } from 'node:util';
import { at, list, text } from '../objects/json';
import type { Json, Manifest } from '../objects/manifest';
import { nameOf } from '../objects/manifest';
import type { ObjectChange } from './object-changes';
import { canonicalJson } from './path';
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

/** What a change to a CRD means; nothing for all other objects. */
export function crdChanges({ kind, from, to }: ObjectChange): CrdChange[] {
  const manifest = to ?? from;
  if (manifest?.kind !== 'CustomResourceDefinition') return [];
  const crd = nameOf(manifest);
  const whole = (breaking: boolean, what: string): CrdChange[] => [{ crd, where: '', breaking, what }];
  if (kind === 'added') return whole(false, `new: ${versionNames(to)}`);
  if (kind === 'removed') return whole(true, 'removed: with it, all of its objects are deleted');
  return [
    ...nameChanges(from, to).map((what) => ({ crd, where: '', breaking: true, what })),
    ...versionChanges(versionsOf(from), versionsOf(to)).map((change) => ({ crd, ...change })),
  ];
}

const versionsOf = (manifest: Manifest | undefined): readonly Json[] => list(at(manifest, 'spec', 'versions'));
const nameOfVersion = (version: Json): string => text(at(version, 'name')) ?? '';
const versionNames = (manifest: Manifest | undefined): string => versionsOf(manifest).map(nameOfVersion).join(', ');

/** The names that clients and objects go by. */
const NAMES = ['group', 'scope', 'names.plural', 'names.singular', 'names.kind', 'names.listKind'];

function nameChanges(before: Manifest | undefined, after: Manifest | undefined): string[] {
  return NAMES.flatMap((field) => {
    const [old, now] = [before, after].map((manifest) => at(manifest, 'spec', ...field.split('.')));
    return isDeepStrictEqual(old, now) ? [] : [`${field}: ${nameText(old)} → ${nameText(now)}`];
  });
}

const nameText = (name: Json | undefined): string =>
  name === undefined ? 'none' : typeof name === 'string' ? name : canonicalJson(name);

type VersionChange = Omit<CrdChange, 'crd'>;

function versionChanges(before: readonly Json[], after: readonly Json[]): VersionChange[] {
  const of = (versions: readonly Json[], name: string): Json | undefined =>
    versions.find((version) => nameOfVersion(version) === name);
  const names = [...new Set([...before, ...after].map(nameOfVersion))];
  const storage = (versions: readonly Json[]): string => {
    const stored = versions.find((version) => at(version, 'storage') === true);
    return stored === undefined ? 'none' : nameOfVersion(stored);
  };
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

function changesOf(name: string, before: Json | undefined, after: Json | undefined): VersionChange[] {
  const change = (breaking: boolean, what: string): VersionChange => ({ where: name, breaking, what });
  if (before === undefined) return [change(false, 'version added')];
  if (after === undefined) return [change(true, 'version removed')];
  const [servedBefore, servedAfter] = [before, after].map((version) => at(version, 'served') !== false);
  const [deprecatedBefore, deprecatedAfter] = [before, after].map((version) => at(version, 'deprecated') === true);
  const [schemaBefore, schemaAfter] = [before, after].map((version) => at(version, 'schema', 'openAPIV3Schema'));
  return [
    ...(servedBefore && !servedAfter ? [change(true, 'no longer served')] : []),
    ...(!servedBefore && servedAfter ? [change(false, 'served')] : []),
    ...(!deprecatedBefore && deprecatedAfter ? [change(false, 'deprecated')] : []),
    ...schemaChanges(schemaBefore, schemaAfter).map(({ field, breaking, what }) => ({
      where: field === '' ? name : `${name} ${field}`,
      breaking,
      what,
    })),
  ];
}
