import { spawnSync } from 'node:child_process';
import { relative } from 'node:path';
import { PLATFORM_FILE } from '../render/dist';
import type { RenderedFile } from '../render/files';
import type { ReviewedObject } from './object-changes';
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
 * @throws Error if the commit has no file of the platform there
 * @throws Mistakes for what is no Kubernetes object
 */
export function gitObjects(root: string, { name, sha }: Commit, folder: string): ReviewedObject[] {
  const within = `./${relative(root, folder)}/`;
  const listed = git(root, 'ls-tree', '-z', '--name-only', sha, '--', within) ?? '';
  const paths = listed.split('\0').filter((path) => PLATFORM_FILE.test(path.split('/').at(-1) ?? ''));
  if (paths.length === 0)
    throw new Error(`${name} (${shortSha(sha)}) has no rendered files in ${relative(root, folder)}/: name another one`);
  const files = paths.map((path): RenderedFile => {
    const text = git(root, 'show', `${sha}:./${path}`);
    if (text === undefined) throw new Error(`git could not show ${path} of ${name}`);
    return { name: path.split('/').at(-1) ?? path, text: `${text}\n` };
  });
  return inFiles(readObjects(files));
}

const SHORT_SHA = 7;

export const shortSha = (sha: string): string => sha.slice(0, SHORT_SHA);

const LARGEST = 2 ** 28;

/** What git prints, without the line break at its end; `undefined` if it fails. */
function git(folder: string, ...args: string[]): string | undefined {
  const { status, stdout, error } = spawnSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: LARGEST,
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (error !== undefined) {
    throw new Error(
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'git is not on the PATH' : `git: ${error.message}`,
    );
  }
  return status === 0 ? stdout.replace(/\n$/, '') : undefined;
}
