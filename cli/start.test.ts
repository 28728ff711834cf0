import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { collectObjects } from '../lib/objects/collect';
import { renderFiles } from '../lib/render/files';
import { WALKTHROUGH } from '../testing/command';
import walkthrough from '../testing/walkthrough/main';

const ROOT = resolve(__dirname, '..');

/** What a command needs, besides packages. */
const PROJECT = [
  'cli',
  'lib',
  'imports',
  'certs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'releases.lock.yaml',
];

/** The packages that read TypeScript: without them only what is kept from before can be run. */
const READERS = ['esbuild', 'tsx'];

let project: string;
let pack: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  for (const name of PROJECT) cpSync(join(ROOT, name), join(project, name), { recursive: true });
  writeFileSync(join(project, 'main.ts'), readFileSync(WALKTHROUGH, 'utf8').replaceAll("'../../lib/", "'./lib/"));
  mkdirSync(join(project, 'node_modules'));
  for (const name of readdirSync(join(ROOT, 'node_modules')).filter((name) => !name.startsWith('.')))
    symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name));
  pack = join(project, 'node_modules', '.cache', 'knitmesh', 'synth.pack');
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

interface Run {
  readonly status: number | null;
  readonly stderr: string;
  readonly services: string;
}

/** `npm run synth` in the project, and the file of its services. */
function synth(dist = 'dist', nodeOptions: readonly string[] = []): Promise<Run> {
  const start = join(project, 'cli', 'start.js');
  const child = spawn(process.execPath, [...nodeOptions, start, 'synth', '--dist', join(project, dist)], {
    cwd: project,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  return new Promise((done) => {
    child.on('close', (status) => {
      const file = join(project, dist, '60-services.yaml');
      const services = statSync(file, { throwIfNoEntry: false }) === undefined ? '' : readFileSync(file, 'utf8');
      done({ status, services, stderr: stderr.replace(/^warning .*\n/gm, '') });
    });
  });
}

const edit = (file: string, change: (text: string) => string): void =>
  writeFileSync(join(project, file), change(readFileSync(join(project, file), 'utf8')));
const withoutReaders = (): void =>
  READERS.forEach((name) => rmSync(join(project, 'node_modules', name), { recursive: true }));

/** A file where the folder of packs is to be. */
function inTheWayOf(pack: string): void {
  rmSync(join(pack, '..'), { recursive: true });
  writeFileSync(join(pack, '..'), '');
}

/** Each run starts Node anew, and some take several. */
jest.setTimeout(90_000);

const DONE = { status: 0, stderr: '' };

test('what a run kept is enough for the next, which writes the same bytes', async () => {
  const first = await synth();
  expect(first).toMatchObject(DONE);
  expect(
    readdirSync(join(project, 'dist')).map((name) => ({
      name,
      text: readFileSync(join(project, 'dist', name), 'utf8'),
    })),
  ).toEqual(renderFiles(collectObjects(walkthrough)).map(({ name, text }) => ({ name, text })));
  withoutReaders();
  expect(await synth()).toEqual(first);
});

test('a file that changed counts, be it the app, one beside it, data or of knitmesh itself; and one that is new', async () => {
  edit('main.ts', (text) =>
    text
      .replace(
        "{ App } from 'cdk8s';",
        "{ App } from 'cdk8s';\nimport env from './env.json';\nimport { extra } from './extra';",
      )
      .replace('env: {', 'env: { ...env, ...extra,'),
  );
  mkdirSync(join(project, 'extra'));
  writeFileSync(join(project, 'env.json'), '{ "COLOUR": "green" }');
  writeFileSync(join(project, 'extra', 'index.ts'), "export const extra: object = { SIZE: 'large' };\n");
  expect((await synth()).services).toMatch(/value: green[^]*value: large/);

  edit('env.json', (text) => text.replace('green', 'white'));
  edit('extra/index.ts', (text) => text.replace('large', 'small'));
  edit('main.ts', (text) => text.replace('Go Sample v1', 'Go Sample v2'));
  expect((await synth()).services).toMatch(/value: white[^]*value: small[^]*Go Sample v2/);

  writeFileSync(join(project, 'extra.ts'), "export const extra: object = { SIZE: 'new' };\n");
  edit('lib/render/yaml.ts', (text) => text.replace('return `${text}', 'return `# edited\n${text}'));
  const last = await synth();
  expect(last.services).toMatch(/^# edited[^]*value: new/);
  withoutReaders();
  expect(await synth()).toEqual(last);
});

test('a package that changed counts', async () => {
  const folder = join(project, 'node_modules', 'greeting');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "name": "greeting", "version": "1.0.0", "main": "greeting.js" }');
  writeFileSync(join(folder, 'greeting.js'), "module.exports = { greeting: 'good morning' };\n");
  edit('main.ts', (text) =>
    text.replace(/TARGET: '.*'/, 'TARGET: greeting').replace(/^/, "import { greeting } from 'greeting';\n"),
  );
  expect((await synth()).services).toContain('good morning');
  writeFileSync(join(folder, 'greeting.js'), "module.exports = { greeting: 'good night, all' };\n");
  expect((await synth()).services).toContain('good night, all');
});

test('a mistake names its line, the first time and from what is kept', async () => {
  appendFileSync(join(project, 'main.ts'), "interface Unused {}\nthrow new Error('no such team' as string);\n");
  const line = readFileSync(join(project, 'main.ts'), 'utf8').split('\n').length - 1;
  const told = { status: 1, stderr: `error main.ts:${line}: no such team\n` };
  expect(await synth()).toMatchObject(told);
  withoutReaders();
  expect(await synth()).toMatchObject(told);
});

test('a file counts by its content: one that was only touched is kept, one that only looks the same is read', async () => {
  const first = await synth();
  await new Promise((done) => setTimeout(done, 2500));
  await synth();
  const file = join(project, 'main.ts');
  utimesSync(file, new Date(), new Date());
  const { atime, mtime } = statSync(file);
  const readers = READERS.map((name) => [join(project, 'node_modules', name), join(project, name)] as const);
  for (const [from, to] of readers) renameSync(from, to);
  expect(await synth()).toEqual(first);
  for (const [from, to] of readers) renameSync(to, from);

  edit('main.ts', (text) => text.replace('Go Sample v1', 'Go Sample v2'));
  utimesSync(file, atime, mtime);
  expect((await synth()).services).toContain('Go Sample v2');
});

test('what was found out is asked again where an object or a rule changed, and mistakes are told each time', async () => {
  expect(await synth()).toMatchObject(DONE);
  appendFileSync(
    join(project, 'main.ts'),
    "import { ApiObject } from 'cdk8s';\nnew ApiObject(platform.services, 'job', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'job', namespace: 'default' }, spec: { templte: 1 } });\n",
  );
  const told = {
    status: 1,
    stderr: expect.stringContaining('Job default/job: spec.templte: this field is not known') as string,
  };
  expect(await synth()).toMatchObject(told);
  expect(await synth()).toMatchObject(told);
  edit('lib/check/schema/kubernetes.ts', (text) =>
    text.replace("PriorityClass: ['description']", "$&, Job: ['template', 'templte']"),
  );
  expect((await synth()).stderr).not.toContain('templte');
});

test.each<[string, () => void]>([
  ['is cut off', () => truncateSync(pack, Math.floor(statSync(pack).size / 2))],
  ['is something else', () => writeFileSync(pack, 'knitmesh pack')],
  ['cannot be written', () => inTheWayOf(pack)],
  ['has a memory beside it that is none', () => writeFileSync(pack.replace(/pack$/, 'memory'), '{"code": 1')],
])('a pack that %s is no harm', async (_, harm) => {
  const first = await synth();
  harm();
  expect(await synth()).toEqual(first);
});

test('what is kept is its owner’s alone, and is not run where others may have written it', async () => {
  await synth();
  const kept = ['', 'synth.memory', 'synth.pack'].map((name) => join(pack, '..', name));
  expect(kept.map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600, 0o600]);
  chmodSync(pack, 0o666);
  withoutReaders();
  expect(await synth()).toMatchObject({
    status: 2,
    stderr: 'error the package tsx is not installed here: run npm ci\n',
  });
});

test('runs at the same time do not hurt each other', async () => {
  const runs = await Promise.all(['a', 'b', 'c'].map((dist) => synth(dist)));
  for (const run of runs) expect(run).toEqual({ ...DONE, services: runs[0]?.services });
  expect(readdirSync(join(pack, '..'))).toEqual(['synth.memory', 'synth.pack']);
  withoutReaders();
  expect(await synth('a')).toEqual(runs[0]);
});

test.each(['tsx', 'commander', 'constructs'])(
  'a package that is not installed, such as %s, is told in a line',
  async (name) => {
    rmSync(join(project, 'node_modules', name));
    const told = { status: 2, services: '', stderr: `error the package ${name} is not installed here: run npm ci\n` };
    expect(await synth()).toEqual(told);
  },
);

test('before npm ci nothing is begun, and no node_modules made', async () => {
  rmSync(join(project, 'node_modules'), { recursive: true });
  expect(await synth()).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^error .*: run npm ci\n$/) as string,
  });
  expect(readdirSync(project)).not.toContain('node_modules');
});

test.each(['18.20.8', '20.18.3', '21.7.3'])('Node %s is refused in a line', async (version) => {
  const old = join(project, 'old.js');
  writeFileSync(old, `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });\n`);
  expect(await synth('dist', ['--require', old])).toMatchObject({
    status: 2,
    stderr: `error Node ${version} is not supported: install one of ^20.19 || >=22\n`,
  });
});
