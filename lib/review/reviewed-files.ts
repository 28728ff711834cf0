import type { Manifest, PlatformObject } from '../objects/manifest';
import { describeObject } from '../objects/manifest';
import type { FileOptions } from '../render/files';
import { filesOf, textOf } from '../render/files';
import type { NotRenderedFile } from '../sources/not-rendered';
import type { Sources } from '../sources/read-sources';
import { readSources } from '../sources/read-sources';
import type { ReviewedObject } from './object-changes';
import type { KnownFiles, ReleaseObject } from './release-objects';
import { comparedObjects, withoutNulls } from './release-objects';

/** Objects that were read from files. */
export function inFiles(objects: readonly ReleaseObject[]): ReviewedObject[] {
  return objects.map(({ manifest, source }) => ({ manifest, file: source.replace(/:\d+$/, '') }));
}

/** The objects of a platform, in the files that they are rendered to, and those files as they would be read. */
export interface RenderedObjects {
  readonly objects: readonly ReviewedObject[];
  readonly known: KnownFiles;
}

export function rendered(objects: readonly PlatformObject[], options?: FileOptions): RenderedObjects {
  const files = new Map(
    filesOf(objects, options).map((file) => [
      file.name,
      { file, objects: file.objects.map(({ manifest }) => ({ manifest: withoutNulls(manifest), source: file.name })) },
    ]),
  );
  return {
    objects: inFiles([...files.values()].flatMap((file) => file.objects)),
    known: ({ name, text }) => {
      const there = files.get(name);
      return there !== undefined && textOf(there.file) === text ? there.objects : undefined;
    },
  };
}

/** A file beside those of a platform, and what is in it. */
export interface FileBeside {
  readonly file: string;
  readonly objects: readonly string[];

  /** What in it is no object. */
  readonly problems: readonly string[];
}

/** What `kubectl apply -f` takes from the folder of a platform. */
export interface FolderObjects {
  readonly objects: readonly ReviewedObject[];
  readonly notRendered: readonly FileBeside[];
}

/**
 * The objects of a platform with those of the other files of its folder.
 *
 * @throws Mistakes where one of them declares an object of the platform too, with other content
 */
export function withFilesBeside(platform: readonly ReviewedObject[], files: readonly NotRenderedFile[]): FolderObjects {
  if (files.length === 0) return { objects: platform, notRendered: [] };
  const known = new Set(platform.map(({ manifest }) => manifest));
  const read = comparedObjects(
    {
      objects: [
        ...platform.map((object) => ({ source: object.file ?? '', ...object })),
        ...files.flatMap(({ name, objects }) =>
          objects.map(({ manifest, source }) => ({ manifest, source, file: name })),
        ),
      ],
      mistakes: [],
    },
    (manifest) => known.has(manifest),
  );
  return {
    objects: read.map(({ manifest, file }) => ({ manifest, ...(file !== undefined && { file }) })),
    notRendered: files.map(({ name, objects, mistakes }) => ({
      file: name,
      objects: objects.map(({ manifest }) => describeObject(manifest)),
      problems: mistakes.map(({ message }) => message),
    })),
  };
}

/** The objects of what a user names, and which files those are of. */
export interface ReviewedSources {
  readonly objects: readonly ReviewedObject[];
  readonly sources: Pick<Sources, 'files' | 'notes'>;
}

/**
 * The objects of a file, of a folder with all below it, or of standard input.
 *
 * @param known files that need not be read
 * @throws Error if it is not there or has no YAML file
 * @throws Mistakes for what is no Kubernetes object, and for two different declarations of one
 */
export async function reviewedSources(path: string, known: KnownFiles = () => undefined): Promise<ReviewedSources> {
  const kept = new Set<Manifest>();
  const sources = await readSources([path], {
    known: (file) => {
      const objects = known(file);
      objects?.forEach(({ manifest }) => kept.add(manifest));
      return objects;
    },
  });
  const objects = comparedObjects(sources, (manifest) => kept.has(manifest));
  return { objects: objects.map(({ manifest, file }) => ({ manifest, ...(file !== undefined && { file }) })), sources };
}
