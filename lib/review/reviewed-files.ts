import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlatformObject } from '../objects/manifest';
import type { ReviewedObject } from './object-changes';
import type { ReleaseObject } from './release-objects';
import { readObjects, withoutNulls } from './release-objects';

/** Objects that were read from files. */
export function inFiles(objects: readonly ReleaseObject[]): ReviewedObject[] {
  return objects.map(({ manifest, source }) => ({ manifest, file: source.replace(/:\d+$/, '') }));
}

/** The objects of a platform, in the files that they are rendered to. */
export function rendered(objects: readonly PlatformObject[]): ReviewedObject[] {
  return objects.map(({ manifest, phase }) => ({ manifest: withoutNulls(manifest), file: `${phase}.yaml` }));
}

/**
 * The objects of all YAML files of a folder, as `kubectl apply -f` takes them: those in folders below are left out.
 *
 * @throws Error if the folder is not there or has no YAML file
 * @throws Mistakes for what is no Kubernetes object, and for two different declarations of one
 */
export function folderObjects(folder: string): ReviewedObject[] {
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
  return inFiles(readObjects(names.sort().map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))));
}
