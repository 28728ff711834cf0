import { basename, normalize, relative } from 'node:path';
import { runGit } from '../git/git';
import { objectKey } from '../objects/manifest';
import type { Mistake } from '../objects/mistakes';
import { Mistakes } from '../objects/mistakes';
import { PLATFORM_FILE } from '../render/dist';
import type { RenderedFile } from '../render/files';
import { LARGEST_FILE, textOf, TOO_LARGE } from '../sources/file-text';
import { isNotRendered } from '../sources/not-rendered';
import { isKustomizationName, isLeftOutFolder, isYamlName } from '../sources/named-files';
import type { ReviewedObject } from './object-changes';
import type { KnownFiles } from './release-objects';
import { readableObjects, readObjects } from './release-objects';
import { inFiles } from './reviewed-files';

/** A commit: as it was asked for, and what it is. */
export interface Commit {
  /** In words: `HEAD`, `the merge base with origin/main`. */
  readonly name: string;
  readonly sha: string;
}

/** The branches that others are merged into, where the remote does not say which one it is. */
const DEFAULT_BRANCHES = ['origin/main', 'origin/master', 'main', 'master'];

/**
 * What a reviewer compares with: on a branch, the commit where it left the default branch, so that all of its commits are in view; on the default
 * branch itself, the last commit.
 *
 * @param folder a folder of the repository
 * @throws Error if the folder is in no Git repository, or that has no commit
 */
export function reviewBase(folder: string): Commit {
  const head = commit(folder, 'HEAD');
  const branch = git(folder, 'symbolic-ref', '--quiet', '--short', 'HEAD');
  const remote = git(folder, 'symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD');
  const base = (remote === undefined ? DEFAULT_BRANCHES : [remote]).find(
    (name) => verified(folder, name) !== undefined,
  );
  if (base === undefined || base === branch || base === `origin/${branch ?? ''}`) return head;
  const sha = git(folder, 'merge-base', 'HEAD', base);
  if (sha === undefined)
    throw new Error(`HEAD and ${base} have no commit in common here: fetch more of the history, or name a commit`);
  return sha === head.sha ? head : { name: `the merge base with ${base}`, sha };
}

/**
 * A commit by its name.
 *
 * @throws Error if the folder is in no Git repository, or that has no such commit
 */
export function commit(folder: string, name: string): Commit {
  if (git(folder, 'rev-parse', '--is-inside-work-tree') === undefined) {
    throw new Error(
      `${relative('', folder) || 'this folder'} is not in a Git repository: compare with a folder, --from <folder>, or with the cluster, --cluster`,
    );
  }
  const sha = verified(folder, name);
  if (sha !== undefined) return { name, sha };
  throw new Error(
    name === 'HEAD'
      ? 'there is no commit yet: compare with a folder, --from <folder>, or with the cluster, --cluster'
      : `${JSON.stringify(name)} is no commit, branch or tag here: fetch it, or see git branch --all`,
  );
}

const verified = (folder: string, name: string): string | undefined =>
  git(folder, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);

/**
 * The platform's objects in a folder as they stand in a commit, with those of the other files that `kubectl apply -f` takes from the folder. What of
 * these cannot be read counts for nothing.
 *
 * @param folder the folder; it need not be there now
 * @param known files that need not be read
 * @returns `undefined` if the commit has no file of the platform there
 * @throws Mistakes for what is no Kubernetes object
 */
export function gitObjects(
  root: string,
  base: Commit,
  folder: string,
  known?: KnownFiles,
): ReviewedObject[] | undefined {
  const entries = entriesIn(root, base, folder, false);
  const own = entries.filter(({ file }) => PLATFORM_FILE.test(file));
  if (own.length === 0) return undefined;
  const objects = objectsOf(root, base, own, known);
  const keys = new Set(objects.map(({ manifest }) => objectKey(manifest)));
  const others = entries.filter((entry) => isNotRendered(entry.file) && problemOf(entry) === undefined);
  const beside = (textsOf(root, others) ?? []).flatMap((file) => inFiles(readableObjects(file)));
  return [...objects, ...beside.filter(({ manifest }) => !keys.has(objectKey(manifest)))];
}

/**
 * The objects of a folder as it stands in a commit: those of the files that are read of a folder, also below it.
 *
 * @param folder the folder; it need not be there now
 * @returns `undefined` if the commit has no YAML file there
 * @throws Mistakes for what is no Kubernetes object, and for what is to be built first
 */
export function gitFolderObjects(
  root: string,
  base: Commit,
  folder: string,
  known?: KnownFiles,
): ReviewedObject[] | undefined {
  const entries = entriesIn(root, base, folder, true).filter(({ file, type }) => {
    const [last = '', ...folders] = file.split('/').reverse();
    return !folders.some(isLeftOutFolder) && (type !== 'blob' || isYamlName(last) || isKustomizationName(last));
  });
  return entries.length === 0 ? undefined : objectsOf(root, base, entries, known);
}

function objectsOf(
  root: string,
  { name, sha }: Commit,
  entries: readonly Entry[],
  known?: KnownFiles,
): ReviewedObject[] {
  const mistakes = entries.flatMap((entry): Mistake[] => {
    const message = problemOf(entry);
    return message === undefined ? [] : [{ where: `${shortSha(sha)}:${entry.file}`, message }];
  });
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  const files = textsOf(root, entries);
  if (files === undefined) throw new Error(`git could not show the files of ${name}`);
  return inFiles(readObjects(files, known));
}

/** Why something of a commit is not read, in a clause. */
function problemOf({ file, mode, size, type }: Entry): string | undefined {
  if (type === 'commit') return 'is a submodule, whose files are in another repository';
  if (mode === LINK) return 'is a link, and is not followed: name a folder without links';
  if (size > LARGEST_FILE) return TOO_LARGE;
  if (!isKustomizationName(basename(file))) return undefined;
  return 'is a kustomization, which is not built from a commit: check the commit out with git worktree add, and name its folder with --from';
}

/** What a commit has in a folder. */
function entriesIn(root: string, { sha }: Commit, folder: string, isDeep: boolean): Entry[] {
  const within = `./${relative(root, folder)}/`;
  // The names are relative to the folder in which git runs.
  const listed = git(root, 'ls-tree', '-z', '-l', ...(isDeep ? ['-r'] : []), sha, '--', within) ?? '';
  const prefix = normalize(within).replace(/^\.\//, '');
  return listed.split('\0').flatMap((line) => {
    const [, mode = '', type = '', id = '', size = '', path = ''] =
      /^(\d+) (\w+) (\w+) +(\d+|-)\t([^]*)$/.exec(line) ?? [];
    const file = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    return type === 'blob' || type === 'commit' ? [{ mode, type, id, size: Number(size), file }] : [];
  });
}

/** The mode of a symbolic link. */
const LINK = '120000';

/** A file of a commit, or a submodule. */
interface Entry {
  readonly mode: string;
  readonly type: string;
  readonly id: string;

  /** In bytes; not a number for a submodule. */
  readonly size: number;

  /** Its name within the folder. */
  readonly file: string;
}

/** The texts of all files from one process of git. Of each it says `<id> blob <bytes>`, and then what is in it. */
function textsOf(root: string, blobs: readonly Entry[]): RenderedFile[] | undefined {
  const input = blobs.map(({ id }) => `${id}\n`).join('');
  const { status, stdout } = runGit(root, ['cat-file', '--batch'], input);
  if (status !== 0) return undefined;
  const files: RenderedFile[] = [];
  let at = 0;
  for (const { file } of blobs) {
    const start = stdout.indexOf('\n', at) + 1;
    const size = Number(/^\w+ blob (\d+)$/.exec(stdout.toString('latin1', at, start - 1))?.[1]);
    if (!Number.isInteger(size)) return undefined;
    at = start + size + 1;
    files.push({ name: file, text: textOf(stdout.subarray(start, start + size)) });
  }
  return files;
}

const SHORT_SHA = 7;

export const shortSha = (sha: string): string => sha.slice(0, SHORT_SHA);

/** What git prints, without the line break at its end; `undefined` if it fails. */
function git(folder: string, ...args: string[]): string | undefined {
  const { status, stdout } = runGit(folder, args);
  return status === 0 ? stdout.toString().replace(/\n$/, '') : undefined;
}
