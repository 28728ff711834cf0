import type { Stats } from 'node:fs';
import { linkSync, mkdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** A file as it is to be. */
export interface NewFile {
  readonly path: string;
  readonly text: string;

  /** Who may read it. @default - as the process makes files */
  readonly mode?: number;

  /** Who may read folders that are made for it. @default - as the process makes folders */
  readonly folderMode?: number;
}

/** A file that is ready to go where it belongs, on the same disk. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * Writes all files and removes others, or does neither: what was there comes back, and nothing half written stays. What is no file, such as
 * a pipe or /dev/null, is written last, and stays what it is.
 *
 * @throws Error of one line with the path and the reason
 */
export function writeWholeFiles(files: readonly NewFile[], removed: readonly string[] = []): void {
  const isStream = ({ path }: NewFile): boolean => {
    const there = whatIs(path);
    return there !== undefined && !there.isFile() && !there.isDirectory();
  };
  const undo = new Undo();
  undo.onError(() => {
    const streams = files.filter(isStream);
    const ready = files.filter((file) => !streams.includes(file));
    const moves = ready.map(({ path, text, mode, folderMode }) => {
      undo.makeFolder(dirname(path), folderMode);
      const from = beside(path, 'partial');
      undo.add(() => {
        rmSync(from, { force: true });
      });
      attempt(`cannot write ${path}`, () => {
        writeFileSync(from, text, { ...(mode !== undefined && { mode }) });
      });
      return { from, to: path };
    });
    moveFiles(moves, removed);
    for (const { path, text } of streams) {
      attempt(`cannot write ${path}`, () => {
        writeFileSync(path, text);
      });
    }
  });
}

/**
 * Moves all files to where they belong and removes others, or does neither.
 *
 * @throws Error of one line with the path and the reason
 */
export function moveFiles(moves: readonly Move[], removed: readonly string[] = []): void {
  const undo = new Undo();
  const replaced: string[] = [];
  const putAside = (path: string): void => {
    const there = whatIs(path);
    if (there === undefined) return;
    if (there.isDirectory()) throw new Error(`${path} is a folder, where a file is to go: move it away`);
    const before = beside(path, 'before');
    try {
      // So that at no time there is none.
      linkSync(path, before);
    } catch {
      renameSync(path, before);
    }
    undo.add(() => {
      renameSync(before, path);
      rmSync(before, { force: true });
    });
    replaced.push(before);
  };
  undo.onError(() => {
    for (const { from, to } of moves) {
      undo.makeFolder(dirname(to));
      attempt(`cannot write ${to}`, () => {
        putAside(to);
        renameSync(from, to);
      });
      undo.add(() => {
        renameSync(to, from);
      });
    }
    for (const path of removed) {
      attempt(`cannot remove ${path}`, () => {
        putAside(path);
        rmSync(path, { force: true });
      });
    }
  });
  for (const before of replaced) rmSync(before, { force: true });
}

/**
 * Makes a folder, and those that it is in. Node's own way to make several never ends where the system makes none, as in /proc.
 *
 * @param mode of those that are made
 * @returns the first of them; nothing if all were there
 * @throws Error of one line with the path and the reason
 */
export function makeFolder(path: string, mode?: number): string | undefined {
  const missing: string[] = [];
  let at = resolve(path);
  for (; whatIs(at) === undefined; at = dirname(at)) missing.unshift(at);
  if (whatIs(at)?.isDirectory() !== true) throw new Error(`cannot make the folder ${path}: ${at} is no folder`);
  const undo = new Undo();
  undo.onError(() => {
    for (const folder of missing) {
      attempt(`cannot make the folder ${path}`, () => {
        try {
          mkdirSync(folder, { ...(mode !== undefined && { mode }) });
          undo.add(() => {
            rmdirSync(folder);
          });
        } catch (error) {
          // Another process may make it at the same time.
          if (whatIs(folder)?.isDirectory() !== true) throw error;
        }
      });
    }
  });
  return missing[0];
}

/** What a path leads to; nothing where there is none. */
function whatIs(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A part of the path is a file.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Steps that take back what was done. */
class Undo {
  private readonly steps: (() => void)[] = [];

  add(step: () => void): void {
    this.steps.push(step);
  }

  makeFolder(path: string, mode?: number): void {
    const created = makeFolder(path, mode);
    if (created === undefined) return;
    this.add(() => {
      rmSync(created, { recursive: true, force: true });
    });
  }

  onError(run: () => void): void {
    try {
      run();
    } catch (error) {
      for (const step of this.steps.reverse()) step();
      throw error;
    }
  }
}

/** Says what could not be done and why, rather than which call failed: `cannot write dist/20-linkerd.yaml: no space left on device`. */
function attempt(what: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    const [, reason] = /^E[A-Z0-9]+: (.+?), \w+/.exec((error as Error).message) ?? [];
    throw reason === undefined ? error : new Error(`${what}: ${reason}`, { cause: error });
  }
}

const beside = (path: string, suffix: string): string =>
  join(dirname(path), `.${basename(path)}.${process.pid}.${suffix}`);
