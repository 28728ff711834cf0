import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CommandRun } from '../testing/command';
import { runKnitmesh } from '../testing/command';

const ROOT = resolve(__dirname, '..');

let folder: string;
let dist: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  dist = join(folder, 'dist');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const IMPORTS = `
import { App } from '${ROOT}/node_modules/cdk8s';
import { ambassador } from '${ROOT}/lib/ambassador/ambassador';
import { KnativeService } from '${ROOT}/lib/knative/service/knative-service';
import { Platform } from '${ROOT}/lib/platform';
const platform = new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador() });
`;

function app(code: string): string {
  const file = join(folder, 'main.ts');
  writeFileSync(file, `${IMPORTS}${code}`);
  return file;
}

const EXPORT = 'export default platform;\n';
const contents = (of: string): Record<string, string> =>
  Object.fromEntries(readdirSync(of).map((name) => [name, readFileSync(join(of, name), 'utf8')]));

test('writes what main.ts describes, and changes nothing the second time', () => {
  const first = runKnitmesh(['synth', '--dist', dist]);
  expect(first).toMatchObject({ status: 0 });
  expect(first.stdout).toMatch(/^60-services\.yaml +1 +written$/m);
  const second = runKnitmesh(['synth', '--dist', dist, '-o', 'json']);
  expect(JSON.parse(second.stdout)).toMatchObject({ written: [], removed: [], unchanged: readdirSync(dist) });
});

test('the same bytes from another working folder, time zone and locale', () => {
  runKnitmesh(['synth', '--dist', dist]);
  const other = join(folder, 'other');
  runKnitmesh(['synth', '--dist', other], {
    cwd: folder,
    env: { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', CDK8S_DISABLE_SORT: '1' },
  });
  expect(contents(other)).toEqual(contents(dist));
});

test('--check writes nothing, and exits 1 when the folder is not what the platform renders', () => {
  expect(runKnitmesh(['synth', '--dist', dist, '--check']).status).toBe(1);
  runKnitmesh(['synth', '--dist', dist]);
  expect(runKnitmesh(['synth', '--dist', dist, '--check']).status).toBe(0);
  writeFileSync(join(dist, '60-services.yaml'), 'edited: true\n');
  const check = runKnitmesh(['synth', '--dist', dist, '--check']);
  expect(check.status).toBe(1);
  expect(check.stdout).toMatch(/^60-services\.yaml +1 +stale$/m);
  expect(readFileSync(join(dist, '60-services.yaml'), 'utf8')).toBe('edited: true\n');
});

describe('what types would have told', () => {
  const bare = (code: string): string => {
    const file = join(folder, 'main.ts');
    writeFileSync(file, `${IMPORTS.replace(/const platform.*/, '')}${code}`);
    return file;
  };
  const told = (file: string): string[][] =>
    [['synth', '--dist', dist], ['check']].map((command) => {
      const { status, stderr } = runKnitmesh([...command, '--app', file]);
      expect(status).toBe(1);
      return stderr.trim().split('\n');
    });

  test('settings and options that nobody reads are told by synth and by check', () => {
    const file = bare(`
      const platform = new Platform(new App(), 'platform', {
        domain: 'example.com',
        ingress: ambassador({ replica: 3 } as any),
        settings: { features: { kubernetesPodspecNodeSelector: 'enabled' }, autoscaler: { minscale: 3 }, networks: { httpProtocol: 'Redirected' } } as any,
        knativeServing: { highAvailabilty: true } as any,
      });
      new KnativeService(platform.services, 'shop', { image: 'registry.example.com/shop:1', timeoutSecond: 10 } as any);
      ${EXPORT}`);
    const [bySynth = [], byCheck] = told(file);
    expect(bySynth).toEqual([
      'error platform: settings.features.kubernetesPodspecNodeSelector: is no prop: did you mean "kubernetesPodspecNodeselector"?',
      'error platform: settings.autoscaler.minscale: is no prop: did you mean "minScale"?',
      'error platform: settings.networks: is no prop: did you mean "network"?',
      'error platform: knativeServing.highAvailabilty: is no prop: did you mean "highAvailability"?',
      'error platform/networking/ambassador: replica: is no prop: did you mean "replicas"?',
      'error platform/services/shop: timeoutSecond: is no prop: did you mean "timeoutSeconds"?',
    ]);
    expect(byCheck).toEqual(bySynth);
  });

  test('a key that a newer release reads is rendered, once check.yaml accepts that this one does not', () => {
    const file = bare(`
      const others = { 'config-network': { 'domainmapping-direct-route-traffic': 'enabled' } };
      const platform = new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador(), settings: { others } });
      ${EXPORT}`);
    const path = 'data.domainmapping-direct-route-traffic';
    const [bySynth = []] = told(file);
    expect(bySynth).toEqual([
      expect.stringMatching(new RegExp(`ConfigMap knative-serving/config-network: ${path}: Serving reads no such key`)),
    ]);
    writeFileSync(
      join(folder, 'check.yaml'),
      `waivers:\n  - rule: knative-config\n    path: ${path}\n    reason: Serving 1.24 reads it\n`,
    );
    expect(runKnitmesh(['synth', '--dist', dist, '--app', file])).toMatchObject({ status: 0 });
    expect(readFileSync(join(dist, '40-knative-config.yaml'), 'utf8')).toContain(
      'domainmapping-direct-route-traffic: enabled\n',
    );
  });

  test('a container without a name is taken, and what is missing of another service is told', () => {
    const file = bare(`
      const features = { kubernetesPodspecInitContainers: 'enabled' } as const;
      const platform = new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador(), settings: { features } });
      const props = { image: 'registry.example.com/shop:1', port: { number: 8080 } };
      const unnamed = [{ image: 'registry.example.com/log:1' } as any];
      new KnativeService(platform.services, 'shop', { ...props, sidecars: unnamed, initContainers: unnamed });
      new KnativeService(platform.services, 'cart', {} as any);
      new KnativeService(platform.services, 'till', {
        ...props,
        volumes: [{ name: 'v', secret: { secretName: 's', items: [{ key: 'k' } as any] } }],
        volumeMounts: [{ name: 'v', mountPath: '/v' }],
      });
      ${EXPORT}`);
    const [bySynth = [], byCheck] = told(file);
    expect(bySynth).toEqual([
      'error platform/services/cart: image: is missing: name one, for example "registry.example.com/shop:1.0"',
      'error platform/services/till: volumes[0].secret.items[0].path: is missing: give the path',
    ]);
    expect(byCheck).toEqual(bySynth);
  });
});

test('every mistake is one line on stderr, and the folder stays as it was', () => {
  mkdirSync(dist);
  writeFileSync(join(dist, '60-services.yaml'), 'before: true\n');
  const file = app(`
    new KnativeService(platform.services, 'one', { image: 'has spaces', containerConcurrency: -1 });
    new KnativeService(platform.services, 'two', { image: 'a/b', namespace: 'nowhere' });
    ${EXPORT}`);
  const run = runKnitmesh(['synth', '--app', file, '--dist', dist]);
  expect(run).toMatchObject({ status: 1, stdout: '' });
  const lines = run.stderr.trim().split('\n');
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toMatch(/^error platform\/services\/\S+: [a-z]\S*: /);
  expect(contents(dist)).toEqual({ '60-services.yaml': 'before: true\n' });
});

test.each([
  ['a file that throws', "throw new Error('no such team');", /^error main\.ts:\d+: no such team\n$/],
  ['a file that exports no platform', 'export default 1;', /^error main\.ts: exports no platform: end the file with/],
  ['a file that is not TypeScript', 'const = ;', /^error main\.ts:7: Expected identifier but found "="\n$/],
])('%s is one line without a stack trace, and exits 1', (_, code, message) => {
  app(code);
  const run = runKnitmesh(['synth', '--app', 'main.ts', '--dist', dist], { cwd: folder });
  expect(run.stderr).toMatch(message);
  expect(run.status).toBe(1);
});

const SECOND =
  "const other = new Platform(new App(), 'other', { domain: 'example.org', ingress: ambassador(), environment: 'production' });";

test('the platforms of several environments go to a folder each', () => {
  const file = app(`
    const staging = new Platform(new App(), 'staging', { domain: 'staging.example.com', ingress: ambassador(), environment: 'staging' });
    ${SECOND}
    export default [staging, other];`);
  const run = runKnitmesh(['synth', '--app', file, '--dist', dist, '-o', 'json']);
  expect(run.status).toBe(0);
  expect((JSON.parse(run.stdout) as { environment: string }[]).map(({ environment }) => environment)).toEqual([
    'staging',
    'production',
  ]);
  expect(readdirSync(dist)).toEqual(['production', 'staging']);
  expect(contents(join(dist, 'production'))['50-ambassador.yaml']).toContain('"*.example.org"');
  expect(contents(join(dist, 'staging'))['50-ambassador.yaml']).toContain('"*.staging.example.com"');
});

test.each([
  ['one of several platforms without an environment', 'export default [platform, other];', 'one has no environment: '],
  ['two of one environment', 'export default [other, other];', 'two platforms of the environment "production": '],
])('%s is a mistake, and nothing is written', (_, code, message) => {
  app(`${SECOND}\n${code}`);
  const run = runKnitmesh(['synth', '--app', 'main.ts', '--dist', dist], { cwd: folder });
  expect(run.stderr).toMatch(/^error main\.ts: exports /);
  expect(run.stderr).toContain(message);
  expect(run.status).toBe(1);
  expect(readdirSync(folder)).toEqual(['main.ts']);
});

test('a file that is not there, and an option that does not exist', () => {
  expect(runKnitmesh(['synth', '--app', join(folder, 'none.ts')])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(
      /none\.ts: no such file: name the file that exports the platform with --app\n$/,
    ) as string,
  });
  expect(runKnitmesh(['synth', '--dits', dist])).toMatchObject({
    status: 2,
    stderr: "error unknown option '--dits'\n(Did you mean --dist?)\n",
  });
});

test('a file where a folder is to be', () => {
  const file = app(EXPORT);
  for (const more of [[], ['--check']]) {
    expect(runKnitmesh(['synth', '--app', file, '--dist', 'main.ts', ...more], { cwd: folder })).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'error main.ts is no folder: name one\n',
    });
  }
});

test.each([
  ['/proc/knitmesh', 'cannot make the folder /proc/knitmesh: no such file or directory'],
  ['main.ts/dist', 'main.ts/dist is no folder: name one'],
])('where %s can be no folder, that is said in a line', (to, message) => {
  expect(runKnitmesh(['synth', '--app', app(EXPORT), '--dist', to], { cwd: folder })).toEqual({
    status: 2,
    stdout: '',
    stderr: `error ${message}\n`,
  });
});

test('where the disk is full, all files are as they were', () => {
  const file = app(EXPORT);
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', '00-namespaces.yaml'), 'old: true\n');
  const start = `"${process.execPath}" "${join(__dirname, 'start.js')}" synth --app "${file}" --dist dist`;
  // No file larger than 8 KiB, which is what some of them are.
  const { status, stderr } = spawnSync('bash', ['-c', `ulimit -f 8; ${start}`], { cwd: folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(/^error cannot write dist\/\S+\.yaml: file too large\n$/) as string,
  });
  expect(readdirSync(join(folder, 'dist'))).toEqual(['00-namespaces.yaml']);
  expect(readFileSync(join(folder, 'dist', '00-namespaces.yaml'), 'utf8')).toBe('old: true\n');
});

test('cdk8s synth gives the same bytes and leaves the files of a user alone', () => {
  const project = join(folder, 'clone');
  mkdirSync(project);
  for (const name of [
    'main.ts',
    'cdk8s.yaml',
    'package.json',
    'tsconfig.json',
    'cli',
    'imports',
    'lib',
    'releases.lock.yaml',
    'certs',
  ]) {
    cpSync(join(ROOT, name), join(project, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  mkdirSync(join(project, 'dist'));
  writeFileSync(join(project, 'dist', 'kustomization.yaml'), 'mine: true\n');
  const cdk8s = (...args: string[]): CommandRun =>
    spawnSync(
      process.execPath,
      [join(project, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s'), 'synth', '--check-upgrade', 'false', ...args],
      {
        cwd: project,
        encoding: 'utf8',
      },
    );
  expect(cdk8s()).toMatchObject({ status: 0 });
  const { 'kustomization.yaml': mine, ...rendered } = contents(join(project, 'dist'));
  expect(mine).toBe('mine: true\n');
  runKnitmesh(['synth', '--dist', dist]);
  expect(rendered).toEqual(contents(dist));
  expect(contents(join(project, '.cdk8s'))).toEqual(rendered);

  rmSync(join(project, 'dist'), { recursive: true });
  expect(cdk8s('--output', 'elsewhere')).toMatchObject({ status: 0 });
  expect(contents(join(project, 'elsewhere'))).toEqual(rendered);
  expect(readdirSync(project)).not.toContain('dist');
}, 60_000);
