import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { projectRoot } from './project-root';
import { TemporaryRoot } from './testing/temporary-root';

test('is the nearest folder with a lock, whatever the working folder is', () => {
  const root = new TemporaryRoot();
  const before = process.cwd();
  try {
    mkdirSync(join(root.path, 'a', 'b'), { recursive: true });
    process.chdir(tmpdir());
    expect(projectRoot(join(root.path, 'a', 'b'))).toBe(root.path);
    expect(projectRoot(root.path)).toBe(root.path);
    expect(projectRoot()).toBe(resolve(__dirname, '../..'));
  } finally {
    process.chdir(before);
    root.remove();
  }
});

test('no lock up to the root of the file system is an error', () => {
  expect(() => projectRoot(resolve('/'))).toThrow(
    '/: neither this folder nor one above it holds releases.lock.yaml: put the file there, or give the root',
  );
});
