import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RenderedFile } from './files';
import { writeWholeFiles } from '../files/whole-files';

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

/** What a folder is to hold. */
export interface DistFolder {
  readonly folder: string;
  readonly files: readonly RenderedFile[];
}

/**
 * Makes the platform's files of folders these ones: writes what is new or different, removes what is no longer rendered,
 * and leaves every file alone whose name is not of the platform's form. All of it is done, or nothing.
 *
 * @returns each folder with what was done to it
 * @throws Error of one line if a file or folder cannot be written
 */
export function writeDist<Folder extends DistFolder>(
  ...folders: readonly Folder[]
): (Folder & { readonly changes: DistChanges })[] {
  const all = folders.map((one) => ({ ...one, changes: compareDist(one) }));
  writeWholeFiles(
    all.flatMap(({ folder, files, changes }) => {
      const written = new Set(changes.written);
      return files
        .filter(({ name }) => written.has(name))
        .map(({ name, text }) => ({ path: join(folder, name), text }));
    }),
    all.flatMap(({ folder, changes }) => changes.removed.map((name) => join(folder, name))),
  );
  return all;
}

/**
 * What {@link writeDist} would do, without doing it.
 *
 * @throws Error of one line if the folder is none
 */
export function compareDist({ folder, files }: DistFolder): DistChanges {
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
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw code === 'ENOTDIR' ? new Error(`${folder} is no folder: name one`, { cause: error }) : error;
  }
}
