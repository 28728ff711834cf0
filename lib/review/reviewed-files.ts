import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlatformObject } from '../objects/manifest';
import type { FileOptions } from '../render/files';
import { filesOf, textOf } from '../render/files';
import type { ReviewedObject } from './object-changes';
import type { KnownFiles, ReleaseObject } from './release-objects';
import { readObjects, withoutNulls } from './release-objects';

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

/**
 * The objects of all YAML files of a folder, as `kubectl apply -f` takes them: those in folders below are left out.
 *
 * @param known files that need not be read
 * @throws Error if the folder is not there or has no YAML file
 * @throws Mistakes for what is no Kubernetes object, and for two different declarations of one
 */
export function folderObjects(folder: string, known?: KnownFiles): ReviewedObject[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => /\.(ya?ml|json)$/.test(name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(code === 'ENOENT' ? `${folder}: no such folder` : `${folder}: cannot be read as a folder`, {
      cause: error,
    });
  }
  if (names.length === 0) throw new Error(`${folder}: has no YAML file`);
  const files = names.sort().map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  return inFiles(readObjects(files, known));
}
