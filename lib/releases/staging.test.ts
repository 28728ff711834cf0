import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ScratchRepository, sha256 } from './testing/scratch-repository';
import { Staging } from './staging';

let repository: ScratchRepository;
let staging: Staging;
beforeEach(() => {
  repository = new ScratchRepository('lock');
  staging = new Staging(repository.root);
});
afterEach(() => {
  repository.remove();
});

const at = (path: string): string => join(repository.root, path);

test('all files are moved to their places', () => {
  repository.write('vendor/a', 'older');
  staging.install([
    { from: staging.write('a', 'new'), to: at('vendor/a') },
    { from: staging.write('b', 'new'), to: at('vendor/x/y/b') },
  ]);
  staging.remove();
  expect(repository.tree()).toEqual({ 'releases.lock.yaml': 'lock', 'vendor/a': 'new', 'vendor/x/y/b': 'new' });
});

test('or none of them: what was there comes back, and new folders go', () => {
  repository.write('vendor/a', 'older');
  const files = [
    { from: staging.write('lock', 'new'), to: at('releases.lock.yaml') },
    { from: staging.write('a', 'new'), to: at('vendor/a') },
    { from: staging.write('b', 'new'), to: at('vendor/x/y/b') },
    { from: at('not-there'), to: at('vendor/c') },
  ];
  expect(() => {
    staging.install(files);
  }).toThrow('ENOENT');
  staging.remove();
  expect(repository.tree()).toEqual({ 'releases.lock.yaml': 'lock', 'vendor/a': 'older' });
  expect(existsSync(at('vendor/x'))).toBe(false);
});

test('a kept file is found by its label and sum as long as it has that sum', async () => {
  const bytes = { size: 3, sha256: sha256('abc') };
  const path = staging.keep(staging.write('linkerd/1/a', 'abc'), 'linkerd/1/a', bytes);
  expect(await staging.find('linkerd/1/a', bytes.sha256)).toEqual({ path, bytes });
  expect(await staging.find('linkerd/1/b', bytes.sha256)).toBeUndefined();
  repository.write(path.slice(repository.root.length), 'abd');
  expect(await staging.find('linkerd/1/a', bytes.sha256)).toBeUndefined();
});

test('what a later run cannot use goes, and the folder with it if nothing is left', () => {
  staging.write('a', 'half');
  staging.tidy();
  expect(existsSync(at('.vendor-partial'))).toBe(false);
  staging.write('a', 'half');
  staging.keep(staging.write('b', 'whole'), 'b', { size: 5, sha256: sha256('whole') });
  staging.tidy();
  expect(Object.keys(repository.tree('.vendor-partial'))).toEqual([
    '.vendor-partial/.gitignore',
    `.vendor-partial/b.${sha256('whole')}`,
  ]);
});
