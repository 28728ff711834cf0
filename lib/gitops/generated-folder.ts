import { existsSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Mistakes } from '../objects/mistakes';
import type { DistChanges } from '../render/dist';
import type { RenderedFile } from '../render/files';
import { writeWholeFiles } from '../files/whole-files';

/** The first line of a file that a command writes, by which it knows the file again: all others in the folder are the user's. */
export function generatedBy(command: string): string {
  return `# Written by ${command}, which writes it again: change main.ts or settings.yaml instead.\n`;
}

/**
 * What {@link writeGenerated} would do to a folder, without doing it. Files are named by their path in it.
 *
 * @throws Mistakes for every file of the user's that is where one is to be written
 */
export function compareGenerated(folder: string, files: readonly RenderedFile[], firstLine: string): DistChanges {
  const foreign = files.filter(({ name }) => !(read(join(folder, name)) ?? firstLine).startsWith(firstLine));
  if (foreign.length > 0) {
    throw new Mistakes(
      foreign.map(({ name }) => ({
        where: relative('', join(folder, name)),
        message: 'is a file of yours where one is to be written: move it away, or name another folder',
      })),
    );
  }
  const unchanged = files.filter(({ name, text }) => read(join(folder, name)) === text).map(({ name }) => name);
  const names = files.map(({ name }) => name);
  return {
    written: names.filter((name) => !unchanged.includes(name)),
    unchanged,
    removed: generatedFiles(folder, firstLine).filter((name) => !names.includes(name)),
  };
}

/** What a folder is to hold. */
export interface GeneratedFolder {
  readonly folder: string;
  readonly files: readonly RenderedFile[];

  /** Other files, which are written with these. @default - none */
  readonly besides?: readonly RenderedFile[];
}

/**
 * Makes the generated files of folders these ones: writes what is new or different, removes what is no longer generated and the folders
 * that are then empty, and leaves every other file alone. All of it is done, or nothing.
 *
 * @returns what was done to each folder
 * @throws Error of one line if a file or folder cannot be written
 */
export function writeGenerated(folders: readonly GeneratedFolder[], firstLine: string): DistChanges[] {
  const all = folders.map((one) => ({ ...one, changes: compareGenerated(one.folder, one.files, firstLine) }));
  const removed = all.flatMap(({ folder, changes }) => changes.removed.map((name) => join(folder, name)));
  writeWholeFiles(
    all.flatMap(({ folder, files, besides = [], changes }) =>
      [...files.filter(({ name }) => changes.written.includes(name)), ...besides].map(({ name, text }) => ({
        path: join(folder, name),
        text,
      })),
    ),
    removed,
  );
  for (const parent of new Set(removed.map((path) => dirname(path)))) {
    if (readdirSync(parent).length === 0) rmdirSync(parent);
  }
  return all.map(({ changes }) => changes);
}

/** The files of a folder, and of those in it, that begin with the line. */
function generatedFiles(folder: string, firstLine: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((name) => read(join(folder, name))?.startsWith(firstLine) === true)
    .sort();
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
