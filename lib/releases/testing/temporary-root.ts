import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../objects/manifest';
import { without } from '../../objects/without';
import { toYaml } from '../../render/yaml';
import type { LockedFile } from '../lock';
import { vendorFolder } from '../lock';
import { LOCK_FILE } from '../project-root';

/** The version of every component in a temporary root. */
export const VERSION = '1.2.3';

/** A file of a component: its text, and what the lock says of it besides its name. */
export interface TemporaryFile extends Pick<LockedFile, 'size' | 'sha256'> {
  /** @default - the file is in the lock, but not there */
  readonly text?: string;
}

/** The files of components, by the names of both. */
export type TemporaryFiles = Readonly<Record<string, Readonly<Record<string, TemporaryFile>>>>;

/** A folder with a lock and vendored files, for a test; it is there until `remove`. */
export class TemporaryRoot {
  readonly path = mkdtempSync(join(tmpdir(), 'knitmesh-root-'));

  constructor(components: TemporaryFiles = {}) {
    const locked = Object.entries(components).map(([component, files]) => [
      component,
      {
        version: VERSION,
        urls: ['https://example.com/{version}/{file}'],
        files: Object.entries(files).map(([name, file]) => ({ name, ...without(file, 'text') })),
      },
    ]);
    writeFileSync(join(this.path, LOCK_FILE), toYaml({ components: Object.fromEntries(locked) as Json }));
    for (const [component, files] of Object.entries(components)) {
      const folder = vendorFolder(this.path, component, VERSION);
      mkdirSync(folder, { recursive: true });
      for (const [name, { text }] of Object.entries(files)) {
        if (text !== undefined) writeFileSync(join(folder, name), text);
      }
    }
  }

  /** Copies a file or folder into it. */
  copy(from: string, to: string): void {
    cpSync(from, join(this.path, to), { recursive: true });
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
