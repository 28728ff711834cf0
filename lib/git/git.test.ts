import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGit } from './git';
import { repositoryOf } from './repository';

const PATH = process.env.PATH;
let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'knitmesh-')));
});
afterEach(() => {
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true });
});

test('git is asked in the folder, with its input', () => {
  expect(runGit(folder, ['init', '--quiet'])).toMatchObject({ status: 0, stderr: '' });
  expect(runGit(folder, ['rev-parse', '--show-toplevel']).stdout.toString().trim()).toBe(folder);
  writeFileSync(join(folder, '.gitignore'), 'a\n');
  expect(runGit(folder, ['check-ignore', '--stdin'], 'a\nb\n').stdout.toString()).toBe('a\n');
});

test('what git says of a mistake is in English', () => {
  const { status, stderr } = runGit(folder, ['no-such-command']);
  expect([status, stderr.split('\n', 1)[0]]).toEqual([
    1,
    "git: 'no-such-command' is not a git command. See 'git --help'.",
  ]);
});

test('without git: one line', () => {
  process.env.PATH = folder;
  expect(() => runGit(folder, ['status'])).toThrow(/^git is not on the PATH$/);
});

test('a repository is the nearest folder above that has one; a work tree has a file for it', () => {
  const deep = join(folder, 'a', 'b');
  mkdirSync(deep, { recursive: true });
  expect(repositoryOf(deep)).toBeUndefined();
  mkdirSync(join(folder, '.git'));
  expect(repositoryOf(deep)).toBe(folder);
  writeFileSync(join(folder, 'a', '.git'), 'gitdir: elsewhere\n');
  expect(repositoryOf(deep)).toBe(join(folder, 'a'));
});
