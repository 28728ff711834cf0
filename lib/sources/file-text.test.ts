import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileText, LARGEST_FILE, streamText, textOf, TOO_LARGE } from './file-text';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  file = join(folder, 'a.yaml');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a file', () => {
  writeFileSync(file, 'a: \u00e4\u20ac\ud83d\ude00\n'.repeat(100_000));
  expect(fileText(file)).toEqual({ text: 'a: \u00e4\u20ac\ud83d\ude00\n'.repeat(100_000) });
  writeFileSync(file, '');
  expect(fileText(file)).toEqual({ text: '' });
});

test('a file that is too large is not read, however little of it is on the disk', () => {
  writeFileSync(file, '');
  truncateSync(file, 13 * 2 ** 30);
  expect(fileText(file)).toEqual({ problem: TOO_LARGE });
  expect(TOO_LARGE).toBe('has more than 32 MiB, and is not read: split it');
});

test('what has no end', () => {
  expect(fileText('/dev/zero')).toEqual({ problem: TOO_LARGE });
});

test('what cannot be read', () => {
  expect(fileText(join(folder, 'none'))).toEqual({ problem: 'cannot be read: ENOENT' });
  expect(fileText(folder)).toEqual({ problem: 'cannot be read: EISDIR' });
});

async function* stream(...chunks: Buffer[]): AsyncIterable<Buffer> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

test('a stream, whose characters may be cut', async () => {
  const bytes = Buffer.from('\u20ac');
  expect(await streamText(stream(bytes.subarray(0, 1), bytes.subarray(1)))).toEqual({ text: '\u20ac' });
  expect(await streamText(stream(Buffer.alloc(LARGEST_FILE), Buffer.alloc(1)))).toEqual({ problem: TOO_LARGE });
});

test.each([
  ['UTF-8', Buffer.from('a: \u00e4')],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeffa: \u00e4')],
  ['UTF-16, little end first', Buffer.from('\ufeffa: \u00e4', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\ufeffa: \u00e4', 'utf16le').swap16()],
])('%s', (_, bytes) => {
  expect(textOf(bytes)).toBe('a: \u00e4');
});
