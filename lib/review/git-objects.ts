import { spawnSync } from 'node:child_process';
import { relative } from 'node:path';
import { PLATFORM_FILE } from '../render/dist';
import type { RenderedFile } from '../render/files';
import type { ReviewedObject } from './object-changes';
import type { KnownFiles } from './release-objects';
import { readObjects } from './release-objects';
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
 * The platform's objects in a folder as they stand in a commit.
 *
 * @param folder the folder; it need not be there now
 * @param known files that need not be read
 * @returns `undefined` if the commit has no file of the platform there
 * @throws Mistakes for what is no Kubernetes object
 */
export function gitObjects(
  root: string,
  { name, sha }: Commit,
  folder: string,
  known?: KnownFiles,
): ReviewedObject[] | undefined {
  const within = `./${relative(root, folder)}/`;
  const listed = git(root, 'ls-tree', '-z', sha, '--', within) ?? '';
  const blobs = listed.split('\0').flatMap((entry): Blob[] => {
    const [, id = '', file = ''] = /^\d+ blob (\w+)\t(?:[^]*\/)?([^/]+)$/.exec(entry) ?? [];
    return PLATFORM_FILE.test(file) ? [{ id, file }] : [];
  });
  if (blobs.length === 0) return undefined;
  const files = textsOf(root, blobs);
  if (files === undefined) throw new Error(`git could not show the files of ${name}`);
  return inFiles(readObjects(files, known));
}

/** A file of a commit. */
interface Blob {
  readonly id: string;
  readonly file: string;
}

/** The texts of all files from one process of git. Of each it says `<id> blob <bytes>`, and then what is in it. */
function textsOf(root: string, blobs: readonly Blob[]): RenderedFile[] | undefined {
  const input = blobs.map(({ id }) => `${id}\n`).join('');
  const { status, stdout } = run(root, ['cat-file', '--batch'], input);
  if (status !== 0) return undefined;
  const files: RenderedFile[] = [];
  let at = 0;
  for (const { file } of blobs) {
    const start = stdout.indexOf('\n', at) + 1;
    const size = Number(/^\w+ blob (\d+)$/.exec(stdout.toString('latin1', at, start - 1))?.[1]);
    if (!Number.isInteger(size)) return undefined;
    at = start + size + 1;
    files.push({ name: file, text: stdout.toString('utf8', start, start + size) });
  }
  return files;
}

const SHORT_SHA = 7;

export const shortSha = (sha: string): string => sha.slice(0, SHORT_SHA);

const LARGEST = 2 ** 28;

/** What git prints, without the line break at its end; `undefined` if it fails. */
function git(folder: string, ...args: string[]): string | undefined {
  const { status, stdout } = run(folder, args);
  return status === 0 ? stdout.toString().replace(/\n$/, '') : undefined;
}

function run(folder: string, args: readonly string[], input = ''): { status: number | null; stdout: Buffer } {
  const env = { ...process.env, LC_ALL: 'C' };
  const { status, stdout, error } = spawnSync('git', args, { cwd: folder, maxBuffer: LARGEST, env, input });
  if (error !== undefined) {
    throw new Error(
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'git is not on the PATH' : `git: ${error.message}`,
    );
  }
  return { status, stdout };
}
