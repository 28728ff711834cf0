import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testWith } from '../../testing/requirements';
import { Kubectl } from '../kubectl/kubectl';
import { nameOf } from '../objects/manifest';
import { filesText } from './files-text';
import type { SourceOptions } from './read-sources';
import { readSources } from './read-sources';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'knitmesh-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** What is read, without the folder's own path. */
async function read(paths: readonly string[] = [''], options?: SourceOptions): Promise<Record<string, unknown>> {
  const sources = await readSources(
    paths.map((path) => (path === '-' ? path : join(folder, path))),
    options,
  );
  const short = (text: string): string => text.replaceAll(`${folder}/`, '').replaceAll(folder, '.');
  return {
    objects: sources.objects.map(({ manifest, source }) => `${short(source)} ${nameOf(manifest)}`),
    mistakes: sources.mistakes.map(({ where, message }) => short(`${where} ${message}`)),
    notes: sources.notes.map(({ where, message }) => short(`${where} ${message}`)),
    files: short(filesText(sources.files)),
  };
}

async function* stdin(text: string): AsyncIterable<Buffer> {
  yield await Promise.resolve(Buffer.from(text));
}

test('files, folders and standard input, each file once', async () => {
  write({ 'a/b.yaml': configMap('b'), 'a/c.yaml': `${configMap('c')}---\n${configMap('d')}`, 'vendor/e.yaml': '' });
  expect(await read(['a/c.yaml', '', '-'], { input: stdin(`# x\n${configMap('e')}`) })).toEqual({
    objects: ['a/c.yaml:1 c', 'a/c.yaml:6 d', 'a/b.yaml:1 b', '<stdin>:2 e'],
    mistakes: [],
    notes: [],
    files: '3 files read; left out: vendor',
  });
});

test('what is known of a file is taken, and it is not read', async () => {
  write({ 'a/b.yaml': 'a: [' });
  const manifest = { apiVersion: 'v1', kind: 'A', metadata: { name: 'known' } };
  const { objects } = await readSources([folder], {
    known: ({ name, text }) => (name === 'a/b.yaml' && text === 'a: [' ? [{ manifest }] : undefined),
  });
  expect(objects).toEqual([{ manifest, source: `${folder}/a/b.yaml`, file: 'a/b.yaml' }]);
});

test('mistakes do not stop the reading', async () => {
  write({ 'a.yaml': 'replicas: 1\n', 'b.yaml': configMap('b'), 'c.yaml': 'a: [\n' });
  expect(await read()).toMatchObject({
    objects: ['b.yaml:1 b'],
    mistakes: [
      'a.yaml:1 is no Kubernetes object: it needs apiVersion, kind and metadata.name',
      expect.stringMatching(/^c\.yaml:\d /) as string,
    ],
  });
});

test('a hidden file is read like any other if there is an object in it', async () => {
  write({ '.a.yaml': configMap('a'), '.sops.yaml': 'creation_rules: []\n', '.b.yaml': 'apiVersion: v1\nkind: A\n' });
  expect(await read()).toEqual({
    objects: ['.a.yaml:1 a'],
    mistakes: ['.b.yaml:1 is no Kubernetes object: it needs apiVersion, kind and metadata.name'],
    notes: [],
    files: '2 files read; without objects: .sops.yaml',
  });
});

test('nothing to read', async () => {
  await expect(read()).rejects.toThrow(/: has no YAML file$/);
  await expect(read(['-'], { input: stdin('\n') })).rejects.toThrow('<stdin>: there is nothing in it');
  await expect(read(['-', '-'], { input: stdin(configMap('a')) })).rejects.toThrow('standard input is named twice');
});

test('a list of more items than a call takes arguments', async () => {
  const items = Array.from({ length: 130_000 }, () => ({ apiVersion: 'v1', kind: 'A', metadata: { name: 'a' } }));
  const known = (): { manifest: (typeof items)[number] }[] => items.map((manifest) => ({ manifest }));
  write({ 'a.yaml': '' });
  expect((await readSources([folder], { known })).objects).toHaveLength(items.length);
});

describe('kustomizations', () => {
  const OVERLAY = {
    'base/kustomization.yaml': 'resources: [service.yaml]\n',
    'base/service.yaml': configMap('shop'),
    'overlays/prod/kustomization.yaml': 'resources: [../../base]\npatches: [{ path: scale.yaml }]\n',
    'overlays/prod/scale.yaml': `${configMap('shop')}data:\n  scale: "3"\n`,
  };

  testWith('kubectl')('count as what they make, once', async () => {
    write(OVERLAY);
    expect(await read()).toEqual({
      objects: ['overlays/prod/kustomization.yaml:1 shop'],
      mistakes: [],
      notes: [],
      files: '0 files read, 1 kustomization built: overlays/prod',
    });
    const [shop] = (await readSources([folder])).objects;
    expect(shop).toMatchObject({ manifest: { data: { scale: '3' } }, madeBy: join(folder, 'overlays/prod') });
    expect(await read(['base/kustomization.yaml'])).toMatchObject({ objects: ['base/kustomization.yaml:1 shop'] });
  });

  testWith('kubectl')('and files that they do not name count as they are, if there are objects in them', async () => {
    write({
      'k/kustomization.yaml': 'resources: [a.yaml]\n',
      'k/a.yaml': configMap('a'),
      'k/b.yaml': configMap('b'),
      'k/values.yaml': 'replicas: 1\n',
      'k/charts/c.yaml': '{{ template }}\n',
      'other/kustomization.yaml': 'kind: Component\n',
    });
    expect(await read()).toEqual({
      objects: ['k/b.yaml:1 b', 'k/kustomization.yaml:1 a'],
      mistakes: [],
      notes: ['other is a component that no kustomization here names: it makes nothing by itself'],
      files: '1 file read, 1 kustomization built: k; without objects: k/charts/c.yaml, k/values.yaml',
    });
  });

  test('that cannot be built are one mistake each', async () => {
    write(OVERLAY);
    const kubectl = new Kubectl({ program: join(folder, 'none') });
    expect(await read([''], { kubectl })).toMatchObject({
      objects: [],
      mistakes: [
        expect.stringMatching(/^overlays\/prod\/kustomization\.yaml:1 is a kustomization, which kubectl builds: /),
      ],
    });
  });

  test('that make what is no object', async () => {
    write({ 'kustomization.yaml': 'resources: []\n', kubectl: `#!${process.execPath}\nconsole.log("a: b");\n` });
    chmodSync(join(folder, 'kubectl'), 0o755);
    const { mistakes } = await read([''], { kubectl: new Kubectl({ program: join(folder, 'kubectl') }) });
    expect(mistakes).toEqual([
      'kustomization.yaml:1 in what kubectl kustomize makes of it, line 1: is no Kubernetes object: it needs apiVersion, kind and metadata.name',
    ]);
  });
});
