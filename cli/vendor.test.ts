import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Answer } from '../lib/releases/testing/lying-server';
import { inTurn, LyingServer, silent, status, whole } from '../lib/releases/testing/lying-server';
import { manifest, ScratchRepository, sha256 } from '../lib/releases/testing/scratch-repository';
import { vendorCommand } from './vendor';

const ROOT = resolve(__dirname, '..');
const CORE = manifest('core', 1000);

let server: LyingServer;
let repository: ScratchRepository;

beforeEach(async () => {
  server = await LyingServer.start();
  repository = new ScratchRepository(`# Pinned.
components:
  knative-serving:
    version: 1.0.0
    urls:
      - ${server.url}/v{version}/{file}
    files:
      - name: core.yaml
        size: ${CORE.length}
        sha256: ${sha256(CORE)}
  linkerd:
    version: edge-26.8.3
    files:
      - name: control-plane.yaml
        chart:
          name: linkerd-control-plane
          urls:
            - ${server.url}/{file}
`);
});

afterEach(async () => {
  await server.stop();
  repository.remove();
});

interface Run {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run vendor -- …` for the scratch repository, with no program but Node on the PATH. */
function npmRunVendor(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  killWhen: () => boolean = () => false,
): Promise<Run> {
  const program = [join(ROOT, 'cli', 'start.js'), 'vendor', '--root', repository.root];
  const options = { cwd: repository.root, env: { PATH: '', HOME: process.env.HOME, ...env } };
  return new Promise((done) => {
    const child = execFile(process.execPath, [...program, ...args], options, (error, stdout, stderr) => {
      clearInterval(watch);
      const shown = (text: string): string => text.replaceAll(server.url, 'http://server');
      done({ code: error === null ? 0 : error.code, stdout: shown(stdout), stderr: shown(stderr) });
    });
    const watch = setInterval(() => {
      if (killWhen()) child.kill('SIGKILL');
    }, 20);
  });
}

const ONLY_SERVING = ['--component', 'knative-serving'];

test('exit 0: plain lines where there is no terminal, and a table of what is there', async () => {
  server.answers['/v1.0.0/core.yaml'] = whole(CORE);
  expect(await npmRunVendor(ONLY_SERVING)).toEqual({
    code: 0,
    stdout: [
      'COMPONENT        VERSION  FOLDER                         FILES',
      'knative-serving  1.0.0    vendor/knative-serving/1.0.0/  1 fetched',
      '',
    ].join('\n'),
    stderr: 'fetched knative-serving/1.0.0/core.yaml from http://server/v1.0.0/core.yaml\n',
  });
});

test.each<[string, Answer, number, string]>([
  [
    'wrong bytes',
    whole('x'.repeat(1000)),
    1,
    `wrong sum from http://server/v1.0.0/core.yaml: expected SHA-256 ${sha256(CORE)}, got ${sha256('x'.repeat(1000))}`,
  ],
  ['an HTTP error', status(404), 2, 'HTTP error from http://server/v1.0.0/core.yaml: expected 200, got 404 Not Found'],
])('%s: the exit code tells, in one line and without a stack trace', async (_, answer, code, line) => {
  server.answers['/v1.0.0/core.yaml'] = answer;
  expect(await npmRunVendor(ONLY_SERVING)).toEqual({
    code,
    stdout: '',
    stderr: `error knative-serving/1.0.0/core.yaml: ${line}\nvendor/ and releases.lock.yaml are as they were\n`,
  });
  expect(Object.keys(repository.tree())).toEqual(['releases.lock.yaml']);
});

test('exit 2: no network, no helm and no trust anchors are said together', async () => {
  const { code, stdout, stderr } = await npmRunVendor(['-o', 'json'], { HTTP_PROXY: 'http://127.0.0.1:1' });
  expect(code).toBe(2);
  expect(stderr.split('\n').map((line) => line.slice(0, 60))).toEqual([
    'error knative-serving/1.0.0/core.yaml: no answer from http:/',
    'error linkerd/edge-26.8.3/linkerd-control-plane-2026.8.3.tgz',
    'error helm: is not on the PATH: install Helm 3 or newer (htt',
    'error trust anchors: are missing: give their PEM file with -',
    'vendor/ and releases.lock.yaml are as they were',
    '',
  ]);
  expect((JSON.parse(stdout) as { failures: unknown[] }).failures).toHaveLength(4);
});

test('the environment names the proxies', async () => {
  server.answers['/v1.0.0/core.yaml'] = whole(CORE);
  const run = await npmRunVendor(ONLY_SERVING, { http_proxy: 'http://127.0.0.1:1', NO_PROXY: '127.0.0.1' });
  expect(run.code).toBe(0);
});

test('exit 1: a mistake in the lock names its line', async () => {
  repository.write('releases.lock.yaml', repository.lock.replace(sha256(CORE), 'abc'));
  const { code, stderr } = await npmRunVendor([]);
  expect([code, stderr]).toEqual([
    1,
    'error releases.lock.yaml:10: components.knative-serving.files[0].sha256: "abc" is not a SHA-256: use 64 hexadecimal digits in lower case\n',
  ]);
});

test('exit 2: a version without a component is no version', async () => {
  const { code, stderr } = await npmRunVendor(['--version', '1.22.1']);
  expect(code).toBe(2);
  expect(stderr).toContain('Write component=version, for example knative-serving=1.23.0.');
});

test('a moved version and its sums are told', async () => {
  repository.write('mirror/knative-serving/2.0.0/core.yaml', manifest('new'));
  const { code, stdout } = await npmRunVendor(['--mirror', 'mirror', '--version', 'knative-serving=2.0.0']);
  expect(code).toBe(0);
  expect(stdout).toBe(
    [
      'COMPONENT        VERSION            FOLDER                         FILES',
      'knative-serving  2.0.0 (was 1.0.0)  vendor/knative-serving/2.0.0/  1 fetched',
      '',
      'recorded in releases.lock.yaml, not checked against anything: 1 SHA-256 sum',
      `knative-serving/2.0.0/core.yaml ${sha256(manifest('new'))}`,
      '',
    ].join('\n'),
  );
});

test('JSON for programs', async () => {
  repository.write('mirror/knative-serving/1.0.0/core.yaml', CORE);
  const { stdout } = await npmRunVendor([...ONLY_SERVING, '--mirror', 'mirror', '--output', 'json']);
  expect(JSON.parse(stdout)).toEqual({
    components: [{ name: 'knative-serving', version: '1.0.0' }],
    files: [
      {
        file: 'knative-serving/1.0.0/core.yaml',
        state: 'fetched',
        size: 1000,
        sha256: sha256(CORE),
        from: 'mirror/knative-serving/1.0.0/core.yaml',
      },
    ],
    recorded: [],
    warnings: [],
  });
});

test('the commands of docs/vendoring.md that need no network run, one after the other', async () => {
  const docs = readFileSync(join(ROOT, 'docs', 'vendoring.md'), 'utf8');
  const blocks = [...docs.matchAll(/```sh\n([^`]*)```/g)].map(([, block = '']) => block);
  const commands = blocks
    .flatMap((block) => block.trim().split('\n'))
    .filter((line) => !line.includes('# network'))
    .map((line) => line.replace(/ +#.*/, ''));
  expect(commands).toHaveLength(5);

  for (const version of ['1.0.0', '1.22.1']) repository.write(`mirror/knative-serving/${version}/core.yaml`, CORE);
  repository.write('mirror/linkerd/edge-26.8.3/control-plane.yaml', manifest('control-plane'));
  const codes: unknown[] = [];
  for (const command of commands) {
    const [program, ...args] = command.replaceAll('../mirror', 'mirror').split(' ');
    if (program === 'cp') cpSync(join(repository.root, 'vendor'), join(repository.root, 'mirror'), { recursive: true });
    else codes.push((await npmRunVendor(args.slice(3))).code);
  }
  expect(codes).toEqual([0, 0, 0, 0]);
});

test('every option of the command is in docs/vendoring.md', () => {
  const docs = readFileSync(join(ROOT, 'docs', 'vendoring.md'), 'utf8');
  const options = vendorCommand().options.map(({ long }) => long ?? '');
  expect(options.filter((option) => !['--root', '--output'].includes(option) && !docs.includes(option))).toEqual([]);
});

test('a run that is killed is taken up by the next one', async () => {
  const hpa = manifest('hpa');
  const file = `      - name: hpa.yaml\n        size: ${hpa.length}\n        sha256: ${sha256(hpa)}\n`;
  repository.write('releases.lock.yaml', repository.lock.replace('  linkerd:\n', `${file}  linkerd:\n`));
  server.answers['/v1.0.0/core.yaml'] = whole(CORE);
  server.answers['/v1.0.0/hpa.yaml'] = inTurn(silent, whole(hpa));
  const kept = join(repository.root, '.vendor-partial', `knative-serving--1.0.0--core.yaml.${sha256(CORE)}`);
  const run = npmRunVendor(ONLY_SERVING, {}, () => existsSync(kept));
  expect((await run).code).not.toBe(0);
  expect(existsSync(join(repository.root, 'vendor'))).toBe(false);

  const { stderr } = await npmRunVendor(ONLY_SERVING);
  expect(stderr.split('\n')[0]).toBe('kept knative-serving/1.0.0/core.yaml');
  expect(server.times('/v1.0.0/core.yaml')).toBe(1);
  expect(Object.keys(repository.tree())).toEqual([
    'releases.lock.yaml',
    'vendor/knative-serving/1.0.0/core.yaml',
    'vendor/knative-serving/1.0.0/hpa.yaml',
  ]);
});
