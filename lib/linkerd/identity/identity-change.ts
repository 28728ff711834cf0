import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IdentityFolders } from './identity-folders';

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

/** Writes all files of a change, or none: what was there before comes back when one cannot be written. Secrets are their owner's alone. */
export function writeChange({ certs, secrets, removed = [] }: IdentityChange, folders: IdentityFolders): void {
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
  const [certsFolder, secretsFolder] = [join(folders.root, folders.certs), join(folders.root, folders.secrets)];
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

const beside = (path: string, suffix: string): string => `${path}.${process.pid}.${suffix}`;
