import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testWith } from '../../testing/requirements';
import { Kubectl } from '../kubectl/kubectl';
import { buildKustomization } from './build-kustomization';
import { findFiles } from './find-files';
import { Kustomizations } from './kustomizations';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'knitmesh-')));
  mkdirSync(join(folder, 'k8s'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
const NOTHING = { folders: [], files: [], remote: [] };
const BY_HAND = 'build it by other means, and hand over what it makes with --from -: kubectl kustomize ';

/** A program in the place of kubectl that does what some lines of JavaScript say. */
function fake(lines: string): Kubectl {
  const program = join(folder, 'kubectl');
  writeFileSync(program, `#!${process.execPath}\n${lines}\n`);
  chmodSync(program, 0o755);
  return new Kubectl({ program });
}

/** Builds the kustomization of a text, in `k8s`. */
function build(text: string): ReturnType<typeof buildKustomization> {
  writeFileSync(join(folder, 'k8s', 'kustomization.yaml'), text);
  const found = new Kustomizations(findFiles(join(folder, 'k8s')).files);
  return buildKustomization(join(folder, 'k8s'), found.allOf(join(folder, 'k8s')));
}

testWith('kubectl')('what kubectl makes', async () => {
  writeFileSync(join(folder, 'k8s', 'a.yaml'), CONFIG_MAP);
  expect(await build('resources: [a.yaml]\nnamePrefix: my-\n')).toEqual({
    text: CONFIG_MAP.replace('name: a', 'name: my-a'),
  });
});

testWith('kubectl')('files of the same repository count, as for Flux, and those of others do not', async () => {
  writeFileSync(join(folder, 'a.yaml'), CONFIG_MAP);
  const outside = await build('resources: [../a.yaml]\n');
  expect(outside).toEqual({ problem: expect.stringMatching(/^kubectl kustomize: .* is not in or below/) as string });
  mkdirSync(join(folder, '.git'));
  expect(await build('resources: [../a.yaml]\n')).toEqual({ text: CONFIG_MAP });
  symlinkSync('/etc/hostname', join(folder, 'k8s', 'b.yaml'));
  expect(await build('configMapGenerator: [{ name: a, files: [b.yaml] }]\n')).toEqual({
    problem: expect.stringMatching(/^kubectl kustomize: .* is not in or below/) as string,
  });
});

testWith('kubectl')('what kubectl says against it, in one line', async () => {
  expect(await build('resources: [none.yaml]\n')).toEqual({
    problem: expect.stringMatching(
      /^kubectl kustomize: accumulating resources: [^\n]*no such file or directory$/,
    ) as string,
  });
});

test.each([
  ['secretGenerator: [{ name: a, literals: [hunter2] }]\n', ''],
  ['resources: [a.yaml]\n', 'kind: Secret\nstringData: {a: *hunter2 }\n'],
  ['resources: [a.yaml]\npatches: [{ patch: "stringData: {a: hunter2", target: { kind: Secret } }]\n', CONFIG_MAP],
])('and not what it may repeat of Secrets: %j', async (kustomization, text) => {
  writeFileSync(join(folder, 'k8s', 'a.yaml'), text);
  writeFileSync(join(folder, 'k8s', 'kustomization.yaml'), kustomization);
  const found = new Kustomizations(findFiles(join(folder, 'k8s')).files);
  const kubectl = fake(`console.error('error: hunter2'); process.exitCode = 1;`);
  expect(await buildKustomization(join(folder, 'k8s'), found.allOf(join(folder, 'k8s')), { kubectl })).toEqual({
    problem: `kubectl kustomize fails, and what it says may repeat values of the Secrets there: see it with kubectl kustomize ${folder}/k8s`,
  });
});

test('nothing is fetched', async () => {
  const remote = ['https://example.com/a.yaml'];
  expect(await buildKustomization(folder, { ...NOTHING, remote })).toEqual({
    problem: `names https://example.com/a.yaml, and nothing is fetched here: ${BY_HAND}${folder}`,
  });
});

testWith('kubectl')('nor what is not known to be remote', async () => {
  writeFileSync(join(folder, 'k8s', 'kustomization.yaml'), 'resources: ["https://example.com/a.yaml"]\n');
  expect(await buildKustomization(join(folder, 'k8s'), NOTHING)).toEqual({
    problem: expect.stringMatching(/127\.0\.0\.1:9: connect: connection refused/) as string,
  });
});

test('Git and the proxies lead nowhere', async () => {
  const names = ['GIT_ALLOW_PROTOCOL', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];
  const kubectl = fake(`process.stdout.write(${JSON.stringify(names)}.map((name) => process.env[name]).join());`);
  expect(await buildKustomization(folder, NOTHING, { kubectl })).toEqual({
    text: 'none,http://127.0.0.1:9,http://127.0.0.1:9,',
  });
});

test('one that takes too long is ended', async () => {
  const kubectl = fake('setInterval(() => undefined, 1000);');
  expect(await buildKustomization(folder, NOTHING, { kubectl, limit: () => AbortSignal.abort() })).toEqual({
    problem: `kubectl kustomize took longer than 30 s: ${BY_HAND}${folder}`,
  });
});

test('without kubectl it is told what to do', async () => {
  const kubectl = new Kubectl({ program: join(folder, 'none') });
  expect(await buildKustomization(folder, NOTHING, { kubectl })).toEqual({
    problem: `is a kustomization, which kubectl builds: ${folder}/none is not there: install it, and put it on the PATH, or ${BY_HAND}${folder}`,
  });
});

test.each([
  ['error: it is broken\n', 'it is broken'],
  ['# Warning: old\nError: it\n  is broken\n', 'it is broken'],
  [
    'E1129 01:31:58.428572   28214 run.go:72] "command failed" err="it is\\n\\x41 \\"broken\\""\n',
    'it is x41 "broken"',
  ],
  ['E1129 01:31:58.428572   28214 run.go:72] "command failed" err=<\n\tit is\n\tbroken\n >\n', 'it is broken'],
  ['', 'it failed'],
])('of %j the reason is %j', async (stderr, reason) => {
  const kubectl = fake(`process.stderr.write(${JSON.stringify(stderr)}); process.exitCode = 1;`);
  expect(await buildKustomization(folder, NOTHING, { kubectl })).toEqual({ problem: `kubectl kustomize: ${reason}` });
});
