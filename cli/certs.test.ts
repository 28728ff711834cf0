import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { fakeKubectl } from '../lib/linkerd/identity/testing/fake-kubectl';
import { trustRootSha256 } from '../lib/linkerd/trust-root';
import type { CommandRun } from '../testing/command';
import { runKnitmesh } from '../testing/command';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-certs-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Each run starts Node anew. */
jest.setTimeout(60_000);

/** Runs `npm run certs -- …` for a scratch project, with nothing on the PATH but what is given. */
function npmRunCerts(args: readonly string[], path = ''): CommandRun {
  return runKnitmesh(['certs', '--root', folder, ...args], { cwd: folder, env: { PATH: path } });
}

const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

test('makes an identity, says what to do next, and replaces none', () => {
  const made = npmRunCerts(['--anchor-lifetime', '3y']);
  expect(made).toMatchObject({ status: 0, stderr: '' });
  expect(made.stdout.replaceAll(/-[0-9a-f]{8}\.key/g, '-*.key')).toMatchSnapshot();
  expect(readdirSync(folder)).toEqual(['certs', 'secrets']);

  const again = npmRunCerts([]);
  expect(again).toMatchObject({ status: 1, stdout: '' });
  expect(again.stderr).toMatch(/^error certs: holds an identity already, .*\nerror secrets: .*\n$/);
});

test('--check says what expires when, as a table or as JSON, and exits 1 for a finding', () => {
  npmRunCerts(['--issuer-lifetime', '20d', '--no-viz']);
  const check = npmRunCerts(['--check']);
  expect(check.status).toBe(1);
  expect(check.stdout.replaceAll(/\d{4}-\d\d-\d\d/g, 'YYYY-MM-DD')).toMatchSnapshot();
  expect(check.stderr).toBe(
    'error certs/issuer.pem: identity.linkerd.cluster.local expires in 19 days: npm run certs -- renew-issuer\n',
  );

  expect(npmRunCerts(['--check', '--within', '10d'])).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(npmRunCerts(['--check', '-o', 'json']).stdout)).toMatchObject({
    rotation: 'settled',
    certificates: expect.arrayContaining([
      expect.objectContaining({ file: 'certs/issuer.pem', state: 'expires soon' }),
    ]) as unknown,
  });
});

test('rotates the anchor in steps, each refused while pods carry the old sum', () => {
  npmRunCerts([]);
  const sum = (): string => trustRootSha256(read('certs/trust-anchors.pem'));
  const pod = { namespace: 'default', name: 'helloworld-go-1', owner: 'ReplicaSet' };
  const withPodsOf = (trustRoot: string): string => {
    const identity = { namespace: 'linkerd', name: 'linkerd-identity-1', owner: 'ReplicaSet', component: 'identity' };
    const pods = [
      { ...identity, trustRoot: sum() },
      { ...pod, trustRoot },
    ];
    fakeKubectl(join(folder, 'bin'), { pods, issuer: read('certs/issuer.pem') });
    return [join(folder, 'bin'), process.env.PATH].join(delimiter);
  };
  const rotate = (step: string, path: string): CommandRun => npmRunCerts(['rotate-anchor', '--step', step], path);

  expect(npmRunCerts(['rotate-anchor']).stdout).toContain('next: npm run certs -- rotate-anchor --step add\n');
  const old = sum();
  expect(rotate('add', withPodsOf(old))).toMatchObject({ status: 0, stderr: '' });
  expect(rotate('switch', withPodsOf(old))).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'error default/helloworld-go-1: does not carry the sum of the rendered trust anchors: kubectl rollout restart deployment --namespace default\n',
  });
  expect(rotate('switch', withPodsOf(sum()))).toMatchObject({ status: 0 });
  expect(rotate('remove', withPodsOf(sum()))).toMatchObject({ status: 0 });
  expect(rotate('remove', '')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/: npm run certs -- rotate-anchor --step add\n$/) as string,
  });

  expect(rotate('add', '')).toEqual({
    status: 2,
    stdout: '',
    stderr: 'error kubectl is not there: install it, and put it on the PATH\n',
  });
  expect(npmRunCerts(['rotate-anchor', '--step', 'add', '--offline'])).toMatchObject({ status: 0 });
});

test('keeps secrets where it is told to, outside the project too, and nowhere where they would be committed', () => {
  const vault = mkdtempSync(join(tmpdir(), 'knitmesh-vault-'));
  try {
    const made = npmRunCerts(['--secrets', vault, '--certs', join(folder, 'public')]);
    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(vault)).toContain('linkerd-identity-issuer.yaml');
    expect(readdirSync(folder)).toEqual(['public']);
    expect(made.stdout).toContain(`${relative(folder, join(vault, 'linkerd-identity-issuer.yaml'))}\n`);
    expect(npmRunCerts(['--check', '--secrets', vault, '--certs', 'public'])).toMatchObject({ status: 0, stderr: '' });
  } finally {
    rmSync(vault, { recursive: true });
  }
  const refused = npmRunCerts(['--secrets', '.']);
  expect(refused).toMatchObject({ status: 1, stdout: '' });
  expect(refused.stderr).toMatch(/^error \.: has the project in it, /);
  expect(readdirSync(folder)).toEqual(['public']);
});

test('every action that writes keys holds to what git sees', () => {
  const git = (...args: readonly string[]): unknown => spawnSync('git', args, { cwd: folder }).status;
  git('init', '--quiet');
  expect(npmRunCerts([], process.env.PATH)).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/^error secrets\/\S+: git would not ignore it: .*\n$/) as string,
  });
  expect(readdirSync(folder)).toEqual(['.git']);

  writeFileSync(join(folder, '.gitignore'), 'secrets/\n');
  expect(npmRunCerts([], process.env.PATH)).toMatchObject({ status: 0, stderr: '' });
  git('add', '--force', 'secrets/linkerd-identity-issuer.yaml');
  const before = read('secrets/linkerd-identity-issuer.yaml');
  for (const action of [['renew-issuer'], ['renew-webhooks'], ['rotate-anchor', '--step', 'add', '--offline']]) {
    expect(npmRunCerts(action, process.env.PATH)).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'error secrets: holds secrets/linkerd-identity-issuer.yaml, which git sees: name a folder of their own with --secrets, or have git ignore it (git rm --cached, where it is tracked)\n',
    });
  }
  expect(read('secrets/linkerd-identity-issuer.yaml')).toBe(before);
});

test('renews', () => {
  npmRunCerts([]);
  const before = read('certs/issuer.pem');
  expect(npmRunCerts(['renew-issuer'])).toMatchObject({ status: 0, stderr: '' });
  expect(read('certs/issuer.pem')).not.toBe(before);
  expect(npmRunCerts(['renew-webhooks', '--new-webhook-ca'])).toMatchObject({ status: 0, stderr: '' });
  expect(npmRunCerts(['--check'])).toMatchObject({ status: 0, stderr: '' });
});

test.each([
  [['--issuer-lifetime', '1'], /"1" is not a lifetime: /],
  [
    ['renew'],
    /'renew' is invalid for argument 'action'\. Allowed choices are make, renew-issuer, renew-webhooks, rotate-anchor\./,
  ],
  [['renew-issuer', '--step', 'add'], /--step does nothing with renew-issuer/],
  [['--check', '--no-viz'], /--no-viz does nothing with --check/],
  [
    ['renew-webhooks', '--new-webhook-ca', '--authority-key', 'webhook-ca.key'],
    /--authority-key does nothing with --new-webhook-ca/,
  ],
  [['--check', 'renew-issuer'], /--check and renew-issuer do not go together/],
])('%j: exit 2, and nothing is written', (args, message) => {
  const run = npmRunCerts(args);
  expect(run.status).toBe(2);
  expect(run.stderr).toMatch(message);
  expect(readdirSync(folder)).toEqual([]);
});

describe('a run that was killed while it wrote', () => {
  const killed = (what: string): void => {
    const move = {
      from: join(folder, 'certs', '.x'),
      to: join(folder, 'certs', 'issuer.pem'),
      replaces: true,
      before: join(folder, '.b'),
    };
    writeFileSync(move.from, read('certs/issuer.pem'));
    writeFileSync(
      join(folder, 'certs', '.change.json'),
      JSON.stringify({ state: 'moving', what, next: ['do this'], partials: [], made: [], steps: [move], emptied: [] }),
    );
  };

  test('is told by --check, and finished by the next run, which does no more where it is the same', () => {
    npmRunCerts([]);
    killed('npm run certs -- renew-issuer');
    expect(npmRunCerts(['--check'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'error certs/.change.json: npm run certs was killed while it wrote: run it again, which finishes that\n',
    });
    const before = read('certs/issuer.pem');
    expect(npmRunCerts(['renew-issuer'])).toEqual({
      status: 0,
      stdout: 'Next\n1. do this\n',
      stderr: 'finished what a run that was killed had begun: npm run certs -- renew-issuer\n',
    });
    expect([read('certs/issuer.pem'), npmRunCerts(['--check']).status]).toEqual([before, 0]);
    killed('npm run certs -- renew-issuer');
    expect(npmRunCerts(['renew-webhooks']).stdout).toContain('certs/tap.pem');
  });

  test('keeps nobody away, and one that runs does', () => {
    npmRunCerts([]);
    const lock = (process: number): void => {
      writeFileSync(join(folder, 'certs', '.lock'), JSON.stringify({ process, host: hostname(), token: 'a' }));
    };
    lock(process.pid);
    expect(npmRunCerts(['renew-issuer'])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        /^error npm run certs: another one is at work here \(process \d+\): wait/,
      ) as unknown,
    });
    lock(spawnSync(process.execPath, ['-e', '']).pid);
    expect(npmRunCerts(['renew-issuer'])).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'certs')).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
