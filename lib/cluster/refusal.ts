import { lastWords } from '../kubectl/kubectl';
import type { Conflict } from './apply/conflicts';
import { conflictsIn, describeConflicts } from './apply/conflicts';

/**
 * Why an object was not taken:
 * - `conflict`: another manager has fields of it
 * - `webhook`: a webhook that is to be asked does not answer
 * - `later`: something that it needs may come: its kind, its namespace, a busy API server
 * - `unreachable`: there is no API server to ask
 * - `refused`: asking again changes nothing
 */
export type RefusalCause = 'conflict' | 'webhook' | 'later' | 'unreachable' | 'refused';

export interface Refusal {
  readonly cause: RefusalCause;

  /** One line. No value of the object stands in it. */
  readonly reason: string;

  /** The fields of a conflict, and who has them. */
  readonly conflicts: readonly Conflict[];
}

/** What kubectl and the API server say, by what it means. The first that fits counts. */
const CAUSES: readonly (readonly [RegExp, RefusalCause])[] = [
  [/Apply failed with \d+ conflict/, 'conflict'],
  [/failed calling webhook/, 'webhook'],
  [
    /connection refused|Unable to connect to the server|connection reset|unexpected EOF|: EOF|TLS handshake timeout|i\/o timeout|The connection to the server|network is unreachable|connect: connection/,
    'unreachable',
  ],
  [
    /no matches for kind|resource mapping not found|namespaces "[^"]*" not found|because it is being terminated|etcdserver|the server is currently unable|ServiceUnavailable|Too Many Requests|InternalError|the object has been modified|the server could not find the requested resource|context deadline exceeded|request did not complete/,
    'later',
  ],
];

/**
 * What became of an object that kubectl did not print as applied.
 *
 * @param input the objects that it was given
 */
export function refusalOf(stderr: string, input = ''): Refusal {
  const cause = CAUSES.find(([words]) => words.test(stderr))?.[1] ?? 'refused';
  const conflicts = cause === 'conflict' ? conflictsIn(stderr) : [];
  const reason =
    conflicts.length > 0
      ? `${describeConflicts(conflicts)}: leave it to them and take it out of the platform, or take it over with --force-conflicts`
      : lastWords(stderr, input);
  return { cause, reason: reason || 'kubectl ended early', conflicts };
}
