import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameOf } from '../objects/manifest';
import { LARGEST_FILE } from '../sources/file-text';
import { commit, gitFolderObjects, gitObjects, reviewBase, shortSha } from './git-objects';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Git as it comes, whatever the machine's own settings are. */
function git(...args: string[]): string {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

/** A commit with these files, each with a ConfigMap of this name. */
function committed(files: Readonly<Record<string, string>>): string {
  for (const [path, name] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), configMap(name));
  }
  git('add', '--all');
  git('commit', '--quiet', '--message', 'a');
  return git('rev-parse', 'HEAD');
}

const objects = (root: string, ref: string): string[] =>
  (gitObjects(root, commit(root, ref), join(root, 'dist')) ?? []).map(
    ({ manifest, file }) => `${file ?? ''} ${nameOf(manifest)}`,
  );

describe('objects of a commit', () => {
  test('are those of the folder that kubectl apply -f takes, as they were then', () => {
    git('init', '--quiet', '--initial-branch=main');
    const first = committed({
      'dist/10-crds.yaml': 'a',
      'dist/60-services.team.yaml': 'b',
      'dist/mine.yaml': 'c',
      'dist/notes.txt': 'f',
      'dist/production/10-crds.yaml': 'd',
      '10-crds.yaml': 'e',
    });
    git('tag', 'v1');
    committed({ 'dist/10-crds.yaml': 'changed' });
    rmSync(join(folder, 'dist'), { recursive: true });
    const before = ['10-crds.yaml a', '60-services.team.yaml b', 'mine.yaml c'];
    expect(objects(folder, 'v1')).toEqual(before);
    expect(objects(folder, 'HEAD~1')).toEqual(before);
    expect(objects(folder, first)).toEqual(before);
    expect(objects(folder, 'main')).toEqual(['10-crds.yaml changed', '60-services.team.yaml b', 'mine.yaml c']);
  });

  test('of a file beside those of the platform what is no object, or one of theirs, counts for nothing', () => {
    git('init', '--quiet');
    committed({ 'dist/10-crds.yaml': 'a', 'dist/mine.yaml': 'a', 'dist/kustomization.yaml': 'b' });
    writeFileSync(join(folder, 'dist', 'values.yaml'), 'replicas: 1\n');
    symlinkSync('mine.yaml', join(folder, 'dist', 'link.yaml'));
    git('add', '--all');
    git('commit', '--quiet', '--message', 'b');
    expect(objects(folder, 'HEAD')).toEqual(['10-crds.yaml a']);
  });

  test('are read as they are, whatever their letters and their last line', () => {
    git('init', '--quiet');
    mkdirSync(join(folder, 'dist'));
    const texts = ['', '\n', '# \u00e4\u20ac\ud83d\ude00\n'].map(
      (rest, index) => `${configMap(`a${index}`).trimEnd()}${rest}`,
    );
    for (const [index, text] of texts.entries()) writeFileSync(join(folder, 'dist', `${index}0-a.yaml`), text);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'a');
    const read: string[] = [];
    gitObjects(folder, commit(folder, 'HEAD'), join(folder, 'dist'), ({ text }) => void read.push(text));
    expect(read).toEqual(texts);
  });

  test('of a project within a repository', () => {
    git('init', '--quiet');
    committed({ 'a/project/dist/10-crds.yaml': 'a' });
    expect(objects(join(folder, 'a', 'project'), 'HEAD')).toEqual(['10-crds.yaml a']);
  });

  test('names that look like options are names', () => {
    git('init', '--quiet');
    committed({ 'dist/10-crds.yaml': 'a' });
    expect(() => commit(folder, '--all')).toThrow(
      '"--all" is no commit, branch or tag here: fetch it, or see git branch --all',
    );
    expect(() => commit(folder, '$(touch x)')).toThrow('is no commit');
  });

  test('a commit without rendered files', () => {
    git('init', '--quiet');
    committed({ 'README.md': 'a' });
    expect(gitObjects(folder, commit(folder, 'HEAD'), join(folder, 'dist'))).toBeUndefined();
  });

  test('a file that is not YAML is named with its line', () => {
    git('init', '--quiet');
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', '10-crds.yaml'), `${configMap('a')}---\na: b\n`);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'a');
    expect(() => objects(folder, 'HEAD')).toThrow(
      '10-crds.yaml:6: is no Kubernetes object: it needs apiVersion, kind and metadata.name',
    );
  });
});

describe('objects of a folder in a commit', () => {
  const inFolder = (): string[] | undefined =>
    gitFolderObjects(folder, commit(folder, 'HEAD'), join(folder, 'k8s'))?.map(
      ({ manifest, file }) => `${file ?? ''} ${nameOf(manifest)}`,
    );

  test('are those that are read of a folder', () => {
    git('init', '--quiet');
    committed({
      'k8s/web.yaml': 'a',
      'k8s/team/api.yml': 'b',
      'k8s/.hidden.yaml': 'c',
      'k8s/.github/d.yaml': 'd',
      'k8s/team/node_modules/e.yaml': 'e',
      'k8s/vendor/f.yaml': 'f',
      'k8s/notes.txt': 'g',
      'other.yaml': 'h',
    });
    expect(inFolder()).toEqual(['.hidden.yaml c', 'team/api.yml b', 'web.yaml a']);
    expect(gitFolderObjects(folder, commit(folder, 'HEAD'), join(folder, 'none'))).toBeUndefined();
  });

  test('of what is not read there is one line each', () => {
    git('init', '--quiet');
    const sha = committed({ 'k8s/web.yaml': 'a', 'k8s/base/kustomization.yaml': 'b' });
    symlinkSync('../../secret', join(folder, 'k8s', 'link.yaml'));
    git('add', '--all');
    git('update-index', '--add', '--cacheinfo', `160000,${sha},k8s/charts`);
    writeFileSync(join(folder, 'k8s', 'large.yaml'), Buffer.alloc(LARGEST_FILE + 1, '#'));
    git('add', 'k8s/large.yaml');
    git('commit', '--quiet', '--message', 'b');
    const [short] = [shortSha(git('rev-parse', 'HEAD'))];
    let lines: string[] = [];
    try {
      inFolder();
    } catch (error) {
      lines = (error as Error).message.split('\n');
    }
    expect(lines).toEqual([
      `${short}:base/kustomization.yaml: is a kustomization, which is not built from a commit: check the commit out with git worktree add, and name its folder with --from`,
      `${short}:charts: is a submodule, whose files are in another repository`,
      `${short}:large.yaml: has more than 32 MiB, and is not read: split it`,
      `${short}:link.yaml: is a link, and is not followed: name a folder without links`,
    ]);
  });

  test('a link in the place of a file of the platform is not read as its text', () => {
    git('init', '--quiet');
    committed({ 'dist/10-crds.yaml': 'a' });
    symlinkSync('10-crds.yaml', join(folder, 'dist', '20-linkerd.yaml'));
    git('add', '--all');
    git('commit', '--quiet', '--message', 'b');
    expect(() => objects(folder, 'HEAD')).toThrow('20-linkerd.yaml: is a link, and is not followed');
  });
});

describe('what a reviewer compares with', () => {
  const base = (): string => {
    const { name, sha } = reviewBase(folder);
    return `${name} ${git('log', '-1', '--format=%H', sha) === git('rev-parse', 'HEAD') ? '= HEAD' : ''}`.trim();
  };

  test('on the default branch: the last commit', () => {
    git('init', '--quiet', '--initial-branch=main');
    committed({ a: 'a' });
    committed({ a: 'b' });
    expect(base()).toBe('HEAD = HEAD');
  });

  test('on a branch: where it left the default branch, though that has gone on since', () => {
    git('init', '--quiet', '--initial-branch=main');
    const left = committed({ a: 'a' });
    git('checkout', '--quiet', '-b', 'feature');
    expect(base()).toBe('HEAD = HEAD');
    committed({ b: 'b' });
    git('checkout', '--quiet', 'main');
    committed({ a: 'c' });
    git('checkout', '--quiet', 'feature');
    expect(reviewBase(folder)).toEqual({ name: 'the merge base with main', sha: left });
    git('checkout', '--quiet', '--detach');
    expect(reviewBase(folder)).toEqual({ name: 'the merge base with main', sha: left });
  });

  test('the default branch is that of origin, where there is one', () => {
    git('init', '--quiet', '--initial-branch=trunk');
    const left = committed({ a: 'a' });
    git('update-ref', 'refs/remotes/origin/trunk', 'HEAD');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    committed({ a: 'b' });
    expect(base()).toBe('HEAD = HEAD');
    git('checkout', '--quiet', '-b', 'feature');
    expect(reviewBase(folder)).toEqual({ name: 'the merge base with origin/trunk', sha: left });
  });

  test('a branch with nothing in common', () => {
    git('init', '--quiet', '--initial-branch=main');
    committed({ a: 'a' });
    git('checkout', '--quiet', '--orphan', 'feature');
    committed({ b: 'b' });
    expect(() => reviewBase(folder)).toThrow(
      'HEAD and main have no commit in common here: fetch more of the history, or name a commit',
    );
  });

  test('no commit, and no repository', () => {
    expect(() => reviewBase(folder)).toThrow(
      / is not in a Git repository: compare with a folder, --from <folder>, or with the cluster, --cluster$/,
    );
    git('init', '--quiet');
    expect(() => reviewBase(folder)).toThrow('there is no commit yet: compare with a folder');
  });
});

test('git that is not there', () => {
  const path = process.env.PATH;
  try {
    process.env.PATH = folder;
    expect(() => reviewBase(folder)).toThrow('git is not on the PATH');
  } finally {
    process.env.PATH = path;
  }
});
