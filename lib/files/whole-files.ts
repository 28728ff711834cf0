import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isRunning } from './folder-lock';
import type { ChangeJournal } from './change-journal';
import { attempt, makeFolder, missingFolders, whatIs } from './make-folder';
import type { Step } from './steps';
import { abandon, complete, take, takeBack } from './steps';

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

/** A change of several files, of which all is done, or nothing. */
export interface Change {
  /** What is changed, as its user knows it. */
  readonly what: string;

  /** What its user is to do then, a step a line. @default - nothing */
  readonly next?: readonly string[];

  /** @default - none */
  readonly files?: readonly NewFile[];

  /** Files that are ready. They go after the others, in this order. @default - none */
  readonly moves?: readonly Move[];

  /** Files that go. @default - none */
  readonly removed?: readonly string[];

  /** Folders that go if nothing is left in them. @default - none */
  readonly emptied?: readonly string[];
}

/**
 * Writes all files and removes others, or does neither: what was there comes back, and nothing half written stays. What is no file, such as
 * a pipe or /dev/null, is written last, and stays what it is. Killed, it leaves some files new and some old, each whole; the next run that writes them
 * removes what else was left.
 *
 * @throws Error of one line with the path and the reason
 */
export function writeWholeFiles(files: readonly NewFile[], removed: readonly string[] = []): void {
  const streams = files.filter(({ path }) => {
    const there = whatIs(path);
    return there !== undefined && !there.isFile() && !there.isDirectory();
  });
  const ready = files.filter((file) => !streams.includes(file));
  sweep([...ready.map(({ path }) => path), ...removed]);
  perform({ what: '', files: ready, removed }, undefined, () => {
    for (const { path, text } of streams) {
      attempt(`cannot write ${path}`, () => {
        writeFileSync(path, text);
      });
    }
  });
}

/**
 * Changes files, of which all is done, or nothing. Wherever it is killed, {@link ChangeJournal.finish} of the next run does the rest of it, or takes it back.
 *
 * @throws Error of one line with the path and the reason
 */
export function changeFiles(change: Change, journal: ChangeJournal): void {
  perform(change, journal);
}

function perform(
  { what, next = [], files = [], moves = [], removed = [], emptied = [] }: Change,
  journal: ChangeJournal | undefined,
  last: () => void = () => undefined,
): void {
  const written = files.map((file) => ({ ...file, partial: beside(file.path, 'partial') }));
  const steps: Step[] = [
    ...written.map(({ path, partial }) => ({ from: partial, to: path })),
    ...moves,
    ...removed.map((path) => ({ to: path })),
  ].map((step) => ({ ...step, replaces: whatIs(step.to) !== undefined, before: beside(step.to, 'before') }));
  const partials = written.map(({ partial }) => partial);
  const made = [...new Set(steps.filter(({ from }) => from !== undefined).map(({ to }) => dirname(to)))].flatMap(
    missingFolders,
  );
  const begun = { what, next, partials, made: [...new Set(made)] };
  journal?.write({ state: 'preparing', ...begun });
  const taken: Step[] = [];
  try {
    for (const { path, partial, text, mode, folderMode } of written) {
      makeFolder(dirname(path), folderMode);
      attempt(`cannot write ${path}`, () => {
        writeFileSync(partial, text, { ...(mode !== undefined && { mode }), flush: journal !== undefined });
      });
    }
    journal?.write({ state: 'moving', ...begun, steps, emptied });
    for (const step of steps) {
      taken.push(step);
      take(step);
    }
    last();
  } catch (error) {
    if (taken.length > 0) journal?.write({ state: 'undoing', ...begun, steps: taken, emptied });
    for (const step of taken.reverse()) takeBack(step);
    abandon(begun);
    journal?.end();
    throw error;
  }
  complete({ steps, emptied });
  journal?.end();
}

/** Removes what a run that was killed has left beside files; what it had put aside and not replaced comes back. */
function sweep(paths: readonly string[]): void {
  const names = new Map<string, Set<string>>();
  for (const path of paths) names.set(dirname(path), (names.get(dirname(path)) ?? new Set()).add(basename(path)));
  for (const [folder, own] of names) {
    for (const left of whatIs(folder)?.isDirectory() === true ? readdirSync(folder) : []) {
      const [, name = '', process = '', suffix] = BESIDE.exec(left) ?? [];
      if (!own.has(name) || isRunning(Number(process))) continue;
      const [path, to] = [join(folder, left), join(folder, name)];
      if (suffix === 'before' && !existsSync(to)) renameSync(path, to);
      else rmSync(path, { force: true });
    }
  }
}

const beside = (path: string, suffix: 'partial' | 'before'): string =>
  join(dirname(path), `.${basename(path)}.${process.pid}.${suffix}`);

const BESIDE = /^\.(.+)\.(\d+)\.(partial|before)$/;
