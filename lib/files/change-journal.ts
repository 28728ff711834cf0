import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder';
import type { Step } from './steps';
import { abandon, complete, takeAgain, takeBack } from './steps';

/** A change that a killed run had begun. */
export interface FinishedChange {
  /** What is changed, as its user knows it. */
  readonly what: string;

  /** What its user is to do then, a step a line. */
  readonly next: readonly string[];
}

/** How far a change of files is, and what was made for it. */
type Progress = FinishedChange & {
  /** New files that wait beside their places. */
  readonly partials: readonly string[];

  /** Folders that were made for them, the outermost first. */
  readonly made: readonly string[];
} & (
    | { readonly state: 'preparing' }
    | {
        readonly state: 'moving' | 'undoing';
        readonly steps: readonly Step[];

        /** Folders that go if nothing is left in them. */
        readonly emptied: readonly string[];
      }
  );

/**
 * What a change of several files is about to do, on disk, so that the next run can finish it, or take it back, wherever this one is killed. It holds
 * paths alone.
 */
export class ChangeJournal {
  /** @param file where it stands while a change is under way */
  constructor(private readonly file: string) {}

  /** What an earlier run was changing when it was killed; `undefined` if none was. */
  pending(): string | undefined {
    return this.read()?.what;
  }

  /**
   * Finishes what an earlier run has begun to move, and takes back what it had not.
   *
   * @returns what was changed, where it is done now
   * @throws Error of one line where it cannot be finished
   */
  finish(): FinishedChange | undefined {
    const progress = this.read();
    if (progress === undefined) {
      this.end();
      return undefined;
    }
    if (progress.state === 'moving') {
      for (const step of progress.steps) takeAgain(step);
      complete(progress);
    } else {
      if (progress.state === 'undoing') for (const step of [...progress.steps].reverse()) takeBack(step);
      abandon(progress);
    }
    this.end();
    const { what, next } = progress;
    return progress.state === 'moving' ? { what, next } : undefined;
  }

  /** Says what is about to be done. */
  write(progress: Progress): void {
    makeFolder(dirname(this.file));
    writeFileSync(this.partial, JSON.stringify(progress), { flush: true });
    renameSync(this.partial, this.file);
  }

  /** Nothing is under way any more. */
  end(): void {
    rmSync(this.file, { force: true });
    rmSync(this.partial, { force: true });
  }

  private read(): Progress | undefined {
    return existsSync(this.file) ? (JSON.parse(readFileSync(this.file, 'utf8')) as Progress) : undefined;
  }

  private get partial(): string {
    return `${this.file}.partial`;
  }
}
