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
