import type { FSWatcher } from 'node:fs';
import { readdirSync, statSync, watch } from 'node:fs';
import { basename, join } from 'node:path';

interface WatchedFolder {
  readonly inode: number;
  readonly watcher: FSWatcher;

  /** It is no longer what is at its path, though a new folder there may have its inode. */
  gone: boolean;
}

/**
 * Tells of everything that is saved in folders and those within. Each folder is watched by itself: Node's own way to watch those within as
 * well loses a file that was replaced by another of its name once, which is how most editors save.
 */
export class FolderWatch {
  private readonly folders = new Map<string, WatchedFolder>();

  /**
   * @param roots where it begins
   * @param isLeftOut whether a folder or a file, by its path, plays no part
   * @param saved is called with the path of what changed
   */
  constructor(
    private readonly roots: readonly string[],
    private readonly isLeftOut: (path: string) => boolean,
    private readonly saved: (path: string) => void,
  ) {
    this.refresh();
  }

  /** Follows the folders that came, went or were replaced. Whoever is told of a change calls it before looking at the files. */
  refresh(): void {
    const there = new Set(this.roots.flatMap((root) => this.within(root)));
    for (const [path, { watcher }] of this.folders) if (!there.has(path)) this.end(path, watcher);
    for (const path of there) {
      const inode = statSync(path, { throwIfNoEntry: false })?.ino;
      const known = this.folders.get(path);
      if (inode === undefined || (known?.inode === inode && !known.gone)) continue;
      if (known !== undefined) this.end(path, known.watcher);
      this.begin(path, inode);
    }
  }

  close(): void {
    for (const [path, { watcher }] of this.folders) this.end(path, watcher);
  }

  private within(folder: string): string[] {
    try {
      const entries = readdirSync(folder, { withFileTypes: true });
      const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
      return [folder, ...folders.filter((path) => !this.isLeftOut(path)).flatMap((path) => this.within(path))];
    } catch {
      // It went while its parent was read, of which that parent tells.
      return [];
    }
  }

  private begin(path: string, inode: number): void {
    const watched: WatchedFolder = {
      inode,
      gone: false,
      watcher: watch(path, (_, name) => {
        // A folder that is removed tells so by its own name.
        if (name === null || name === basename(path)) watched.gone = true;
        const changed = name === null ? path : join(path, name);
        if (!this.isLeftOut(changed)) this.saved(changed);
      }),
    };
    watched.watcher.on('error', () => {
      watched.gone = true;
    });
    this.folders.set(path, watched);
  }

  private end(path: string, watcher: FSWatcher): void {
    watcher.close();
    this.folders.delete(path);
  }
}
