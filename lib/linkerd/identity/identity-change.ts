import { chmodSync, existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { NewFile } from '../../render/whole-files';
import { writeWholeFiles } from '../../render/whole-files';
import type { IdentityFolders } from './identity-folders';
import { certsPath, mistake, secretsPath } from './identity-folders';
import { textOf } from './public-certificates';

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

/** Makes git leave a folder alone in every repository. */
const IGNORED = '.gitignore';

/** Who may read folders and files. */
interface Modes {
  readonly folder: number;
  readonly file: number;
}
const PUBLIC: Modes = { folder: 0o755, file: 0o644 };
const SECRET: Modes = { folder: 0o700, file: 0o600 };

/**
 * Writes all files of a change, or none: what was there before comes back when one cannot be written. Secrets are their owner's alone.
 *
 * @throws Mistakes if the folder of the secrets is one that is committed, or that git is not kept out of
 * @throws Error of one line if a file or folder cannot be written
 */
export function writeChange({ certs, secrets, removed = [] }: IdentityChange, folders: IdentityFolders): void {
  const [certsFolder, secretsFolder] = [certsPath(folders), secretsPath(folders)];
  const ofSecrets = newFiles(withIgnore(secrets, secretsFolder), secretsFolder, SECRET);
  if (secrets.length > 0) refuseCommitted(folders);
  // Also of a folder that was there before, whoever made it.
  for (const folder of new Set(ofSecrets.map(({ path }) => dirname(path)))) {
    if (existsSync(folder)) chmodSync(folder, SECRET.folder);
  }
  writeWholeFiles(
    [...newFiles(certs, certsFolder, PUBLIC), ...ofSecrets],
    removed.map((file) => join(certsFolder, file)),
  );
}

const newFiles = (files: readonly IdentityFile[], folder: string, modes: Modes): NewFile[] =>
  files.map(({ file, text }) => ({ path: join(folder, file), text, mode: modes.file, folderMode: modes.folder }));

function withIgnore(secrets: readonly IdentityFile[], folder: string): readonly IdentityFile[] {
  return secrets.length === 0 || existsSync(join(folder, IGNORED))
    ? secrets
    : [{ file: IGNORED, text: '*\n' }, ...secrets];
}

/** Keys must not land where they are committed, and a folder that others work in must not become its owner's alone. */
function refuseCommitted(folders: IdentityFolders): void {
  const { root, secrets } = folders;
  const [project, certs, own] = [root, certsPath(folders), secretsPath(folders)].map(realPath) as [
    string,
    string,
    string,
  ];
  const refuse = (what: string): never => {
    throw mistake(secrets, `${what}: name a folder of their own with --secrets`);
  };
  if (isWithin(project, own)) refuse('has the project in it, and secrets would lie among what is committed');
  if (certs === own) refuse('is the folder of the certificates, which is committed');
  if (isWithin(certs, own)) refuse('has the folder of the certificates in it, which is committed');
  if (isWithin(own, certs)) refuse('is in the folder of the certificates, which is committed');
  const ignored = join(own, IGNORED);
  if (existsSync(ignored) && !ignoresAll(textOf(ignored) ?? '')) {
    throw mistake(
      join(secrets, IGNORED),
      'does not keep all of the folder out of git: make "*" its only line, or name another folder with --secrets',
    );
  }
}

const isWithin = (path: string, folder: string): boolean => relative(folder, path).split(sep)[0] !== '..';

/** Where a path leads, also if it is not all there yet. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
}

const IGNORES_ALL: readonly string[] = ['*', '**', '/*'];
const INCLUDES_ITSELF: readonly string[] = [`!${IGNORED}`, `!/${IGNORED}`];

/** Whether a .gitignore leaves out all files of its folder, but for itself. */
function ignoresAll(text: string): boolean {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const included = lines.filter((line) => line.startsWith('!') && !INCLUDES_ITSELF.includes(line));
  return included.length === 0 && lines.some((line) => IGNORES_ALL.includes(line));
}
