import { chmodSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NewFile } from '../../files/whole-files';
import { changeFiles } from '../../files/whole-files';
import type { IdentityFolders } from './identity-folders';
import { certsPath, secretsPath } from './identity-folders';
import { journalIn } from './interrupted-change';
import { IGNORE_FILE, refuseExposed } from './secrets-folder';

/** A file of an identity, as it is to be. */
export interface IdentityFile {
  /** Its name in its folder. */
  readonly file: string;
  readonly text: string;
}

/** What is to become of an identity, and what its user has to do then. */
export interface IdentityChange {
  /** Files of `certs/`. */
  readonly certs: readonly IdentityFile[];

  /** Files of `secrets/`. */
  readonly secrets: readonly IdentityFile[];

  /** Files of `certs/` that go. */
  readonly removed?: readonly string[];

  /** What to do next, a step a line. */
  readonly next: readonly string[];
}

/** The names of the files that a change writes, from the project's folder on. */
export function filesOf({ certs, secrets }: IdentityChange, folders: IdentityFolders): string[] {
  return [
    ...certs.map(({ file }) => join(folders.certs, file)),
    ...secrets.map(({ file }) => join(folders.secrets, file)),
  ];
}

/** Who may read folders and files. */
interface Modes {
  readonly folder: number;
  readonly file: number;
}
const PUBLIC: Modes = { folder: 0o755, file: 0o644 };
const SECRET: Modes = { folder: 0o700, file: 0o600 };

/**
 * Writes all files of a change, or none: what was there before comes back when one cannot be written. Killed, the next run does the rest. Secrets are their
 * owner's alone.
 *
 * @param what the command, as its user gave it
 * @throws Mistakes if the folder of the secrets is one that git sees, or that others write
 * @throws Error of one line if a file or folder cannot be written
 */
export function writeChange(
  { certs, secrets, removed = [], next }: IdentityChange,
  folders: IdentityFolders,
  what = 'npm run certs',
): void {
  const [certsFolder, secretsFolder] = [certsPath(folders), secretsPath(folders)];
  const ofSecrets = newFiles(withIgnore(secrets, secretsFolder), secretsFolder, SECRET);
  if (secrets.length > 0) {
    refuseExposed(
      folders,
      secrets.map(({ file }) => file),
    );
  }
  // Also of a folder that was there before, whoever made it.
  for (const folder of new Set(ofSecrets.map(({ path }) => dirname(path)))) {
    if (existsSync(folder)) chmodSync(folder, SECRET.folder);
  }
  changeFiles(
    {
      what,
      next,
      // A certificate whose key is not there would be of no use.
      files: [...ofSecrets, ...newFiles(certs, certsFolder, PUBLIC)],
      removed: removed.map((file) => join(certsFolder, file)),
    },
    journalIn(certsFolder),
  );
}

const newFiles = (files: readonly IdentityFile[], folder: string, modes: Modes): NewFile[] =>
  files.map(({ file, text }) => ({ path: join(folder, file), text, mode: modes.file, folderMode: modes.folder }));

function withIgnore(secrets: readonly IdentityFile[], folder: string): readonly IdentityFile[] {
  return secrets.length === 0 || existsSync(join(folder, IGNORE_FILE))
    ? secrets
    : [{ file: IGNORE_FILE, text: '*\n' }, ...secrets];
}
