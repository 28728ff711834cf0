import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { KnownBytes } from './lock';
import type { Bytes } from './receive';
import { bytesOf, receive } from './receive';
import { ScratchRepository, sha256 } from './testing/scratch-repository';

let repository: ScratchRepository;
let to: string;
beforeEach(() => {
  repository = new ScratchRepository('');
  to = join(repository.root, 'a.yaml');
});
afterEach(() => {
  repository.remove();
});

async function* chunksOf(chunks: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

const take = (text: string, expected: KnownBytes, name = 'a.yaml'): Promise<Bytes> =>
  receive(chunksOf([Buffer.from(text)]), to, name, expected);

test('whatever comes in whatever chunks is written, measured and counted', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1 }), { minLength: 1 }), async (chunks) => {
      const all = Buffer.concat(chunks);
      const expected = { size: all.length, sha256: sha256(all) };
      let counted = 0;
      const got = await receive(chunksOf(chunks), to, 'a', expected, (count) => (counted += count));
      expect([got, await bytesOf(to), counted]).toEqual([expected, expected, all.length]);
      expect(readFileSync(to).equals(all)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test.each<[string, string, KnownBytes, string]>([
  ['fewer bytes', 'abc', { size: 4 }, 'short file: expected 4 bytes, got 3 bytes'],
  ['more bytes', 'abcde', { size: 4 }, 'file too long: expected 4 bytes, got more'],
  [
    'other bytes',
    'abcd',
    { size: 4, sha256: sha256('abce') },
    `wrong sum: expected SHA-256 ${sha256('abce')}, got ${sha256('abcd')}`,
  ],
  [
    'other bytes of unknown size',
    'abcd',
    { sha256: sha256('x') },
    `wrong sum: expected SHA-256 ${sha256('x')}, got ${sha256('abcd')}`,
  ],
  ['no bytes', '', {}, 'empty file: expected at least 1 byte, got 0 bytes'],
  [
    'a page in place of a manifest',
    '<html>kind: x',
    {},
    'no manifest: expected YAML with apiVersion and kind, got "<html>kind: x"',
  ],
])('%s: said, and the file is gone', async (_, text, expected, message) => {
  await expect(take(text, expected)).rejects.toThrow(message);
  expect(existsSync(to)).toBe(false);
});

test.each([
  ['a.yaml', Buffer.from('# a comment\n---\nkind: List\n')],
  ['a.yml', Buffer.from('"apiVersion": v1\n')],
  ['a.tgz', Buffer.from([0x1f, 0x8b, 8])],
  ['a.txt', Buffer.from('anything')],
])('%s without a known sum is judged by what it begins with', async (name, bytes) => {
  await expect(receive(chunksOf([bytes]), to, name, {})).resolves.toMatchObject({ size: bytes.length });
});

test('a known sum is enough: such a file may begin with anything', async () => {
  await expect(take('<x>', { sha256: sha256('<x>') })).resolves.toMatchObject({ size: 3 });
});

test('a file that cannot be written is told apart from one that cannot be had', async () => {
  to = join(repository.root, 'nowhere', 'a.yaml');
  await expect(take('abc', {})).rejects.toThrow(
    'cannot be written: expected a folder with space and leave to write, got ENOENT',
  );
});

test('a file that is not there has no bytes', async () => {
  expect(await bytesOf(to)).toBeUndefined();
  expect(await bytesOf(repository.root)).toBeUndefined();
});
