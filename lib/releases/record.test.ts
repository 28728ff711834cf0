import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseLock, readLock, versionProblem } from './lock';
import { LOCK_FILE, projectRoot } from './project-root';
import { recordInLock } from './record';

const LOCK = `# Of the lock.
components:
  # Of the component.
  linkerd:
    version: '1.20' # Why.
    urls: ['https://a.example/{file}']

    files:
      - name: a.yaml # Of the file.
        size: 1
        sha256: abc
        chart:
          name: linkerd-crds
          size: 2
          sha256: def
      - name: b.yaml
`;

test('changes versions, sizes and sums, and keeps comments and all else', () => {
  const files = [
    { size: 10, sha256: 'aaa', archive: { size: 20, sha256: 'bbb' } },
    { size: 30, sha256: 'ccc', archive: {} },
  ];
  expect(recordInLock(LOCK, [{ component: 'linkerd', version: '1.21', files }])).toBe(
    LOCK.replace("'1.20'", "'1.21'")
      .replace('size: 1\n        sha256: abc', 'size: 10\n        sha256: aaa')
      .replace('size: 2\n          sha256: def', 'size: 20\n          sha256: bbb')
      .replace("['https://a.example/{file}']", "[ 'https://a.example/{file}' ]")
      .replace('b.yaml\n', 'b.yaml\n        size: 30\n        sha256: ccc\n'),
  );
});

test('takes away what is not known any more', () => {
  const text = recordInLock(LOCK, [{ component: 'linkerd', version: '1.20', files: [{ archive: {} }] }]);
  expect(text).not.toMatch(/size|sha256/);
});

test("this repository's lock is written as it stands when nothing is new", () => {
  const file = join(projectRoot(), LOCK_FILE);
  const records = Object.entries(readLock(file).components).map(([component, { version, files }]) => ({
    component,
    version,
    files: files.map((one) => ({ ...one, archive: one.chart ?? {} })),
  }));
  const text = readFileSync(file, 'utf8');
  expect(recordInLock(text, records)).toBe(text);
});

test('what is recorded is what is read', () => {
  const sum = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
  const bytes = fc.record({ size: fc.integer({ min: 1 }), sha256: sum });
  const version = fc
    .stringMatching(/^[0-9a-z][0-9a-z.+_-]{0,12}$/)
    .filter((text) => versionProblem(text) === undefined);
  const text = readFileSync(join(projectRoot(), LOCK_FILE), 'utf8');
  fc.assert(
    fc.property(version, bytes, bytes, (to, file, archive) => {
      const records = [{ component: 'linkerd-viz', version: to, files: [{ ...file, archive }] }];
      const read = parseLock(recordInLock(text, records), 'lock').components['linkerd-viz'];
      expect(read).toMatchObject({ version: to, files: [{ ...file, chart: archive }] });
    }),
    { numRuns: 100 },
  );
});
