import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RenderedFile } from './files';
import { writeWholeFile } from './whole-file';

/** The folder of a platform's files: `dist/` itself, or that of its environment in it. */
export const folderOf = (dist: string, { environment = '' }: { readonly environment: string | undefined }): string =>
  join(dist, environment);

/** What writing did to a folder, by file name. */
export interface DistChanges {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/** The names that are the platform's in `dist/`: `NN-phase[.part].yaml`, where a part may have parts. All others are the user's. */
export const PLATFORM_FILE = /^\d{2}-[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.yaml$/;

/**
 * Makes the platform's files of a folder these ones: writes what is new or different, removes what is no longer rendered,
 * and leaves every file alone whose name is not of the platform's form. Each file is written whole or not at all.
 */
export function writeDist(folder: string, files: readonly RenderedFile[]): DistChanges {
  const changes = compareDist(folder, files);
  const written = new Set(changes.written);
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of files.filter(({ name }) => written.has(name))) {
    writeWholeFile(join(folder, name), text);
  }
  for (const name of changes.removed) rmSync(join(folder, name));
  return changes;
}

/** What {@link writeDist} would do, without doing it. */
export function compareDist(folder: string, files: readonly RenderedFile[]): DistChanges {
  const there = new Set(platformFiles(folder));
  const same = ({ name, text }: RenderedFile): boolean =>
    there.has(name) && readFileSync(join(folder, name)).equals(Buffer.from(text));
  const names = new Set(files.map(({ name }) => name));
  const unchanged = new Set(files.filter(same).map(({ name }) => name));
  return {
    written: [...names].filter((name) => !unchanged.has(name)),
    unchanged: [...unchanged],
    removed: [...there].filter((name) => !names.has(name)),
  };
}

function platformFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && PLATFORM_FILE.test(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
