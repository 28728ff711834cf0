import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, Manifest } from '../objects/manifest';
import { describeObject, objectKey } from '../objects/manifest';
import type { Mistake } from '../objects/mistakes';
import { Mistakes } from '../objects/mistakes';
import { readDocuments } from '../releases/documents';
import type { LockedFile } from '../releases/lock';
import type { RenderedFile } from '../render/files';
import type { Sources, SourceObject } from '../sources/read-sources';
import { withoutServerFields } from '../objects/server-fields';
import { sameTree, treeOf } from './object-diff';

/** An object of a real release. */
export interface ReleaseObject {
  readonly manifest: Manifest;

  /** `file:line` of its first key. */
  readonly source: string;

  /** The folder of the kustomization that makes it. @default - it stands where `source` says */
  readonly madeBy?: string;
}

/**
 * The objects of a release's files. What upstream repeats is there once.
 *
 * @throws Error if a file is not there
 * @throws Mistakes for what is no Kubernetes object, and for two different declarations of one
 */
export function readRelease(folder: string, files: readonly string[]): ReleaseObject[] {
  const missing = files.filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) throw new Error(`${folder}: ${missing.join(', ')} not found`);
  return readObjects(files.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })));
}

/** The objects of a file whose text is known, so that it need not be read: most files of a change are as they were. */
export type KnownFiles = (file: RenderedFile) => readonly ReleaseObject[] | undefined;

/**
 * The objects of YAML files. What they repeat is there once.
 *
 * @throws Mistakes for what is no Kubernetes object, and for two different declarations of one
 */
export function readObjects(files: readonly RenderedFile[], known: KnownFiles = () => undefined): ReleaseObject[] {
  const mistakes: Mistake[] = [];
  const read = files.flatMap((file) => known(file) ?? objectsIn(file, mistakes));
  const objects = folded(read, mistakes);
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return objects;
}

/**
 * The objects of what was read, as they are compared. What they repeat is there once.
 *
 * @param isKnown whether a manifest is as it is compared already
 * @throws Mistakes for what is no Kubernetes object, and for two different declarations of one
 */
export function comparedObjects(
  { objects, mistakes }: Pick<Sources, 'objects' | 'mistakes'>,
  isKnown: (manifest: Manifest) => boolean = () => false,
): SourceObject[] {
  const found = [...mistakes];
  const compared = folded(
    objects.map((object) => (isKnown(object.manifest) ? object : { ...object, manifest: asCompared(object.manifest) })),
    found,
  );
  if (found.length > 0) throw new Mistakes(found);
  return compared;
}

function objectsIn({ name, text }: RenderedFile, mistakes: Mistake[]): ReleaseObject[] {
  const read = readDocuments(text, name);
  mistakes.push(...read.mistakes);
  return read.documents.map(({ manifest, source }) => ({ manifest: asCompared(manifest), source }));
}

/** The objects of a file, without what in it is none. */
export const readableObjects = (file: RenderedFile): ReleaseObject[] => objectsIn(file, []);

/** What a manifest says by itself: without what a server adds to it, and what is nothing to the server. */
const asCompared = (manifest: Manifest): Manifest => withoutServerFields(withoutNulls(manifest));

/** The files whose bytes are not those that the lock knows. */
export function otherFiles(folder: string, files: readonly LockedFile[]): string[] {
  return files
    .filter(({ name, sha256 }) => {
      const sum = createHash('sha256').update(readFileSync(join(folder, name)));
      return sha256 !== undefined && sum.digest('hex') !== sha256;
    })
    .map(({ name }) => name);
}

function folded<Read extends ReleaseObject>(objects: readonly Read[], mistakes: Mistake[]): Read[] {
  const first = new Map<string, Read>();
  for (const object of objects) {
    const key = objectKey(object.manifest);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, object);
    else if (!sameTree(treeOf(earlier.manifest), treeOf(object.manifest))) {
      const fix = object.madeBy === earlier.madeBy ? '' : ': name one of the two';
      mistakes.push({
        where: object.source,
        message: `${describeObject(object.manifest)} stands at ${earlier.source} too, with other content${fix}`,
      });
    }
  }
  return [...first.values()];
}

/** To the API server a field that is null is one that is not there. */
export function withoutNulls(manifest: Manifest): Manifest {
  return valueWithoutNulls(manifest as Json) as unknown as Manifest;
}

function valueWithoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(valueWithoutNulls);
  if (value === null || typeof value !== 'object') return value;
  const given = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(given.map(([key, field]) => [key, valueWithoutNulls(field)]));
}
