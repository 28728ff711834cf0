import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWholeFile } from './whole-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('replaces a file, and leaves nothing else behind', () => {
  const file = join(folder, 'a.yaml');
  writeFileSync(file, 'a much longer text than the new one\n');
  writeWholeFile(file, 'new\n');
  expect(readFileSync(file, 'utf8')).toBe('new\n');
  expect(readdirSync(folder)).toEqual(['a.yaml']);
});

test('what cannot be written leaves no partial file', () => {
  mkdirSync(join(folder, 'a.yaml', 'in-the-way'), { recursive: true });
  expect(() => {
    writeWholeFile(join(folder, 'a.yaml'), 'new\n');
  }).toThrow();
  expect(readdirSync(folder)).toEqual(['a.yaml']);
});
