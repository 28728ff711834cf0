import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { parse } from 'yaml';
import type { CommandRun } from '../testing/command';
import { runKnitmesh } from '../testing/command';

const ROOT = resolve(__dirname, '..');
const APP = join(ROOT, 'testing', 'environments', 'main.ts');
const STAGING = ['60-services.default.yaml', '60-services.team-a.yaml'];

/** A repository with what `synth` has written for an app of two environments; of one there are 251 services. */
let written: string;
let repository: string;
beforeAll(() => {
  written = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  mkdirSync(join(written, '.git'));
  const { status, stderr } = run(written, 'synth', '--dist', 'dist');
  if (status !== 0) throw new Error(stderr);
});
afterAll(() => {
  rmSync(written, { recursive: true });
});
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  cpSync(written, repository, { recursive: true });
});
afterEach(() => {
  rmSync(repository, { recursive: true });
});

const run = (cwd: string, command: string, ...args: string[]): CommandRun =>
  runKnitmesh([command, '--app', APP, ...args], { cwd });
const knitmesh = (command: string, ...args: string[]): CommandRun => run(repository, command, ...args);

/** Files below a folder of the repository. */
const filesIn = (folder: string): string[] =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(folder, name))
    .sort();

/** The files of `dist/` that what hands the platform over names. */
const HANDED_OVER: Readonly<Record<string, (file: string) => string[]>> = {
  flux: (file) => {
    const { kind, resources = [] } = parse(readFileSync(join(repository, file), 'utf8')) as {
      kind: string;
      resources?: string[];
    };
    const paths = kind === 'Kustomization' ? resources.map((name) => join(dirname(file), name)) : [];
    return paths.filter((path) => path.startsWith('dist/'));
  },
  'argo-cd': (file) => {
    const { spec } = parse(readFileSync(join(repository, file), 'utf8')) as {
      spec?: { source: { path: string; directory: { include?: string } } };
    };
    const include = spec?.source.directory.include?.replace(/^\{(.*)\}$/, '$1').split(',') ?? [];
    return include.map((name) => join(spec?.source.path ?? '', name));
  },
};

test.each([
  ['flux', 'kustomizations.yaml', []],
  ['argo-cd', 'application.yaml', ['--url', 'https://git.example.com/a.git']],
])('%s names each file that synth writes once, and no other', (command, several, flags) => {
  const args = ['--dist', 'dist', '--folder', command, ...flags];
  expect(knitmesh(command, ...args)).toMatchObject({ status: 0, stderr: '' });
  const single = filesIn(command).filter((file) => !file.endsWith(several) && !/(cluster|settings)\.yaml$/.test(file));
  expect(single.flatMap((file) => HANDED_OVER[command]?.(file) ?? []).sort()).toEqual(filesIn('dist'));
  expect(filesIn('dist')).toEqual(expect.arrayContaining(STAGING.map((name) => `dist/staging/${name}`)));

  expect(knitmesh(command, ...args, '--check').status).toBe(0);
  const summaries = JSON.parse(knitmesh(command, ...args, '-o', 'json').stdout) as { environment: string }[];
  expect(summaries.map(({ environment }) => environment)).toEqual(['staging', 'production']);
});

test('of one environment: the other folders stay as they are', () => {
  expect(knitmesh('flux', '--dist', 'dist', '--folder', 'flux', '--environment', 'production').status).toBe(0);
  expect(readdirSync(join(repository, 'flux'))).toEqual(['production']);
  rmSync(join(repository, 'dist'), { recursive: true });
  expect(knitmesh('synth', '--dist', 'dist', '--environment', 'staging').status).toBe(0);
  expect(readdirSync(join(repository, 'dist'))).toEqual(['staging']);
});

interface Place {
  readonly artifactLocation: { readonly uri: string };
  readonly region: { readonly startLine: number };
}

test('check names files and lines that are there, of each environment', () => {
  const { stdout } = knitmesh('check', '-o', 'sarif');
  const { runs } = JSON.parse(stdout) as {
    runs: {
      results: {
        ruleId: string;
        message: { text: string };
        locations: { physicalLocation: Place }[];
        partialFingerprints: Record<string, string>;
      }[];
    }[];
  };
  const results = runs.flatMap(({ results }) => results);
  const digests = results.filter(
    ({ ruleId, message }) => ruleId === 'image-digest' && message.text.includes('default-0:'),
  );
  expect(digests).toHaveLength(2);
  const places = digests.map(({ locations: [location] }) => location?.physicalLocation);
  expect(places.map((place) => place?.artifactLocation.uri)).toEqual([
    'dist/staging/60-services.default.yaml',
    'dist/production/60-services.yaml',
  ]);
  for (const place of places) {
    const lines = readFileSync(join(repository, place?.artifactLocation.uri ?? ''), 'utf8').split('\n');
    expect(lines[(place?.region.startLine ?? 0) - 1]).toContain('image: registry.example.com/hello:1');
  }
  const fingerprints = results.map(({ partialFingerprints }) => partialFingerprints['finding/v1']);
  expect(new Set(fingerprints).size).toBe(fingerprints.length);
});

test('check says of which environment it speaks, and exits with the worst', () => {
  const text = knitmesh('check', '--strict');
  expect(text.stdout).toMatch(/^staging\/\n[^]*^production\/\n/m);
  expect(text.status).toBe(1);
  const json = JSON.parse(knitmesh('check', '-o', 'json').stdout) as { environment: string; objects: number }[];
  expect(json.map(({ environment }) => environment)).toEqual(['staging', 'production']);
  expect((json[0]?.objects ?? 0) - (json[1]?.objects ?? 0)).toBe(249);
});

test('diff compares each with its folder, and one that is new with nothing', () => {
  const same = knitmesh('diff', '--from', 'dist');
  expect(same).toMatchObject({
    status: 0,
    stderr: 'dist/staging: 9 files read\ndist/production: 8 files read\n',
  });
  expect(same.stdout).toMatch(/^staging\/\n\ndist\/staging → .*main\.ts \(staging\): \d+ objects, no difference$/m);

  rmSync(join(repository, 'dist', 'production'), { recursive: true });
  const { status, stdout } = knitmesh('diff', '--from', 'dist', '-o', 'json');
  const compared = JSON.parse(stdout) as { environment: string; objects: { from: number; to: number } }[];
  expect(status).toBe(1);
  expect(compared.map(({ environment, objects }) => [environment, objects.from === 0])).toEqual([
    ['staging', false],
    ['production', true],
  ]);
});

test('a folder that has files of no environment', () => {
  mkdirSync(join(repository, 'empty'));
  expect(knitmesh('diff', '--from', 'empty')).toMatchObject({
    status: 2,
    stderr: 'error empty/staging/ has no rendered files: name another one\n',
  });
});

test('graph writes a page for each', () => {
  const pages = ['staging', 'production'].map((name) => join(ROOT, 'graph', name, 'index.html'));
  const earlier = pages.filter((page) => existsSync(page));
  try {
    const { stdout, status } = knitmesh('graph');
    expect(status).toBe(0);
    expect(stdout).toBe(pages.map((page) => `${relative(repository, page)}\n`).join(''));
  } finally {
    for (const page of pages.filter((one) => !earlier.includes(one))) rmSync(dirname(page), { recursive: true });
  }
});

test.each(['apply', 'verify', 'status', 'uninstall', 'graph'])('%s is for one, which is named', (command) => {
  const args = command === 'graph' ? ['-o', 'svg'] : ['--kubeconfig', 'no-such-file'];
  const { status, stdout, stderr } = knitmesh(command, ...args);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(
    /^error .*main\.ts: exports several platforms: name one with --environment: staging, production\n$/,
  );
});

test('a name that is none of them', () => {
  const { status, stderr } = knitmesh('check', '--environment', 'prod');
  expect(status).toBe(1);
  expect(stderr).toMatch(/main\.ts: exports no platform of the environment "prod": use staging, production\n$/);
});
