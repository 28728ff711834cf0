import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

test('writes what is new or different and removes what the platform no longer renders', () => {
  const dist = join(folder, 'dist');
  expect(writeDist(dist, FILES)).toEqual({ written: FILES.map(({ name }) => name), unchanged: [], removed: [] });
  writeFileSync(join(dist, '00-namespaces.yaml'), 'edited: true\n');
  writeFileSync(join(dist, '20-linkerd.yaml'), '');
  const changes = {
    written: ['00-namespaces.yaml'],
    unchanged: ['60-services.default.yaml'],
    removed: ['20-linkerd.yaml'],
  };
  expect(compareDist(dist, FILES)).toEqual(changes);
  expect(readFileSync(join(dist, '00-namespaces.yaml'), 'utf8')).toBe('edited: true\n');
  expect(writeDist(dist, FILES)).toEqual(changes);
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
  expect(writeDist(folder, FILES).removed).toEqual([]);
  expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
});

test('leaves folders alone, whatever their name', () => {
  mkdirSync(join(folder, '99-staging.yaml'));
  expect(writeDist(folder, FILES).removed).toEqual([]);
  expect(statSync(join(folder, '99-staging.yaml')).isDirectory()).toBe(true);
});

test('a file that cannot be written leaves no partial one behind', () => {
  mkdirSync(join(folder, '00-namespaces.yaml', 'in-the-way'), { recursive: true });
  expect(() => writeDist(folder, FILES)).toThrow();
  expect(readdirSync(folder)).toEqual(['00-namespaces.yaml']);
});
