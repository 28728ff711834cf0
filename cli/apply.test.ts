import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runKnitmesh } from '../testing/command';
import { testWith } from '../testing/requirements';

const ROOT = resolve(__dirname, '..');
const NOWHERE = { KUBECONFIG: '/dev/null', HOME: '/nonexistent' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe.each(['apply', 'uninstall'])('npm run %s', (command) => {
  testWith('kubectl')('without a cluster says so in a line', () => {
    expect(runKnitmesh([command, '--yes'], { env: NOWHERE })).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^error kubectl [\w-]+: there is no cluster: set KUBECONFIG, [^\n]*\n$/) as string,
    });
  });

  testWith('kubectl')('with a context that is not there says so in a line', () => {
    const { status, stderr } = runKnitmesh([command, '--yes', '--context', 'none'], { env: NOWHERE });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^error kubectl [\w-]+: .*"?none"?.*\n$/)]);
  });

  test('without kubectl says so in a line', () => {
    expect(runKnitmesh([command, '--yes'], { env: { PATH: folder } })).toEqual({
      status: 2,
      stdout: '',
      stderr: 'error kubectl is not there: install it, and put it on the PATH\n',
    });
  });

  test.each([
    [['--timeout', '5'], /--timeout .*"5" is not a duration/],
    [['--from', '/nonexistent'], /--from: \/nonexistent: no such folder/],
  ])('%j is refused', (args, words) => {
    const { status, stderr } = runKnitmesh([command, ...args]);
    expect([status, stderr]).toEqual([2, expect.stringMatching(words)]);
  });
});

test.each([
  [['--phase', 'service'], /--phase: "service" is none of 00-namespaces, .*; did you mean "services"\?/],
  [['--secrets', '/nonexistent'], /--secrets: \/nonexistent: no such folder/],
  [['-n', 'default'], /Every object of the platform names its own namespace/],
  [['--dry-run', 'all'], /Allowed choices are client, server/],
])('npm run apply -- %j is refused before a cluster is asked', (args, words) => {
  const { status, stdout, stderr } = runKnitmesh(['apply', ...args], { env: { PATH: folder } });
  expect([status, stdout, stderr]).toEqual([2, '', expect.stringMatching(words)]);
});

test('files are applied as they are; where one cannot be read nothing is', () => {
  cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'dist', '60-services.yaml'), 'apiVersion: v1\nkind: [\n');
  const { status, stderr } = runKnitmesh(['apply', '--from', join(folder, 'dist')], { env: { PATH: folder } });
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^error .*60-services\.yaml:\d+: /)]);
});

test('the folder of Secrets takes Secrets alone', () => {
  writeFileSync(join(folder, 'a.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: b }\n');
  const { status, stderr } = runKnitmesh(['apply', '--secrets', folder], { env: { PATH: folder } });
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/a\.yaml:1: is a ConfigMap: the folder of --secrets takes Secrets alone/),
  ]);
});
