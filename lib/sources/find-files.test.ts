import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFiles } from './find-files';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'knitmesh-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(...names: string[]): void {
  for (const name of names) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
}

const link = (name: string, target: string): void => symlinkSync(target, join(folder, name));

/** What is found, by names within the folder. */
function found(path = folder): Record<string, string[]> {
  const { files, leftOut, mistakes, notes } = findFiles(path);
  const lines = (of: typeof notes): string[] =>
    of.map(({ where, message }) => `${where.replace(`${folder}/`, '')} ${message}`);
  return {
    files: files.map(({ name = 'itself' }) => name),
    leftOut: leftOut.map((one) => one.replace(`${folder}/`, '')),
    mistakes: lines(mistakes),
    notes: lines(notes),
  };
}

const NOTHING = { leftOut: [], mistakes: [], notes: [] };

test('YAML files, also below, in the order in which kubectl takes them', () => {
  write('b.yaml', 'a.yml', 'a/z.json', 'a/b/c.yaml', 'a.txt', '.hidden.yaml', 'x.YAML', 'k/Kustomization');
  expect(found()).toEqual({
    ...NOTHING,
    files: ['.hidden.yaml', 'a/b/c.yaml', 'a/z.json', 'a.yml', 'b.yaml', 'k/Kustomization'],
  });
});

test('folders of tools are left out, unless they are named', () => {
  write('a.yaml', 'vendor/b.yaml', 'sub/node_modules/c.yaml', '.github/d.yaml');
  expect(found()).toEqual({
    ...NOTHING,
    files: ['a.yaml'],
    leftOut: ['.github', 'sub/node_modules', 'vendor'],
  });
  expect(found(join(folder, 'vendor'))).toEqual({ ...NOTHING, files: ['b.yaml'] });
});

test('a file is itself, whatever its name is', () => {
  write('values.txt');
  expect(found(join(folder, 'values.txt'))).toEqual({ ...NOTHING, files: ['itself'] });
});

test('a folder that is called like a file is a folder', () => {
  write('a.yaml/b.yaml');
  expect(found()).toEqual({ ...NOTHING, files: ['a.yaml/b.yaml'] });
});

describe('links', () => {
  test('to a file within are read once', () => {
    write('a.yaml', '.data/b.yaml');
    link('c.yaml', 'a.yaml');
    link('d.yaml', '.data/b.yaml');
    link('e.yaml', '.data/b.yaml');
    expect(found()).toEqual({ ...NOTHING, files: ['a.yaml', 'd.yaml'], leftOut: ['.data'] });
  });

  test('to a folder within are not followed: it is read where it is', () => {
    write('a/b.yaml');
    link('c', 'a');
    expect(found()).toEqual({ ...NOTHING, files: ['a/b.yaml'] });
  });

  test('out of the folder are told: of a file it is a mistake, since kubectl reads it', () => {
    const outside = join(folder, 'outside');
    write('k8s/a.yaml', 'outside/b.yaml');
    link('k8s/b.yaml', '../outside/b.yaml');
    link('k8s/more', outside);
    link('k8s/notes.txt', '../outside/b.yaml');
    expect(found(join(folder, 'k8s'))).toEqual({
      files: ['a.yaml'],
      leftOut: [],
      mistakes: [
        `k8s/b.yaml is a link that leads out of the folder, and is not followed: name ${outside}/b.yaml itself`,
      ],
      notes: [
        `k8s/more is a link that leads out of the folder, and is not followed: name ${outside} as well if its files count`,
      ],
    });
  });

  test('around in a circle end', () => {
    write('a/b.yaml');
    link('a/up', '..');
    link('self', 'self');
    expect(found()).toEqual({
      files: ['a/b.yaml'],
      leftOut: [],
      mistakes: ['self is a link that leads around in a circle'],
      notes: ['a/up is a link that leads around in a circle, and is not followed'],
    });
  });

  test('to nowhere', () => {
    link('a.yaml', 'none');
    link('b', 'none');
    expect(found()).toEqual({ ...NOTHING, files: [], mistakes: ['a.yaml is a link that leads nowhere'] });
  });

  test('to a device are not read', () => {
    link('zero.yaml', '/dev/zero');
    mkdirSync(join(folder, 'pipes'));
    execFileSync('mkfifo', [join(folder, 'pipes', 'x')]);
    link('pipe.yaml', 'pipes/x');
    const { files, mistakes } = found();
    expect(files).toEqual([]);
    expect(mistakes).toEqual([
      'pipe.yaml leads to a named pipe, and is not read',
      expect.stringMatching(/^zero\.yaml is a link that leads out of the folder/),
    ]);
  });
});

test('a named pipe is not opened', () => {
  execFileSync('mkfifo', [join(folder, 'a.yaml'), join(folder, 'b')]);
  expect(found()).toEqual({ ...NOTHING, files: [], mistakes: ['a.yaml is a named pipe, and is not read'] });
});

test('what is not there', () => {
  expect(() => findFiles(join(folder, 'none'))).toThrow(/none: no such file or folder$/);
});
