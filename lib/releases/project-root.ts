import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The file that makes a folder a project's root: the upstream releases that it is pinned to. */
export const LOCK_FILE = 'releases.lock.yaml';

/**
 * The nearest folder at or above one that holds `releases.lock.yaml`. The working folder plays no part: what is rendered must not depend on it.
 *
 * @param from where to begin; default: this module's folder
 * @throws Error if there is none up to the file system's root
 */
export function projectRoot(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, LOCK_FILE))) return folder;
    if (folder === dirname(folder)) {
      throw new Error(
        `${from}: neither this folder nor one above it holds ${LOCK_FILE}: put the file there, or give the root`,
      );
    }
  }
}
