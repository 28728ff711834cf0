import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { FetchProblem } from './fetch-problem';
import { asFetchProblem } from './http';
import type { KnownBytes } from './lock';

/** What a file is. */
export type Bytes = Required<KnownBytes>;

/** No file of a release is larger: who sends more does not send one. */
export const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Writes what comes to a file and holds it against what is expected. The file is gone if anything is wrong with it.
 *
 * @param name the file's name, by whose ending bytes without a known sum are judged
 * @throws FetchProblem if the bytes are not those, or stop coming
 */
export async function receive(
  chunks: AsyncIterable<Uint8Array>,
  to: string,
  name: string,
  expected: KnownBytes,
  onBytes: (count: number) => void = () => undefined,
): Promise<Bytes> {
  const hash = createHash('sha256');
  const most = expected.size ?? MOST_BYTES;
  let size = 0;
  let head = Buffer.alloc(0);
  try {
    const file = await open(to, 'w').catch(unwritable);
    try {
      for await (const chunk of breakingOff(chunks, expected)) {
        size += chunk.length;
        if (size > most) throw wrong('file too long', `${most} bytes`, 'more');
        hash.update(chunk);
        if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]);
        await file.write(chunk).catch(unwritable);
        onBytes(chunk.length);
      }
      await file.sync().catch(unwritable);
    } finally {
      await file.close();
    }
    const got = { size, sha256: hash.digest('hex') };
    compare(expected, got);
    if (expected.sha256 === undefined) judge(name, head);
    return got;
  } catch (error) {
    await rm(to, { force: true });
    throw error;
  }
}

/** Size and sum of a file; `undefined` if it is not there. */
export async function bytesOf(path: string): Promise<Bytes | undefined> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    // A named pipe may never end.
    if (!(await stat(path)).isFile()) return undefined;
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      size += chunk.length;
      hash.update(chunk);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
  return { size, sha256: hash.digest('hex') };
}

/** The same chunks. An error among them says how far they came. */
async function* breakingOff(chunks: AsyncIterable<Uint8Array>, { size }: KnownBytes): AsyncIterable<Uint8Array> {
  let came = 0;
  try {
    for await (const chunk of chunks) {
      came += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if (error instanceof FetchProblem) throw error;
    const { problem } = asFetchProblem(error);
    const expected = size === undefined ? 'a whole file' : `${size} bytes`;
    throw new FetchProblem({ ...problem, what: 'broken off', expected, got: `${came} bytes, then ${problem.got}` });
  }
}

function unwritable(error: Error): never {
  throw new FetchProblem({
    what: 'cannot be written',
    expected: 'a folder with space and leave to write',
    got: error.message,
  });
}

function compare(expected: KnownBytes, got: Bytes): void {
  if (expected.size !== undefined && got.size < expected.size) {
    throw wrong('short file', `${expected.size} bytes`, `${got.size} bytes`);
  }
  if (got.size === 0) throw wrong('empty file', 'at least 1 byte', '0 bytes');
  if (expected.sha256 !== undefined && got.sha256 !== expected.sha256) {
    throw wrong('wrong sum', `SHA-256 ${expected.sha256}`, got.sha256);
  }
}

const HEAD_BYTES = 4096;
const GZIP = Buffer.from([0x1f, 0x8b]);

/** A sum that is to be recorded must not be that of a login page, which some networks answer every request with. */
function judge(name: string, head: Buffer): void {
  const begins = JSON.stringify(head.subarray(0, 20).toString('latin1'));
  if (name.endsWith('.tgz') && !head.subarray(0, 2).equals(GZIP)) throw wrong('no archive', 'a gzip archive', begins);
  if (/\.ya?ml$/.test(name) && !/^["']?(apiVersion|kind)["']?:/m.test(head.toString('utf8'))) {
    throw wrong('no manifest', 'YAML with apiVersion and kind', begins);
  }
}

function wrong(what: string, expected: string, got: string): FetchProblem {
  return new FetchProblem({ what, expected, got, wrongBytes: true });
}
