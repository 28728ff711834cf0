import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FetchProblem } from './fetch-problem';
import type { HttpClient } from './http';
import { withoutCredentials } from '../syntax/url-credentials';
import { asFetchProblem } from './http';
import { findOciChart } from './oci';
import type { KnownBytes } from './lock';
import type { Bytes } from './receive';
import { receive } from './receive';

/** A file that came, and what went wrong before it did. */
export interface Obtained extends Bytes {
  /** The URL or path that it came from. */
  readonly from: string;

  /** What was wrong at the places before that one. */
  readonly problems: readonly string[];
}

/** A file could be had from none of its places. */
export class Unobtainable extends Error {
  constructor(
    readonly problems: readonly FetchProblem[],
    readonly lines: readonly string[],
  ) {
    super(lines.join('\n'));
    this.name = 'Unobtainable';
  }

  get wrongBytes(): boolean {
    return this.problems.some(({ problem }) => problem.wrongBytes === true);
  }
}

/**
 * Brings a file from the first place that has the right bytes.
 *
 * @param places URLs (`https`, `http`, `oci`) or paths of files
 * @throws Unobtainable if none has
 */
export async function obtain(
  client: HttpClient,
  places: readonly string[],
  to: string,
  name: string,
  expected: KnownBytes,
  onBytes: (count: number) => void,
): Promise<Obtained> {
  const problems: FetchProblem[] = [];
  const lines: string[] = [];
  for (const place of places) {
    const from = withoutCredentials(place);
    let came = 0;
    try {
      const bytes = await client.patiently(() => {
        // What a broken attempt has brought does not count.
        onBytes(-came);
        came = 0;
        return bring(client, place, to, name, expected, (count) => {
          came += count;
          onBytes(count);
        });
      });
      return { ...bytes, from, problems: lines };
    } catch (error) {
      onBytes(-came);
      const problem = asFetchProblem(error);
      problems.push(problem);
      lines.push(problem.from(from));
    }
  }
  throw new Unobtainable(problems, lines);
}

async function bring(
  client: HttpClient,
  place: string,
  to: string,
  name: string,
  expected: KnownBytes,
  onBytes: (count: number) => void,
): Promise<Bytes> {
  if (!place.includes('://')) return receive(fileChunks(place), to, name, expected, onBytes);
  if (!place.startsWith('oci://')) return receive((await client.get(place)).body, to, name, expected, onBytes);
  const chart = await findOciChart(client, place);
  const { body } = await client.get(chart.url, chart.headers);
  return receive(body, to, name, { ...chart.expected, ...expected }, onBytes);
}

async function* fileChunks(path: string): AsyncIterable<Buffer> {
  const noFile = (got: string): FetchProblem =>
    new FetchProblem({ what: 'no file', expected: 'a file that can be read', got });
  try {
    // A named pipe may never end.
    if (!(await stat(path)).isFile()) throw noFile('something else');
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  } catch (error) {
    throw error instanceof FetchProblem ? error : noFile((error as NodeJS.ErrnoException).code ?? '');
  }
}
