import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CommandRun } from '../testing/command';
import { runKnitmesh, WALKTHROUGH } from '../testing/command';

const ROOT = resolve(__dirname, '..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const runDiff = (...args: string[]): CommandRun => runKnitmesh(['diff', ...args]);
const ofWalkthrough = (...args: string[]): CommandRun => runDiff('--app', WALKTHROUGH, ...args);

/** The files of the walk-through, in a folder of their own. */
function rendered(): string {
  const dist = join(folder, 'rendered');
  expect(runKnitmesh(['synth', '--app', WALKTHROUGH, '--dist', dist]).status).toBe(0);
  return dist;
}

/** A folder with Ambassador alone, and the replicas of its Deployment changed. */
function changed(): string {
  const text = readFileSync(join(rendered(), '50-ambassador.yaml'), 'utf8');
  const other = text.replace('  replicas: 3\n', '  replicas: 5\n');
  expect(other).not.toBe(text);
  const dist = join(folder, 'changed');
  mkdirSync(dist);
  writeFileSync(join(dist, '50-ambassador.yaml'), other);
  return dist;
}

test('the platform beside its own dist/ is the same: exit code 0', () => {
  const run = runDiff('--from', 'dist');
  expect(run.stdout).toMatch(/^dist → main\.ts: \d+ objects, no difference\n\nAREA +CHANGES\n/);
  expect(run).toMatchObject({ status: 0, stderr: expect.stringMatching(/^dist: \d+ files read\n$/) as string });
});

test('a difference: what it means, and exit code 1', () => {
  const from = changed();
  cpSync(join(folder, 'rendered', '50-ambassador.yaml'), join(from, 'unchanged.yaml'));
  const run = runDiff('--from', from, '--to', from);
  expect(run).toMatchObject({ status: 2, stdout: '' });
  rmSync(join(from, 'unchanged.yaml'));
  const beside = ofWalkthrough('--from', from, '-o', 'json');
  const { same, changes } = JSON.parse(beside.stdout) as { same: boolean; changes: { object: string; kind: string }[] };
  expect(same).toBe(false);
  expect(changes.filter(({ kind }) => kind !== 'added')).toMatchObject([
    {
      object: 'Deployment ambassador/ambassador',
      kind: 'changed',
      differences: [{ path: 'spec.replicas', area: 'workloads', from: 5, to: 3 }],
    },
  ]);
  expect(beside).toMatchObject({ status: 1, stderr: `${from}: 1 file read\n` });
  expect(JSON.parse(beside.stdout)).toMatchObject({ files: { from: { read: 1 } } });
});

test('a List on standard input beside a folder with what the List holds, in a folder below', () => {
  const object = (data: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: ${data}}\n`;
  mkdirSync(join(folder, 'below'));
  writeFileSync(join(folder, 'below', 'a.yaml'), object('x'));
  const list = (data: string): string =>
    `apiVersion: v1\nkind: List\nitems:\n- ${object(data).trimEnd().replaceAll('\n', '\n  ')}\n  status: {}\n`;
  const exported = list('x').replace('{name: a}', '{name: a, uid: b, resourceVersion: "1"}');
  expect(runKnitmesh(['diff', '--from', '-', '--to', folder], { input: exported })).toMatchObject({
    status: 0,
    stderr: `${folder}: 1 file read\nstandard input: 1 file read\n`,
  });
  expect(runKnitmesh(['diff', '--from', '-', '--to', folder], { input: list('y') }).status).toBe(1);
});

test('as Markdown for a comment', () => {
  const run = ofWalkthrough('--from', changed(), '-o', 'markdown');
  expect(run.stdout).toMatch(/^<!-- knitmesh diff -->\n### /);
  expect(run.status).toBe(1);
});

test.each<[string[], RegExp]>([
  [
    ['no-such-branch'],
    /^error ("no-such-branch" is no commit, branch or tag here|this folder is not in a Git repository).*\n$/,
  ],
  [['--from', 'no-such-folder'], /^error no-such-folder: no such file or folder\n$/],
  [['HEAD', '--cluster'], /^error a commit and --cluster: compare with one of them\n$/],
  [
    ['HEAD', '--dist', 'no-such-folder'],
    /^error no-such-folder\/ of HEAD \(\w{7}\) has no rendered files: name another one\n$/,
  ],
  [['--from', '-', '--to', '-'], /^error --from and --to: standard input can be read once, so name another one\n$/],
  [['--context', 'a'], /^error --context and --kubeconfig: they are for --cluster\n$/],
  [['--app', 'no-such-file.ts', '--from', 'dist'], /^error no-such-file\.ts: no such file: .*\n$/],
  [['--cluster', '--kubeconfig', 'no-such-file'], /^error kubectl .*\n$/],
])('%j cannot be compared: one line, exit code 2', (args, message) => {
  const run = runDiff(...args);
  expect(run.stderr).toMatch(message);
  expect(run).toMatchObject({ status: 2, stdout: '' });
});

test('--help says what it compares with', () => {
  const { stdout } = runDiff('--help');
  expect(stdout).toMatch(/where the branch left the default branch/);
  expect(stdout).toMatch(/Exit code: 0 the same, 1 different, 2 /);
});

test('the review that README.md shows is what the commands say', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, section = ''] = readme.split('## Review a change\n');
  const [, before = '', after = ''] = /^-(.*)\n\+(.*)$/m.exec(section) ?? [];
  const [, shown = ''] = /^```\n(AREA[^]*?)^```$/m.exec(section) ?? [];
  const main = readFileSync(WALKTHROUGH, 'utf8')
    .replace("'cdk8s'", JSON.stringify(require.resolve('cdk8s')))
    .replaceAll("'../../lib/", `'${ROOT}/lib/`);
  expect(main).toContain(before);
  const app = join(folder, 'main.ts');
  writeFileSync(app, main.replace(before, after));
  const refused = runKnitmesh(['check', '--app', app]);
  expect(refused.status).toBe(1);
  expect(section).toContain(`$ npm run synth\n${refused.stderr}`);

  writeFileSync(app, main.replace(before, after.replace('*.example.com', '*.default.example.com')));
  expect(runDiff('--app', app, '--from', rendered()).stdout.split('\n').slice(2).join('\n')).toBe(shown);
});
