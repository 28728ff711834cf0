import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const MEBIBYTE = 2 ** 20;

/** Above this no file is read: a cluster takes objects of 1.5 MiB. */
export const LARGEST_FILE = 32 * MEBIBYTE;

export const TOO_LARGE = `has more than ${LARGEST_FILE / MEBIBYTE} MiB, and is not read: split it`;

/** A text, or in a clause what keeps it from being read. */
export type ReadText = { readonly text: string } | { readonly problem: string };

/** Of what has no size, such as a pipe, this much is read at once. */
const CHUNK = 2 ** 16;

/** The text of a file, also of one that has no end, such as a pipe or a device. */
export function fileText(path: string): ReadText {
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      return size > LARGEST_FILE ? { problem: TOO_LARGE } : readAll(file, size === 0 ? CHUNK : size + 1);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return { problem: `cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}` };
  }
}

function readAll(file: number, chunkSize: number): ReadText {
  const chunks: Buffer[] = [];
  for (let size = 0; ;) {
    const chunk = Buffer.allocUnsafe(chunkSize);
    const read = readSync(file, chunk);
    if (read === 0) return { text: textOf(Buffer.concat(chunks)) };
    size += read;
    if (size > LARGEST_FILE) return { problem: TOO_LARGE };
    chunks.push(chunk.subarray(0, read));
  }
}

/** The text of a stream, such as standard input. */
export async function streamText(stream: AsyncIterable<Buffer | string>): Promise<ReadText> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_FILE) return { problem: TOO_LARGE };
    chunks.push(bytes);
  }
  return { text: textOf(Buffer.concat(chunks)) };
}

/**
 * Bytes as kubectl decodes them: UTF-8, unless a byte order mark says otherwise. Source: cli-runtime 0.32 `pkg/resource/visitor.go`.
 */
export function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  return new TextDecoder().decode(bytes);
}
