import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CommandRun } from '../testing/command';
import { runKnitmesh } from '../testing/command';

const ROOT = resolve(__dirname, '..');

let folder: string;
let dist: string;
let app: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  dist = join(folder, 'dist');
  app = join(folder, 'main.ts');
  writeFileSync(
    app,
    `
import { App } from '${ROOT}/node_modules/cdk8s';
import { ambassador } from '${ROOT}/lib/ambassador/ambassador';
import { Platform } from '${ROOT}/lib/platform';
export default new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador() });
`,
  );
  writeFileSync(join(folder, 'check.yaml'), 'severities: {image-digest: off, not-meshed: off}\n');
  run('synth');
  cpSync(dist, join(folder, 'before'), { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const run = (command: string, ...args: string[]): CommandRun =>
  runKnitmesh([command, '--app', app, '--dist', dist, ...args], { cwd: folder });
const inDist = (name: string, text: string): void => {
  writeFileSync(join(dist, name), text);
};

const BINDING = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'notes' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'default' }],
};
const TEXT = JSON.stringify(BINDING);

/** What the commands say: those that find the file exit with 1. */
function exitCodes(): Record<string, number | null> {
  return {
    synth: run('synth').status,
    'synth --check': run('synth', '--check').status,
    check: run('check').status,
    diff: run('diff', '--from', join(folder, 'before')).status,
  };
}

const FOUND = { synth: 0, 'synth --check': 1, check: 1, diff: 1 };
const NOT_FOUND = { synth: 0, 'synth --check': 0, check: 0, diff: 0 };

test.each<[string, string, string]>([
  ['YAML', 'notes.yaml', TEXT],
  ['.yml', 'notes.yml', TEXT],
  ['JSON', 'notes.json', TEXT],
  ['a hidden file', '.notes.yaml', TEXT],
  ['a List', 'notes.yaml', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [BINDING] })],
  ['a name that is nearly one of the platform', '60-Services.yaml', TEXT],
])('%s is named, with what it means, and stays', (_, name, text) => {
  inDist(name, text);
  expect(exitCodes()).toEqual(FOUND);
  expect(run('synth', '--check').stdout).toMatch(new RegExp(`^${name.replaceAll('.', '\\.')} +1 +not rendered$`, 'm'));
  expect(run('check').stdout).toContain(`dist/${name}:1: ClusterRoleBinding notes: the platform does not render it, `);
  const diff = run('diff', '--from', join(folder, 'before')).stdout;
  expect(diff).toMatch(/^not rendered +1 file beside the platform's own \(‼\), which kubectl apply -f takes too$/m);
  expect(diff).toContain(`‼  ${name}  ClusterRoleBinding notes`);
  expect(diff).toMatch(/‼ +ServiceAccount default\/default +gains +everywhere +all of: ClusterRole cluster-admin/);
  expect(readdirSync(dist)).toContain(name);
});

test('what kubectl apply -f does not take is nobody’s concern', () => {
  inDist('README.md', '# Notes\n');
  inDist('notes.yaml.bak', TEXT);
  mkdirSync(join(dist, 'below'));
  inDist('below/notes.yaml', TEXT);
  expect(exitCodes()).toEqual({ ...NOT_FOUND });
});

test('check.yaml accepts a file by its name, and only that one', () => {
  inDist('notes.yaml', TEXT);
  writeFileSync(
    join(folder, 'check.yaml'),
    'severities: {image-digest: off, not-meshed: off}\nwaivers: [{rule: not-rendered, value: dist/notes.yaml, reason: a}]\n',
  );
  expect(exitCodes()).toEqual({ ...NOT_FOUND, diff: 1 });
  expect(run('synth', '--check').stdout).toMatch(/^notes\.yaml +1 +not rendered, accepted$/m);
  inDist('others.yaml', TEXT.replace('"notes"', '"others"'));
  expect(exitCodes()).toEqual(FOUND);
});

test('what is no object, at which kubectl stops', () => {
  inDist('values.yaml', 'replicas: 1\n');
  expect(exitCodes()).toEqual({ ...FOUND, diff: 0 });
  expect(run('check').stdout).toMatch(/dist\/values\.yaml:1: /);
  expect(run('diff', '--from', join(folder, 'before')).stdout).toMatch(/^ +‼ +values\.yaml +/m);
});

test('an object of the platform that is declared again, with other content', () => {
  inDist('more.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: ambassador}\n');
  expect(run('check').stdout).toMatch(/dist\/more\.yaml:1: Namespace ambassador: is declared already by /);
  expect(run('diff', '--from', join(folder, 'before'))).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(
      /error dist\/more\.yaml:1: Namespace ambassador stands at 00-namespaces\.yaml too/,
    ) as string,
  });
});

test('-o json has it for programs', () => {
  inDist('notes.yaml', TEXT);
  expect(JSON.parse(run('synth', '--check', '-o', 'json').stdout)).toMatchObject({
    notRendered: [{ name: 'notes.yaml', objects: 1, accepted: false }],
  });
  expect(JSON.parse(run('diff', '--from', join(folder, 'before'), '-o', 'json').stdout)).toMatchObject({
    notRendered: [{ file: 'notes.yaml', objects: ['ClusterRoleBinding notes'], problems: [] }],
  });
});

test('forges fold what is generated, and no other file', () => {
  cpSync(join(ROOT, '.gitattributes'), join(folder, '.gitattributes'));
  const git = (...args: string[]): string => spawnSync('git', args, { cwd: folder, encoding: 'utf8' }).stdout;
  git('init', '--quiet');
  const names = ['dist/60-services.yaml', 'dist/staging/60-services.team-a.yaml', 'dist/notes.yaml', 'dist/a/b.json'];
  const folded = git('check-attr', 'linguist-generated', ...names)
    .trim()
    .split('\n')
    .map((line) => line.split(': ').at(-1));
  expect(folded).toEqual(['set', 'set', 'unspecified', 'unspecified']);
});
