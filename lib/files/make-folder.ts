import type { Stats } from 'node:fs';
import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder, and those that it is in. Node's own way to make several never ends where the system makes none, as in /proc.
 *
 * @param mode of those that are made
 * @returns those that were made, the outermost first
 * @throws Error of one line with the path and the reason
 */
export function makeFolder(path: string, mode?: number): string[] {
  const missing = missingFolders(path);
  const made: string[] = [];
  try {
    for (const folder of missing) {
      attempt(`cannot make the folder ${path}`, () => {
        try {
          mkdirSync(folder, { ...(mode !== undefined && { mode }) });
          made.push(folder);
        } catch (error) {
          // Another process may make it at the same time.
          if (whatIs(folder)?.isDirectory() !== true) throw error;
        }
      });
    }
  } catch (error) {
    for (const folder of made.reverse()) rmdirSync(folder);
    throw error;
  }
  return made;
}

/**
 * The folders that {@link makeFolder} would make, the outermost first.
 *
 * @throws Error if a file is where one of them is to be
 */
export function missingFolders(path: string): string[] {
  const missing: string[] = [];
  let at = resolve(path);
  for (; whatIs(at) === undefined; at = dirname(at)) missing.unshift(at);
  if (whatIs(at)?.isDirectory() !== true) throw new Error(`cannot make the folder ${path}: ${at} is no folder`);
  return missing;
}

/** Removes a folder if nothing is in it. */
export function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes(code)) throw error;
  }
}

/** What a path leads to; nothing where there is none. */
export function whatIs(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A part of the path is a file.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Says what could not be done and why, rather than which call failed: `cannot write dist/20-linkerd.yaml: no space left on device`. */
export function attempt(what: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    const [, reason] = /^E[A-Z0-9]+: (.+?), \w+/.exec((error as Error).message) ?? [];
    throw reason === undefined ? error : new Error(`${what}: ${reason}`, { cause: error });
  }
}
