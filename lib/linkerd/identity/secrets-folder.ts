import { existsSync, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { GitRun } from '../../git/git';
import { runGit } from '../../git/git';
import { repositoryOf } from '../../git/repository';
import { PLATFORM_FILE } from '../../render/dist';
import type { IdentityFolders } from './identity-folders';
import { certsPath, mistake, secretsPath } from './identity-folders';
import { textOf } from './public-certificates';

/** Makes git leave a folder alone in every repository. */
export const IGNORE_FILE = '.gitignore';

/** Folders of a project that are committed, published, or written and emptied by commands. */
const OF_THE_PROJECT: readonly string[] = [
  ...[
    '.ci',
    '.git',
    '.github',
    '__snapshots__',
    'bench',
    'cli',
    'docs',
    'e2e',
    'examples',
    'imports',
    'lib',
    'testing',
  ],
  ...['.cdk8s', '.vendor-partial', 'argo-cd', 'certs', 'coverage', 'dist', 'flux', 'graph', 'node_modules', 'vendor'],
];

const WHAT_TO_DO = 'name a folder of their own with --secrets';

/**
 * Holds the folder of the secrets to what keys need: nobody works in it, nothing of it is published, and git ignores all of it. Where there
 * is no repository there is nothing to ask.
 *
 * @param files what is to be written there, from the folder on
 * @throws Mistakes if it is another one
 * @throws Error if git cannot be asked
 */
export function refuseExposed(folders: IdentityFolders, files: readonly string[]): void {
  const { root, secrets } = folders;
  const [project, certs, own] = [root, certsPath(folders), secretsPath(folders)].map(realPath) as [
    string,
    string,
    string,
  ];
  const refuse = (what: string): never => {
    throw mistake(secrets, `${what}: ${WHAT_TO_DO}`);
  };
  if (isWithin(project, own)) refuse('has the project in it, and secrets would lie among what is committed');
  if (certs === own) refuse('is the folder of the certificates, which is committed');
  if (isWithin(certs, own)) refuse('has the folder of the certificates in it, which is committed');
  if (isWithin(own, certs)) refuse('is in the folder of the certificates, which is committed');

  const [first = ''] = isWithin(own, project) ? relative(project, own).split(sep) : [];
  if (OF_THE_PROJECT.includes(first)) refuse(`is in ${first}/, which others write, commit or publish`);
  const rendered = [own, ...foldersAbove(own, project)].find(holdsRendered);
  if (rendered !== undefined) refuse('is where rendered files are');

  refuseLinks(folders, files);
  const ignore = join(own, IGNORE_FILE);
  if (existsSync(ignore) && !ignoresAll(textOf(ignore) ?? '')) {
    throw mistake(
      join(secrets, IGNORE_FILE),
      'does not keep all of the folder out of git: make "*" its only line, or name another folder with --secrets',
    );
  }
  refuseSeenByGit(own, secrets, files);
}

/** Another may change where a link leads, and git does not read a .gitignore that is one. */
function refuseLinks(folders: IdentityFolders, files: readonly string[]): void {
  const { root } = folders;
  const own = secretsPath(folders);
  const project = [resolve(root), realPath(root)].find((path) => isWithin(own, path));
  const parts = files.flatMap((file) => foldersAbove(join(own, file), project ?? own));
  const folder = realPath(own);
  const top = repositoryOf(folder) ?? realPath(root);
  const ignoring = [folder, ...foldersAbove(folder, top), ...(isWithin(folder, top) ? [top] : [])];
  const link = [...parts, ...ignoring.map((path) => join(path, IGNORE_FILE))].find(
    (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true,
  );
  if (link === undefined) return;
  const shown = relative(resolve(root), link);
  throw mistake(
    shown.startsWith('..') ? link : shown,
    basename(link) === IGNORE_FILE
      ? 'is a symbolic link, which git does not read: make it a file'
      : 'is a symbolic link: name the folder that it leads to with --secrets',
  );
}

function refuseSeenByGit(own: string, secrets: string, files: readonly string[]): void {
  if (repositoryOf(own) === undefined) return;
  const from = nearestFolder(own);
  const git = (args: readonly string[], input = ''): string[] => {
    const fail = (why: string): never => {
      throw new Error(`${secrets}: git is not known to ignore it: ${why}`);
    };
    let run: GitRun;
    try {
      run = runGit(from, args, input);
    } catch (error) {
      return fail((error as Error).message);
    }
    // 1 is check-ignore's answer that it ignores none.
    if (run.status !== 0 && run.status !== 1) return fail(run.stderr.split('\n', 1)[0] ?? '');
    return run.stdout
      .toString()
      .split('\0')
      .filter((name) => name !== '');
  };
  const shown = (file: string): string => join(secrets, relative(own, file));

  const listed = git([
    '--literal-pathspecs',
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    own,
  ]);
  const seen = listed.map((name) => resolve(from, name)).find((file) => file !== join(own, IGNORE_FILE));
  if (seen !== undefined) {
    throw mistake(
      secrets,
      `holds ${shown(seen)}, which git sees: ${WHAT_TO_DO}, or have git ignore it (git rm --cached, where it is tracked)`,
    );
  }
  const written = files.map((file) => join(own, file));
  const ignored = new Set(git(['check-ignore', '-z', '--stdin'], written.map((file) => `${file}\0`).join('')));
  const open = written.find((file) => !ignored.has(file));
  if (open !== undefined) {
    throw mistake(
      shown(open),
      `git would not ignore it: add the folder to ${IGNORE_FILE}, or name one outside of the repository with --secrets`,
    );
  }
}

const isWithin = (path: string, folder: string): boolean => relative(folder, path).split(sep)[0] !== '..';

/** The folders that a path is in, the nearest first, below another one; none if it is not in that. */
function foldersAbove(path: string, top: string): string[] {
  const parent = dirname(path);
  return parent === path || parent === top || !isWithin(parent, top) ? [] : [parent, ...foldersAbove(parent, top)];
}

/** Where a path leads, also if it is not all there yet. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
}

const nearestFolder = (path: string): string => (existsSync(path) ? path : nearestFolder(dirname(path)));

const holdsRendered = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((name) => PLATFORM_FILE.test(name));

const IGNORES_ALL: readonly string[] = ['*', '**', '/*'];
const INCLUDES_ITSELF: readonly string[] = [`!${IGNORE_FILE}`, `!/${IGNORE_FILE}`];

/** Whether a .gitignore leaves out all files of its folder, but for itself. */
function ignoresAll(text: string): boolean {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const included = lines.filter((line) => line.startsWith('!') && !INCLUDES_ITSELF.includes(line));
  return included.length === 0 && lines.some((line) => IGNORES_ALL.includes(line));
}
