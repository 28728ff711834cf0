import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { FolderWatch } from './folder-watch';

let root: string;
let told: string[];
let watched: FolderWatch;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  mkdirSync(join(root, 'teams', 'a'), { recursive: true });
  mkdirSync(join(root, 'left-out'));
  writeFileSync(join(root, 'teams', 'a', 'one.ts'), '1');
  told = [];
  watched = new FolderWatch(
    [root],
    (path) => basename(path) === 'left-out' || path.endsWith('.swp'),
    (path) => told.push(relative(root, path)),
  );
});
afterEach(() => {
  watched.close();
  rmSync(root, { recursive: true, force: true });
});

const at = (path: string): string => join(root, path);
const moment = (milliseconds = 100): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** What is told of what is done, once each, after what is watched was refreshed as a render does it. */
async function toldOf(act: () => void): Promise<string[]> {
  await moment();
  told = [];
  act();
  for (let waited = 0; told.length === 0 && waited < 20; waited++) await moment();
  await moment();
  watched.refresh();
  return [...new Set(told)].sort();
}

test('a file that is written, however often', async () => {
  for (const text of ['2', '3', '4']) {
    expect(await toldOf(() => writeFileSync(at('teams/a/one.ts'), text))).toEqual(['teams/a/one.ts']);
  }
});

test('a file that is replaced by another of its name, however often', async () => {
  for (const text of ['2', '3', '4']) {
    const replaced = await toldOf(() => {
      writeFileSync(at('teams/a/one.swp'), text);
      renameSync(at('teams/a/one.swp'), at('teams/a/one.ts'));
    });
    expect(replaced).toEqual(['teams/a/one.ts']);
  }
});

test('a file that is removed, and one that comes', async () => {
  expect(await toldOf(() => rmSync(at('teams/a/one.ts')))).toEqual(['teams/a/one.ts']);
  expect(await toldOf(() => writeFileSync(at('teams/two.ts'), '1'))).toEqual(['teams/two.ts']);
});

test('a folder that comes, and what is in it then', async () => {
  expect(await toldOf(() => mkdirSync(at('teams/b')))).toEqual(['teams/b']);
  expect(await toldOf(() => writeFileSync(at('teams/b/one.ts'), '1'))).toEqual(['teams/b/one.ts']);
});

test('a folder that is replaced, as when a branch is checked out', async () => {
  for (const text of ['2', '3']) {
    const replaced = await toldOf(() => {
      rmSync(at('teams'), { recursive: true });
      mkdirSync(at('teams/a'), { recursive: true });
      writeFileSync(at('teams/a/one.ts'), text);
    });
    expect(replaced).toContain('teams');
    expect(await toldOf(() => writeFileSync(at('teams/a/one.ts'), `${text}!`))).toEqual(['teams/a/one.ts']);
  }
});

test('nothing of what is left out, and nothing after the end', async () => {
  expect(await toldOf(() => writeFileSync(at('left-out/one.ts'), '1'))).toEqual([]);
  watched.close();
  writeFileSync(at('teams/a/one.ts'), '2');
  await moment(500);
  expect(told).toEqual([]);
});
