import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChangeJournal } from '../files/change-journal';
import { FolderLock } from '../files/folder-lock';
import { makeFolder, removeEmpty } from '../files/make-folder';
import type { Change } from '../files/whole-files';
import { changeFiles } from '../files/whole-files';
import type { Bytes } from './receive';
import { bytesOf } from './receive';

const IGNORE = '.gitignore';
const LOCK = 'lock';
const JOURNAL = 'change.json';

/** The name of a file that came whole. */
const KEPT = /\.[0-9a-f]{64}$/;

/**
 * Where files wait until all are there: `.vendor-partial/`, beside `vendor/` so that moving is renaming. What is checked stays there when a run fails or is
 * interrupted, under a name that holds its sum, and the next run takes it. It goes when a run succeeds. One run at a time works there.
 */
export class Staging {
  private readonly folder: string;
  private readonly lock: FolderLock;
  private readonly journal: ChangeJournal;

  constructor(root: string) {
    this.folder = join(root, '.vendor-partial');
    this.lock = new FolderLock(join(this.folder, LOCK), 'npm run vendor');
    this.journal = new ChangeJournal(join(this.folder, JOURNAL));
  }

  /**
   * Waits until no other run works there, and finishes what one that was killed has begun to move.
   *
   * @param milliseconds how long to wait at most
   * @param onWait called once, where there is a wait
   * @throws LockedByAnother if another run is still at work then
   */
  async enter(milliseconds: number, onWait: () => void): Promise<void> {
    await this.lock.takeWithin(milliseconds, onWait);
    // Git is to leave it alone in every repository.
    writeFileSync(join(this.folder, IGNORE), '*\n');
    this.journal.finish();
    for (const name of this.names()) if (!KEPT.test(name)) rmSync(join(this.folder, name), { force: true });
  }

  /** A path for a file that is on its way. */
  partial(label: string): string {
    return join(this.folder, `${flat(label)}.partial`);
  }

  /** A file with that text. */
  write(label: string, text: string): string {
    const path = this.partial(label);
    writeFileSync(path, text, { flush: true });
    return path;
  }

  /** Keeps a file that came whole. */
  keep(partial: string, label: string, { sha256 }: Bytes): string {
    const kept = this.kept(label, sha256);
    renameSync(partial, kept);
    return kept;
  }

  /** The file of that sum which an earlier run kept; `undefined` if there is none. */
  async find(label: string, sha256: string): Promise<{ readonly path: string; readonly bytes: Bytes } | undefined> {
    const path = this.kept(label, sha256);
    const bytes = await bytesOf(path);
    return bytes?.sha256 === sha256 ? { path, bytes } : undefined;
  }

  /**
   * Does a change of files. Killed, the next run does the rest of it.
   *
   * @throws Error if the lock was taken away
   */
  change(change: Change): void {
    if (!this.lock.isHeld()) throw new Error(`${this.folder}: somebody has removed the lock: run it again`);
    changeFiles(change, this.journal);
  }

  /**
   * Lets the next run in. The folder goes, unless a later run can use what is in it.
   *
   * @param succeeded nothing is of use any more
   */
  leave(succeeded: boolean): void {
    for (const name of this.names()) {
      if (succeeded || !KEPT.test(name)) rmSync(join(this.folder, name), { force: true });
    }
    const kept = this.names().length > 0;
    if (!kept) rmSync(join(this.folder, IGNORE), { force: true });
    this.lock.release();
    // The next run may be here already.
    if (!kept) removeEmpty(this.folder);
  }

  /** The names of the files that are on their way or kept. */
  private names(): string[] {
    makeFolder(this.folder);
    return readdirSync(this.folder).filter(
      (name) => name !== IGNORE && name !== LOCK && !name.startsWith(`${LOCK}.`) && !name.startsWith(JOURNAL),
    );
  }

  private kept(label: string, sha256: string): string {
    return join(this.folder, `${flat(label)}.${sha256}`);
  }
}

const flat = (label: string): string => label.replaceAll('/', '--');
