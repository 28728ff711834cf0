import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mistakes } from '../lib/objects/mistakes';
import { secretObjects, writtenObjects } from './platform-objects';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n';
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  namespace: a\n';

/** What is wrong with a folder, without its name. */
function mistakesIn(read: (folder: string) => unknown): string[] {
  try {
    read(folder);
  } catch (error) {
    if (error instanceof Mistakes)
      return error.mistakes.map(({ where, message }) => `${where.replace(folder, '')}: ${message}`);
    throw error;
  }
  return [];
}

/** What ends no read, or is somebody else's. */
const UNREAD: readonly [what: string, make: (file: string) => unknown, message: string][] = [
  ['a named pipe', (file) => execFileSync('mkfifo', [file]), 'is a named pipe, and is not read'],
  ['a link to a device', (file) => symlinkSync('/dev/zero', file), 'is a link that leads out of the folder'],
  ['a link to itself', (file) => symlinkSync(file, file), 'is a link that leads around in a circle'],
  [
    'more than a cluster takes',
    (file) => {
      writeFileSync(file, '');
      truncateSync(file, 33 * 2 ** 20);
    },
    'has more than 32 MiB, and is not read',
  ],
];

test.each(UNREAD)('%s among the files is one line', (_, make, message) => {
  make(join(folder, '60-services.yaml'));
  for (const read of [writtenObjects, secretObjects]) {
    expect(mistakesIn(read)).toEqual([expect.stringContaining(`/60-services.yaml: ${message}`)]);
  }
});

test("files of other names are the user's, and so is what is below", () => {
  writeFileSync(join(folder, '00-namespaces.yaml'), NAMESPACE);
  writeFileSync(join(folder, 'notes.yaml'), 'no object');
  mkdirSync(join(folder, 'staging'));
  writeFileSync(join(folder, 'staging', '60-services.yaml'), 'no object');
  expect(writtenObjects(folder).map(({ phase }) => phase)).toEqual(['00-namespaces']);
});

test('Secrets may stand in a List', () => {
  const item = SECRET.replaceAll('\n', '\n  ').trim();
  writeFileSync(join(folder, 'all.yaml'), `apiVersion: v1\nkind: List\nitems:\n- ${item}\n`);
  expect(secretObjects(folder)).toMatchObject([{ manifest: { kind: 'Secret' }, phase: '01-secrets' }]);
});
