import { join } from 'node:path';
import type { FinishedChange } from '../../files/change-journal';
import { ChangeJournal } from '../../files/change-journal';
import { FolderLock } from '../../files/folder-lock';
import { makeFolder, removeEmpty } from '../../files/make-folder';
import type { IdentityFolders } from './identity-folders';
import { certsPath } from './identity-folders';

/** In the folder of the certificates while they are changed. It holds paths, and no key. */
export const CHANGE_FILE = '.change.json';
const LOCK_FILE = '.lock';

/**
 * What a change of the certificates in a folder, and of the Secrets that belong to them, is written by.
 *
 * @param folder the whole path of the folder of the certificates
 */
export const journalIn = (folder: string): ChangeJournal => new ChangeJournal(join(folder, CHANGE_FILE));

/**
 * Does something with an identity while nobody else does, once what a killed run had begun to write is finished.
 *
 * @param run is told what was finished; `undefined` if nothing was
 * @throws LockedByAnother if another run is at work
 */
export async function alone<Result>(
  folders: IdentityFolders,
  run: (finished: FinishedChange | undefined) => Promise<Result>,
): Promise<Result> {
  const folder = certsPath(folders);
  const made = makeFolder(folder);
  const lock = new FolderLock(join(folder, LOCK_FILE), 'npm run certs');
  lock.take();
  try {
    return await run(journalIn(folder).finish());
  } finally {
    lock.release();
    made.reverse().forEach(removeEmpty);
  }
}
