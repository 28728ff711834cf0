import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DistChanges } from './dist';
import { compareDist, writeDist } from './dist';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const FILES = [
  { name: '00-namespaces.yaml', text: 'a: 1\n' },
  { name: '60-services.default.yaml', text: 'b: 2\n' },
];

const write = (folder: string): DistChanges | undefined => writeDist({ folder, files: FILES })[0]?.changes;

test('writes what is new or different and removes what the platform no longer renders', () => {
  const dist = join(folder, 'dist');
  expect(write(dist)).toEqual({ written: FILES.map(({ name }) => name), unchanged: [], removed: [] });
  writeFileSync(join(dist, '00-namespaces.yaml'), 'edited: true\n');
  writeFileSync(join(dist, '20-linkerd.yaml'), '');
  const changes = {
    written: ['00-namespaces.yaml'],
    unchanged: ['60-services.default.yaml'],
    removed: ['20-linkerd.yaml'],
  };
  expect(compareDist({ folder: dist, files: FILES })).toEqual(changes);
  expect(readFileSync(join(dist, '00-namespaces.yaml'), 'utf8')).toBe('edited: true\n');
  expect(write(dist)).toEqual(changes);
  expect(readdirSync(dist)).toEqual(FILES.map(({ name }) => name));
  expect(readFileSync(join(dist, '00-namespaces.yaml'), 'utf8')).toBe('a: 1\n');
});

test.each([
  'README.md',
  'kustomization.yaml',
  '70_own.yaml',
  '5-own.yaml',
  '60-Services.yaml',
  '60-services.yml',
  '.60-services.yaml',
])("leaves the user's own %s alone", (name) => {
  writeFileSync(join(folder, name), 'mine');
  expect(write(folder)?.removed).toEqual([]);
  expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
});

test('leaves folders alone, whatever their name', () => {
  mkdirSync(join(folder, '99-staging.yaml'));
  expect(write(folder)?.removed).toEqual([]);
  expect(statSync(join(folder, '99-staging.yaml')).isDirectory()).toBe(true);
});

test('where one file of one folder cannot be written, all folders are as they were', () => {
  const [a, b] = [join(folder, 'a'), join(folder, 'b')];
  mkdirSync(a);
  mkdirSync(join(b, '60-services.default.yaml', 'in-the-way'), { recursive: true });
  writeFileSync(join(a, '00-namespaces.yaml'), 'old: true\n');
  writeFileSync(join(a, '20-linkerd.yaml'), 'old: true\n');
  const folders = [a, b].map((folder) => ({ folder, files: FILES }));
  expect(() => writeDist(...folders)).toThrow(
    /60-services\.default\.yaml is a folder, where a file is to go: move it away$/,
  );
  expect(readdirSync(a)).toEqual(['00-namespaces.yaml', '20-linkerd.yaml']);
  expect(readFileSync(join(a, '00-namespaces.yaml'), 'utf8')).toBe('old: true\n');
  expect(readdirSync(b)).toEqual(['60-services.default.yaml']);
});
