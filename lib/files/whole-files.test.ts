import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder';
import { writeWholeFiles } from './whole-files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const at = (...parts: readonly string[]): string => join(folder, ...parts);

/** Every file with its text, and folders with an empty one. */
function contents(): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names.map((name) => [name, statSync(at(name)).isFile() ? readFileSync(at(name), 'utf8') : '']),
  );
}

test('replaces, adds and removes files, and leaves nothing else behind', () => {
  writeFileSync(at('a.yaml'), 'a much longer text than the new one\n');
  writeFileSync(at('b.yaml'), 'b\n');
  const deep = at('x', 'y', 'c.yaml');
  writeWholeFiles(
    [
      { path: at('a.yaml'), text: 'new\n' },
      { path: deep, text: 'c\n' },
    ],
    [at('b.yaml'), at('none.yaml')],
  );
  expect(contents()).toEqual({ 'a.yaml': 'new\n', x: '', 'x/y': '', 'x/y/c.yaml': 'c\n' });
});

test.each<[string, () => void, RegExp]>([
  [
    'a folder is where a file is to go',
    () => mkdirSync(at('z', 'z.yaml'), { recursive: true }),
    /z\.yaml is a folder, /,
  ],
  [
    'a file is where a folder is to be',
    () => writeFileSync(at('z'), ''),
    /^cannot make the folder .*\/z: .*\/z is no folder$/,
  ],
  [
    'the link to a folder leads nowhere',
    () => symlinkSync('none', at('z')),
    /^cannot make the folder .*\/z: file already exists$/,
  ],
])('where %s, all is as it was', (_, harm, message) => {
  writeFileSync(at('a.yaml'), 'old\n');
  writeFileSync(at('b.yaml'), 'b\n');
  harm();
  const before = readdirSync(folder, { recursive: true }).sort();
  const files = ['a.yaml', 'x/y/c.yaml', 'z/z.yaml'].map((name) => ({ path: at(name), text: 'new\n' }));
  expect(() => writeWholeFiles(files, [at('b.yaml')])).toThrow(message);
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
  expect(readFileSync(at('a.yaml'), 'utf8')).toBe('old\n');
});

test('what a run that was killed has left goes, and what it had put aside comes back', () => {
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(at(`.a.yaml.${gone}.partial`), 'half');
  writeFileSync(at(`.b.yaml.${gone}.before`), 'b\n');
  writeFileSync(at(`.c.yaml.${gone}.partial`), 'of another command');
  writeFileSync(at(`.a.yaml.${process.ppid}.partial`), 'of one that runs');
  writeWholeFiles([{ path: at('a.yaml'), text: 'new\n' }], [at('none.yaml')]);
  expect(Object.keys(contents())).toEqual([
    `.a.yaml.${process.ppid}.partial`,
    `.b.yaml.${gone}.before`,
    `.c.yaml.${gone}.partial`,
    'a.yaml',
  ]);
  // What cannot be written leaves what was put aside where it belongs.
  mkdirSync(at('folder.yaml'));
  const files = ['b.yaml', 'folder.yaml'].map((name) => ({ path: at(name), text: 'new\n' }));
  expect(() => {
    writeWholeFiles(files);
  }).toThrow(/is a folder/);
  expect(readFileSync(at('b.yaml'), 'utf8')).toBe('b\n');
  expect(Object.keys(contents())).not.toContain(`.b.yaml.${gone}.before`);
});

test('what is no file stays what it is', () => {
  writeWholeFiles([{ path: '/dev/null', text: 'gone\n' }]);
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('where the system makes no folder, that is said, and nothing is begun', () => {
  expect(() => makeFolder('/proc/knitmesh/dist')).toThrow(
    /^cannot make the folder \/proc\/knitmesh\/dist: no such file or directory$/,
  );
});

test('folders are made for whom they are for, and told', () => {
  expect(makeFolder(at('a', 'b'), 0o700)).toEqual([at('a'), at('a', 'b')]);
  expect([at('a'), at('a', 'b')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
  chmodSync(at('a'), 0o755);
  expect(makeFolder(at('a', 'b'))).toEqual([]);
  expect(statSync(at('a')).mode & 0o777).toBe(0o755);
});
