import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bury, killAtEach } from '../lib/files/testing/dying-disk';
import { journalIn } from '../lib/linkerd/identity/interrupted-change';
import { inspectIdentity } from '../lib/linkerd/identity/inspect-identity';
import { Mistakes } from '../lib/objects/mistakes';
import { certsCommand } from './certs';

let folder: string;
const before = mkdtempSync(join(tmpdir(), 'knitmesh-certs-'));
const begin = (): void => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-certs-'));
  cpSync(before, folder, { recursive: true });
};
const end = (): void => {
  rmSync(folder, { recursive: true });
};
beforeAll(() => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterAll(() => {
  rmSync(before, { recursive: true });
});

const certs = (root: string, args: readonly string[]): Promise<unknown> =>
  certsCommand().parseAsync(['--root', root, ...args], { from: 'user' });

/** The names of all files, without the sums in those of keys: a renewal that was done already is done again. */
function names(root: string): string[] {
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return [...new Set(all.map((name) => name.replace(/-[0-9a-f]{8}\.key$/, '-*.key')))].sort();
}

/** The certificates, from the folder on. */
const pems = (root: string): string[] =>
  existsSync(join(root, 'certs')) ? readdirSync(join(root, 'certs')).map((name) => join('certs', name)) : [];

/** What a folder holds of a secret that others may read. */
const readable = (root: string): string[] =>
  readdirSync(join(root, 'secrets'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => (statSync(join(root, 'secrets', name)).mode & 0o077) !== 0,
  );

const COMMANDS: readonly (readonly [string, readonly string[], string])[] = [
  ['make', ['make'], 'settled'],
  ['renew-issuer', ['renew-issuer'], 'settled'],
  ['renew-webhooks', ['renew-webhooks', '--new-webhook-ca'], 'settled'],
  ['rotate-anchor, the first step', ['rotate-anchor', '--step', 'add', '--offline'], 'added'],
  ['rotate-anchor, the second step', ['rotate-anchor', '--step', 'switch', '--offline'], 'switched'],
  ['rotate-anchor, the third step', ['rotate-anchor', '--step', 'remove', '--offline'], 'settled'],
];

// Each begins where the one before has ended.
test.each(COMMANDS)(
  'killed at any change of a file and run again, %s ends in the same state',
  async (_, args, rotation) => {
    begin();
    const there = pems(folder);
    await certs(folder, args);
    const expected = names(folder);
    const after = folder;

    const kills = await killAtEach(
      () => certs(folder, args),
      async () => {
        bury(join(folder, 'certs', '.lock'));
        // What was there is still there: the old one or the new one, and whole.
        for (const name of there) expect(readFileSync(join(folder, name), 'utf8')).toMatch(/END CERTIFICATE-----\n$/);
        // Killed when all was done, it is told that there is nothing to do.
        await certs(folder, args).catch((error: unknown) => {
          if (!(error instanceof Mistakes) || journalIn(join(folder, 'certs')).pending() !== undefined) throw error;
        });
        const { problems, rotation: found } = inspectIdentity(
          { root: folder, certs: 'certs', secrets: 'secrets' },
          new Date(),
          0,
        );
        expect([problems, found]).toEqual([[], rotation]);
        expect(names(folder)).toEqual(expected);
        expect(readable(folder)).toEqual([]);
        end();
      },
      begin,
    );
    end();
    expect(kills).toBeGreaterThan(10);
    rmSync(before, { recursive: true });
    renameSync(after, before);
  },
  120_000,
);
