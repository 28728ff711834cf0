import { existsSync, linkSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { attempt, makeFolder, removeEmpty, whatIs } from './make-folder';

/** One file that is replaced or removed. */
export interface Step {
  /** What goes there, on the same disk. @default - the file is removed */
  readonly from?: string;
  readonly to: string;

  /** Whether a file stands there now. */
  readonly replaces: boolean;

  /** Where that is kept until all steps are done. */
  readonly before: string;
}

/** Does a step. At no time is there neither the old file nor the new one. */
export function take({ from, to, before }: Step): void {
  attempt(`cannot ${from === undefined ? 'remove' : 'write'} ${to}`, () => {
    if (from !== undefined) makeFolder(dirname(to));
    putAside(to, before);
    if (from === undefined) removeFile(to);
    else renameSync(from, to);
  });
}

function putAside(path: string, before: string): void {
  const there = whatIs(path);
  if (there === undefined) return;
  if (there.isDirectory()) throw new Error(`${path} is a folder, where a file is to go: move it away`);
  removeFile(before);
  try {
    linkSync(path, before);
  } catch {
    // A file system without links.
    renameSync(path, before);
  }
}

/** Does a step that may be done already, or in part. */
export function takeAgain({ from, to }: Step): void {
  attempt(`cannot ${from === undefined ? 'remove' : 'write'} ${to}`, () => {
    if (from === undefined) removeFile(to);
    else if (existsSync(from)) {
      makeFolder(dirname(to));
      renameSync(from, to);
    }
  });
}

/** Takes back a step that may be done, in part or not at all. */
export function takeBack({ from, to, replaces, before }: Step): void {
  // Without it what stands there is the old file, which is back already.
  if (replaces && lstatSync(before, { throwIfNoEntry: false })?.isDirectory() !== false) return;
  if (from !== undefined && !existsSync(from) && existsSync(to)) renameSync(to, from);
  if (!replaces) return;
  renameSync(before, to);
  // Of two names of one file, renaming leaves both.
  removeFile(before);
}

/** Removes what was made for steps that were not taken. */
export function abandon({
  partials,
  made,
}: {
  readonly partials: readonly string[];
  readonly made: readonly string[];
}): void {
  for (const partial of partials) removeFile(partial);
  for (const folder of [...made].reverse()) removeEmpty(folder);
}

/** Removes what is kept of before steps that are all taken, and folders in which nothing is left. */
export function complete({
  steps,
  emptied,
}: {
  readonly steps: readonly Step[];
  readonly emptied: readonly string[];
}): void {
  for (const { before } of steps) removeFile(before);
  for (const folder of emptied) removeEmpty(folder);
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
