import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ScratchRepository, sha256 } from './testing/scratch-repository';
import { Staging } from './staging';

let repository: ScratchRepository;
let staging: Staging;
beforeEach(async () => {
  repository = new ScratchRepository('lock');
  staging = new Staging(repository.root);
  await staging.enter(0, () => undefined);
});
afterEach(() => {
  repository.remove();
});

const at = (path: string): string => join(repository.root, path);

test('a kept file is found by its label and sum as long as it has that sum', async () => {
  const bytes = { size: 3, sha256: sha256('abc') };
  const path = staging.keep(staging.write('linkerd/1/a', 'abc'), 'linkerd/1/a', bytes);
  expect(await staging.find('linkerd/1/a', bytes.sha256)).toEqual({ path, bytes });
  expect(await staging.find('linkerd/1/b', bytes.sha256)).toBeUndefined();
  repository.write(path.slice(repository.root.length), 'abd');
  expect(await staging.find('linkerd/1/a', bytes.sha256)).toBeUndefined();
});

test('what a later run cannot use goes, and the folder with it if nothing is left', async () => {
  staging.write('a', 'half');
  staging.leave(false);
  expect(existsSync(at('.vendor-partial'))).toBe(false);
  await staging.enter(0, () => undefined);
  staging.write('a', 'half');
  staging.keep(staging.write('b', 'whole'), 'b', { size: 5, sha256: sha256('whole') });
  staging.leave(false);
  expect(Object.keys(repository.tree('.vendor-partial'))).toEqual([
    '.vendor-partial/.gitignore',
    `.vendor-partial/b.${sha256('whole')}`,
  ]);
  await staging.enter(0, () => undefined);
  staging.leave(true);
  expect(existsSync(at('.vendor-partial'))).toBe(false);
});

test('one run at a time is at work, and another is told where nobody waits', async () => {
  const other = new Staging(repository.root);
  await expect(other.enter(0, () => undefined)).rejects.toThrow(
    /^npm run vendor: another one is at work here \(process \d+\)/,
  );
  const entered = other.enter(60_000, () => {
    staging.leave(true);
  });
  await entered;
  other.leave(true);
  expect(existsSync(at('.vendor-partial'))).toBe(false);
});

test('nothing is changed by a run whose lock was taken away', () => {
  repository.write('.vendor-partial/lock', '{}');
  expect(() => {
    staging.change({ what: 'a', removed: [at('releases.lock.yaml')] });
  }).toThrow(/somebody has removed the lock/);
  expect(repository.lock).toBe('lock');
});
