import { chmodSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
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

interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * Writes all files of a change, or none: what was there before comes back when one cannot be written. Secrets are their owner's alone.
 *
 * @throws Mistakes if the folder of the secrets is one that is committed, or that git is not kept out of
 */
export function writeChange({ certs, secrets, removed = [] }: IdentityChange, folders: IdentityFolders): void {
  if (secrets.length > 0) refuseCommitted(folders);
  const undo: (() => void)[] = [];
  const replaced: string[] = [];
  const putAside = (path: string): void => {
    if (!existsSync(path)) return;
    const before = beside(path, 'before');
    renameSync(path, before);
    undo.push(() => {
      renameSync(before, path);
    });
    replaced.push(before);
  };
  const [certsFolder, secretsFolder] = [certsPath(folders), secretsPath(folders)];
  try {
    const moves = [
      ...stage(certs, certsFolder, PUBLIC, undo),
      ...stage(withIgnore(secrets, secretsFolder), secretsFolder, SECRET, undo),
    ];
    for (const { from, to } of moves) {
      putAside(to);
      renameSync(from, to);
      undo.push(() => {
        rmSync(to);
      });
    }
    for (const file of removed) putAside(join(certsFolder, file));
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
  for (const before of replaced) rmSync(before);
}

/** Writes each file under another name, where moving it is renaming it. */
function stage(files: readonly IdentityFile[], root: string, modes: Modes, undo: (() => void)[]): Move[] {
  return files.map(({ file, text }) => {
    const to = join(root, file);
    const created = mkdirSync(dirname(to), { recursive: true, mode: modes.folder });
    if (created !== undefined) {
      undo.push(() => {
        rmSync(created, { recursive: true, force: true });
      });
    }
    // Also of a folder that was there before, whoever made it.
    if (modes === SECRET) chmodSync(dirname(to), modes.folder);
    const from = beside(to, 'partial');
    undo.push(() => {
      rmSync(from, { force: true });
    });
    writeFileSync(from, text, { mode: modes.file });
    return { from, to };
  });
}

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

const beside = (path: string, suffix: string): string => `${path}.${process.pid}.${suffix}`;
