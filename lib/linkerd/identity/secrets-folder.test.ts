import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { writeChange } from './identity-change';
import { TemporaryIdentity } from './testing/temporary-identity';

let project: TemporaryIdentity;
beforeEach(() => {
  project = new TemporaryIdentity();
  project.write('main.ts', 'export {};\n');
  project.write('certs/a.pem', 'public\n');
});
afterEach(() => {
  project.remove();
});

function git(...args: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' };
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: project.root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function write(secrets = 'secrets', certs = 'certs'): void {
  const files = ['a.yaml', 'keys/a.key'].map((file) => ({ file, text: 'private\n' }));
  writeChange({ certs: [], secrets: files, next: [] }, { root: project.root, certs, secrets });
}

/** What something is refused with; empty if it is not. */
function messageOf(run: () => void): string {
  try {
    run();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

/** A repository in which all is committed that is there, but for `secrets/`. */
function repository(): void {
  project.write('.gitignore', 'secrets/\n');
  git('init', '--quiet');
  git('add', '--all');
}

/** What git would commit. */
const seen = (): string => git('ls-files', '--cached', '--others', '--exclude-standard');

test('a folder that git ignores', () => {
  repository();
  const before = seen();
  write();
  write('teams/a/secrets');
  expect(project.read('secrets/keys/a.key')).toBe('private\n');
  expect(seen()).toBe(before);
});

test('one that it ignores by its own .gitignore, by what this clone or this user ignores', () => {
  repository();
  project.write('own/.gitignore', '*\n');
  project.write('.git/info/exclude', '/clone/\n');
  const before = seen();
  for (const folder of ['own', 'clone']) write(folder);
  expect(seen()).toBe(before);
});

/** Runs with no program on the PATH. */
function withoutPrograms(run: () => void): void {
  const path = process.env.PATH;
  process.env.PATH = '';
  try {
    run();
  } finally {
    process.env.PATH = path;
  }
}

test('any folder that nothing else speaks against, where there is no repository and no git', () => {
  withoutPrograms(() => {
    write('keys');
  });
  expect(project.read('keys/keys/a.key')).toBe('private\n');
});

test.each<[string, string, () => void, RegExp]>([
  [
    'git does not ignore',
    'keys',
    () => undefined,
    /^keys\/a\.yaml: git would not ignore it: add the folder to \.gitignore, /,
  ],
  ['has tracked files in it', 'src', () => project.write('src/a.ts', ''), /^src: holds src\/a\.ts, which git sees: /],
  [
    'is ignored, but holds a file that was added by force',
    'secrets',
    () => {
      project.write('secrets/a.yaml', '');
      git('add', '--force', 'secrets/a.yaml');
    },
    /^secrets: holds secrets\/a\.yaml, which git sees: /,
  ],
  [
    'is ignored, but for one within it',
    'own',
    () => {
      project.write('.gitignore', 'own/*\n!own/keys/\n');
      project.write('own/keys/.gitignore', '!*.key\n');
    },
    /^own: holds own\/keys\/\.gitignore, which git sees: /,
  ],
  [
    'is in what is rendered',
    'dist/keys',
    () => project.write('.gitignore', 'dist/\n'),
    /^dist\/keys: is in dist\/, which others write, /,
  ],
  ['is of the project', 'lib', () => undefined, /^lib: is in lib\/, /],
  [
    'is emptied by commands',
    'node_modules/.keys',
    () => project.write('.gitignore', 'node_modules/\n'),
    /is in node_modules\/, /,
  ],
  [
    'holds rendered files',
    'teams/out/secrets',
    () => project.write('teams/out/00-namespaces.yaml', ''),
    /^teams\/out\/secrets: is where rendered files are: /,
  ],
  [
    'is a link',
    'secrets',
    () => {
      mkdirSync(project.path('elsewhere/secrets'), { recursive: true });
      symlinkSync('elsewhere/secrets', project.path('secrets'));
    },
    /^secrets: is a symbolic link: /,
  ],
  [
    'is behind a link',
    'teams/secrets',
    () => {
      mkdirSync(project.path('elsewhere'));
      symlinkSync('elsewhere', project.path('teams'));
    },
    /^teams: is a symbolic link: /,
  ],
  [
    'has a link for its keys',
    'secrets',
    () => {
      mkdirSync(project.path('secrets'));
      mkdirSync(project.path('public'));
      symlinkSync('../public', project.path('secrets/keys'));
    },
    /^secrets\/keys: is a symbolic link: /,
  ],
  [
    'has a link for its .gitignore',
    'secrets',
    () => {
      project.write('ignore-all', '*\n');
      mkdirSync(project.path('secrets'));
      symlinkSync('../ignore-all', project.path('secrets/.gitignore'));
    },
    /^secrets\/\.gitignore: is a symbolic link, which git does not read: /,
  ],
  [
    'is below a .gitignore that is a link',
    'teams/secrets',
    () => {
      project.write('ignore-all', 'secrets/\n');
      mkdirSync(project.path('teams'));
      symlinkSync('../ignore-all', project.path('teams/.gitignore'));
    },
    /^teams\/\.gitignore: is a symbolic link, /,
  ],
])('not a folder that %s', (_, folder, prepare, message) => {
  repository();
  prepare();
  const before = project.contents();
  expect(() => {
    write(folder);
  }).toThrow(message);
  expect(project.contents()).toEqual(before);
});

test.each<[string, string, string, RegExp]>([
  ['the project', '.', 'certs', /^\.: has the project in it, /],
  ['the folder above the project', '..', 'certs', /^\.\.: has the project in it, /],
  [
    'the folder of the certificates',
    'public',
    'public',
    /^public: is the folder of the certificates, which is committed/,
  ],
  ['a folder with that in it', 'own', 'own/public', /^own: has the folder of the certificates in it, /],
  ['a folder in that', 'public/own', 'public', /^public\/own: is in the folder of the certificates, /],
])('not %s, also where there is no repository', (_, secrets, certs, message) => {
  project.write(`${certs}/a.pem`, 'public\n');
  const before = project.contents();
  expect(() => {
    write(secrets, certs);
  }).toThrow(message);
  expect(project.contents()).toEqual(before);
});

test.each([
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
  ...['.cdk8s', '.vendor-partial', 'argo-cd', 'coverage', 'dist', 'flux', 'graph', 'node_modules', 'vendor'],
])('not %s/, which others write, commit or publish', (folder) => {
  expect(() => {
    write(`${folder}/secrets`);
  }).toThrow(`${folder}/secrets: is in ${folder}/, which others write, commit or publish`);
});

test.each([
  ['*\n', true],
  ['/*\n!.gitignore\n', true],
  ['**\n', true],
  ['*.key\n', false],
  ['*\n!a.yaml\n', false],
  ['', false],
])('a .gitignore of its own that is %j: %s', (text, ignores) => {
  project.write('keys/.gitignore', text);
  const writing = (): void => {
    write('keys');
  };
  const message = messageOf(writing);
  expect(message === '').toBe(ignores);
  expect(message).toContain(ignores ? '' : 'keys/.gitignore: does not keep all of the folder out of git: ');
  expect(readdirSync(project.path('keys')).includes('a.yaml')).toBe(ignores);
});

test('not one of a repository that git cannot read', () => {
  repository();
  project.write('.git/config', '[broken');
  expect(() => {
    write();
  }).toThrow(/^secrets: git is not known to ignore it: /);
  expect(readdirSync(project.root)).not.toContain('secrets');
});

test('not one of a repository whose git cannot be asked', () => {
  repository();
  withoutPrograms(() => {
    expect(() => {
      write();
    }).toThrow(/^secrets: git is not known to ignore it: git is not on the PATH$/);
  });
  expect(readdirSync(project.root)).not.toContain('secrets');
});
