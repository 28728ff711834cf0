import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandRun } from '../testing/command';
import { runKnitmesh, WALKTHROUGH } from '../testing/command';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function graph(args: readonly string[], env: NodeJS.ProcessEnv = {}, input = ''): CommandRun {
  return runKnitmesh(['graph', '--app', WALKTHROUGH, ...args], { cwd: folder, env, input });
}

const file = (name: string): string => readFileSync(join(folder, name), 'utf8');

test('writes a page and prints its path, the same bytes from any locale and time zone', () => {
  const run = graph(['--file', 'pages/index.html']);
  expect(run).toMatchObject({ status: 0, stdout: 'pages/index.html\n' });
  expect(run.stderr).toMatch(
    /^\d+ of \d+ workloads in the mesh; \d+ of \d+ connections are mTLS; \d+ is refused by inbound policies\n$/,
  );
  const page = file('pages/index.html');
  expect(page).toMatch(/^<!doctype html>/);
  graph(['--file', 'other.html'], { TZ: 'Asia/Tokyo', LC_ALL: 'tr_TR.UTF-8' });
  expect(file('other.html')).toBe(page);
});

test.each([
  ['svg', /^<svg /],
  ['dot', /^digraph mesh \{/],
  ['json', /^\{\n {2}"ingressClass": "ambassador\./],
  ['html', /^<!doctype html>/],
])('-o %s is all of standard output', (format, beginning) => {
  const run = graph(['-o', format, ...(format === 'html' ? ['--file', '-'] : [])]);
  expect(run).toMatchObject({ status: 0, stderr: '' });
  expect(run.stdout).toMatch(beginning);
});

test('the JSON has the graph and the inventory', () => {
  const { edges, nodes, phases, images, components, findings } = JSON.parse(graph(['-o', 'json']).stdout) as Record<
    string,
    unknown[]
  >;
  expect(edges).toContainEqual(
    expect.objectContaining({
      from: 'Deployment ambassador/ambassador',
      to: 'Deployment knative-serving/activator',
      security: { protection: 'mtls' },
    }),
  );
  for (const list of [nodes, phases, images, components]) expect(list?.length).toBeGreaterThan(0);
  expect(findings).toEqual([]);
});

test('a folder of YAML files is drawn like a platform', () => {
  mkdirSync(join(folder, 'yaml'));
  writeFileSync(
    join(folder, 'yaml', '50-web.yaml'),
    'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: a}\nspec: {containers: [{name: web, image: "web:1"}]}\n',
  );
  const run = graph(['--from', 'yaml', '-o', 'json']);
  expect(JSON.parse(run.stdout)).toMatchObject({
    namespaces: ['a'],
    nodes: [{ id: 'Pod a/web', meshed: false }],
    phases: [{ phase: '50-web', objects: [{ name: 'web', source: 'yaml/50-web.yaml:1' }] }],
    findings: [{ rule: 'image-digest' }, { rule: 'not-meshed', object: 'Pod a/web', source: 'yaml/50-web.yaml:1' }],
    files: { read: 1 },
  });
});

test('so are the items of a List on standard input, and files in folders below', () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: a}\nspec: {containers: []}\n';
  const list = `apiVersion: v1\nkind: List\nitems:\n- ${pod.replaceAll('\n', '\n  ')}\n`;
  const nodes = (args: readonly string[], input?: string): unknown =>
    (JSON.parse(graph([...args, '-o', 'json'], {}, input).stdout) as { nodes: unknown }).nodes;
  expect(nodes(['--from', '-'], list)).toMatchObject([{ id: 'Pod a/web' }]);
  mkdirSync(join(folder, 'yaml', 'team'), { recursive: true });
  writeFileSync(join(folder, 'yaml', 'team', 'web.yaml'), pod);
  expect(nodes(['--from', 'yaml'])).toMatchObject([{ id: 'Pod a/web' }]);
});

test('the findings of another check are on the page instead', () => {
  const finding = { severity: 'warning', rule: 'some-rule', object: 'Pod a/web', message: 'may be better' };
  writeFileSync(join(folder, 'check.json'), JSON.stringify({ findings: [finding] }));
  expect(graph(['--findings', 'check.json', '--file', 'index.html']).status).toBe(0);
  expect(file('index.html')).toContain('some-rule');
});

test.each([
  [['--from', 'nowhere'], 2, 'error nowhere: no such file or folder\n'],
  [['--from', '.'], 2, 'error .: has no YAML file\n'],
  [['--findings', 'none.json'], 2, 'error none.json: no such file: write it with npm run --silent check -- -o json\n'],
  [
    ['-o', 'png'],
    2,
    "error option '-o, --output <format>' argument 'png' is invalid. Allowed choices are html, svg, json, dot.\n",
  ],
  [['--app', 'none.ts'], 1, 'error none.ts: no such file: name the file that exports the platform with --app\n'],
])('%j exits %d, and nothing is written', (args, status, stderr) => {
  expect(graph([...args, '--file', 'out'])).toEqual(expect.objectContaining({ status, stdout: '', stderr }));
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('findings that are none are named with their file', () => {
  writeFileSync(join(folder, 'check.json'), '{');
  expect(graph(['--findings', 'check.json'])).toMatchObject({ status: 2, stdout: '' });
  writeFileSync(join(folder, 'check.json'), '{}');
  expect(graph(['--findings', 'check.json']).stderr).toBe(
    'error check.json: is neither a list of findings nor an object with one as "findings"\n',
  );
});
