import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../render/whole-files';
import type { Bytes } from './receive';
import { bytesOf } from './receive';

const IGNORE = '.gitignore';

/**
 * Where files wait until all are there: `.vendor-partial/`, beside `vendor/` so that moving is renaming. What is checked stays there when a run fails or is
 * interrupted, under a name that holds its sum, and the next run takes it. It goes when a run succeeds.
 */
export class Staging {
  private readonly folder: string;

  constructor(root: string) {
    this.folder = join(root, '.vendor-partial');
  }

  /** A path for a file that is on its way. */
  partial(label: string): string {
    if (!existsSync(this.folder)) {
      makeFolder(this.folder);
      // Git is to leave it alone in every repository.
      writeFileSync(join(this.folder, IGNORE), '*\n');
    }
    return join(this.folder, `${flat(label)}.${process.pid}.partial`);
  }

  /** A file with that text. */
  write(label: string, text: string): string {
    const path = this.partial(label);
    writeFileSync(path, text);
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

  /** Removes the folder, with what an earlier run kept. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Removes what a later run cannot use, and the folder if nothing is left. */
  tidy(): void {
    const names = existsSync(this.folder) ? readdirSync(this.folder) : [];
    const kept = names.filter((name) => /\.[0-9a-f]{64}$/.test(name));
    if (kept.length === 0) this.remove();
    else for (const name of names) if (!kept.includes(name) && name !== IGNORE) rmSync(join(this.folder, name));
  }

  private kept(label: string, sha256: string): string {
    return join(this.folder, `${flat(label)}.${sha256}`);
  }
}

const flat = (label: string): string => label.replaceAll('/', '--');
