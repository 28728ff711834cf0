import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectObjects } from '../lib/objects/collect';
import type { CommandRun } from '../testing/command';
import { runKnitmesh, WALKTHROUGH } from '../testing/command';
import { testWith } from '../testing/requirements';
import walkthrough from '../testing/walkthrough/main';

/** A repository of Git, with nothing in it. */
let repository: string;
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  mkdirSync(join(repository, '.git'));
});
afterEach(() => {
  rmSync(repository, { recursive: true });
});

const flux = (...args: string[]): CommandRun =>
  runKnitmesh(['flux', '--app', WALKTHROUGH, '--dist', 'dist', '--folder', 'flux', ...args], {
    cwd: repository,
  });
const read = (name: string): string => readFileSync(join(repository, 'flux', name), 'utf8');

const URL = 'ssh://git@git.example.com/team/platform';

test('writes what Flux needs, keeps what flags said, and changes nothing the second time', () => {
  const first = flux('--url', URL, '--branch', 'production');
  expect(first).toMatchObject({ status: 0, stderr: '' });
  expect(first.stdout).toMatch(/^knitmesh-linkerd +38 +knitmesh-namespaces, knitmesh-crds$/m);
  expect(first.stdout).toMatch(/^flux\/10-crds\/kustomization\.yaml +written$/m);
  expect(first.stdout).toMatch(/then once: kubectl apply -f flux\/cluster\.yaml$/m);
  expect(read('settings.yaml')).toMatch(
    /^# .*\n\nurl: ssh:\/\/git@git\.example\.com\/team\/platform\nbranch: production\n$/,
  );
  expect(read('cluster.yaml')).toContain('branch: production');

  const second = flux('-o', 'json');
  const summary = JSON.parse(second.stdout) as Record<string, unknown[]>;
  expect(summary).toMatchObject({ written: [], removed: [] });
  expect(summary.unchanged).toHaveLength(11);
  expect(summary.kustomizations).toContainEqual({
    name: 'knitmesh-services',
    path: './flux/60-services',
    files: ['60-services.yaml'],
    objects: 1,
    dependsOn: ['knitmesh-knative-serving', 'knitmesh-ambassador'],
  });
});

test('--check writes nothing, and exits 1 when the folder is not what would be written', () => {
  expect(flux('--check').status).toBe(1);
  expect(readdirSync(repository)).toEqual(['.git']);
  flux();
  expect(flux('--check').status).toBe(0);
  // Other settings are another folder.
  expect(flux('--check', '--url', URL)).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^flux\/settings\.yaml +stale$/m) as string,
  });
  writeFileSync(
    join(repository, 'flux/10-crds/kustomization.yaml'),
    read('10-crds/kustomization.yaml').replace('10', '20'),
  );
  expect(flux('--check')).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^flux\/10-crds\/kustomization\.yaml +stale$/m) as string,
  });
});

test('what the user wrote in settings.yaml is kept, comments too', () => {
  mkdirSync(join(repository, 'flux'));
  writeFileSync(join(repository, 'flux/settings.yaml'), `# ours\nname: mesh # short\n`);
  expect(flux('--url', URL).status).toBe(0);
  expect(read('settings.yaml')).toBe(`# ours\nname: mesh # short\nurl: ${URL}\n`);
  expect(read('kustomizations.yaml')).toContain('name: mesh-crds');
});

test('all mistakes of flags and settings are one line each, and nothing is written', () => {
  mkdirSync(join(repository, 'flux'));
  writeFileSync(join(repository, 'flux/settings.yaml'), 'name: Mesh\nurls: a\n');
  expect(flux('--url', 'git@git.example.com:team/platform.git', '--secret-ref', 'a_b')).toEqual({
    status: 1,
    stdout: '',
    stderr: `error flux/settings.yaml:2: urls: this key is not known: use name, namespace, url, branch, tag, secretRef, source, decryptionSecret
error flux/settings.yaml:1: name: "Mesh" is not a DNS label: use lower case letters, digits and '-', with a letter or digit at both ends
error --url: "git@git.example.com:team/platform.git" is Git's short form, which Flux does not take: write "ssh://git@git.example.com/team/platform.git"
error --secret-ref: "a_b" is not a DNS name: use labels of lower case letters, digits and '-', with dots between them
`,
  });
  expect(readdirSync(join(repository, 'flux'))).toEqual(['settings.yaml']);
});

test('settings that do not go together', () => {
  expect(flux('--branch', 'main')).toMatchObject({
    status: 1,
    stderr: 'error flux/settings.yaml: branch: is of the repository that url names: give url too, or leave it out\n',
  });
});

test('Secrets that are to be decrypted must be encrypted', () => {
  expect(flux('--decryption-secret', 'sops-age')).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/^warning flux\/secrets: is not there, and Linkerd will wait for it: /) as string,
  });
  mkdirSync(join(repository, 'flux/secrets'));
  writeFileSync(join(repository, 'flux/secrets/issuer.yaml'), 'apiVersion: v1\nkind: Secret\nstringData: {}\n');
  expect(flux()).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'error flux/secrets/issuer.yaml: holds a Secret that is not encrypted, and would be committed: encrypt it with sops, or take it away\n',
  });
});

test('a file of the user is never written over', () => {
  mkdirSync(join(repository, 'flux'));
  writeFileSync(join(repository, 'flux/kustomization.yaml'), 'resources: []\n');
  expect(flux()).toMatchObject({
    status: 1,
    stderr:
      'error flux/kustomization.yaml: is a file of yours where one is to be written: move it away, or name another folder\n',
  });
  expect(readdirSync(join(repository, 'flux'))).toEqual(['kustomization.yaml']);
});

test('a project in a folder of its repository', () => {
  const folders = ['--dist', 'platform/dist', '--folder', 'platform/flux'];
  expect(flux(...folders)).toMatchObject({ status: 0 });
  const text = readFileSync(join(repository, 'platform/flux/kustomizations.yaml'), 'utf8');
  expect(text).toContain('path: ./platform/flux/10-crds\n');
});

testWith('kubectl')('npm run check reads the folder as Flux does, and finds no error', () => {
  flux('--url', URL);
  runKnitmesh(['synth', '--app', WALKTHROUGH, '--dist', 'dist'], { cwd: repository });
  const run = runKnitmesh(['check', '--from', 'flux', '-o', 'json'], { cwd: repository });
  const { objects, findings } = JSON.parse(run.stdout) as { objects: number; findings: { severity: string }[] };
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  // Those of dist/, a Kustomization for each of its eight phases, and two to begin with.
  expect(objects).toBe(collectObjects(walkthrough).length + 8 + 2);
  expect(run).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(
      /^1 file read, 9 kustomizations built: .*; without objects: flux\/settings\.yaml\n$/,
    ) as string,
  });
});
