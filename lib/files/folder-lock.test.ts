import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs, { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { FolderLock, LockedByAnother } from './folder-lock';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const file = (): string => join(folder, 'work', 'lock');
const lock = (): FolderLock => new FolderLock(file(), 'npm run vendor');
/** Adds 1 several times by reading and writing, which loses some where two are at it together. */
const ADD = `
import { readFileSync, writeFileSync } from 'node:fs';
import { FolderLock } from './folder-lock';

const [, , file, counter] = process.argv;
async function add() {
  for (let times = 0; times < 20; times += 1) {
    const lock = new FolderLock(file, 'a test');
    await lock.takeWithin(60000, () => undefined);
    const now = Number(readFileSync(counter, 'utf8'));
    await new Promise((resolve) => setTimeout(resolve, 1));
    writeFileSync(counter, String(now + 1));
    lock.release();
  }
}
void add();
`;

const gone = (): number => spawnSync(process.execPath, ['-e', '']).pid;

test('one holds it at a time, and nothing is left when it is released', () => {
  const [one, other] = [lock(), lock()];
  one.take();
  expect(() => {
    other.take();
  }).toThrow(
    new RegExp(`^npm run vendor: another one is at work here \\(process ${process.pid}\\): wait until it has ended$`),
  );
  expect([one.isHeld(), other.isHeld()]).toEqual([true, false]);
  other.release();
  expect(one.isHeld()).toBe(true);
  one.release();
  other.take();
  other.release();
  expect(readdirSync(join(folder, 'work'))).toEqual([]);
});

/** Elsewhere the system does not tell when a process was started. */
const LATER = process.platform === 'linux' ? undefined : /another one/;

test.each<[string, () => object, RegExp | undefined]>([
  ['a process that has ended', () => ({ process: gone(), host: hostname() }), undefined],
  ['one whose number another has now', () => ({ process: process.pid, host: hostname(), started: '1' }), LATER],
  ['one that runs', () => ({ process: process.ppid, host: hostname() }), /another one is at work here \(process \d+\)/],
  [
    'one on another machine',
    () => ({ process: gone(), host: 'elsewhere' }),
    /\(process \d+ on elsewhere\): .*, or remove .*lock/,
  ],
])('a lock of %s', (_, holder, refused) => {
  lock().take();
  writeFileSync(file(), JSON.stringify({ token: 'a', ...holder() }));
  const said = (): string => {
    try {
      lock().take();
      return 'taken';
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(said()).toMatch(refused ?? /^taken$/);
});

test('one that cannot be read is of nobody', () => {
  lock().take();
  writeFileSync(file(), '');
  const own = lock();
  own.take();
  expect(own.isHeld()).toBe(true);
});

test.each(['EPERM', 'ENOTSUP'])(
  'on a file system that has no links, and says %s, one holds it at a time as well',
  (code) => {
    jest.spyOn(fs, 'linkSync').mockImplementation(() => {
      throw Object.assign(new Error(code), { code });
    });
    const [one, other] = [lock(), lock()];
    one.take();
    expect(() => {
      other.take();
    }).toThrow(LockedByAnother);
    one.release();
    other.take();
    expect(other.isHeld()).toBe(true);
  },
);

test('whoever waits gets it when it is free, and is told at the end that it is not', async () => {
  const [one, other] = [lock(), lock()];
  one.take();
  let waits = 0;
  const taken = other.takeWithin(60_000, () => {
    waits += 1;
    one.release();
  });
  await taken;
  expect([waits, other.isHeld()]).toEqual([1, true]);
  await expect(lock().takeWithin(0, () => undefined)).rejects.toBeInstanceOf(LockedByAnother);
});

test('of many processes that find a lock that was left, one alone gets it at a time', async () => {
  const counter = join(folder, 'count');
  writeFileSync(counter, '0');
  lock().take();
  writeFileSync(file(), JSON.stringify({ process: gone(), host: hostname(), token: 'left' }));
  const bundled = join(folder, 'add.js');
  buildSync({
    stdin: { contents: ADD, resolveDir: __dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    outfile: bundled,
  });
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, [bundled, file(), counter], { stdio: 'inherit' }),
  );
  const codes = await Promise.all(children.map(async (child) => ((await once(child, 'exit')) as [number])[0]));
  expect(codes).toEqual([0, 0, 0, 0]);
  expect(readFileSync(counter, 'utf8')).toBe('80');
  expect(existsSync(file())).toBe(false);
}, 60_000);
