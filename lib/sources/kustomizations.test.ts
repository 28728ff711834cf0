import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { findFiles } from './find-files';
import { Kustomizations } from './kustomizations';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'knitmesh-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): Kustomizations {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return new Kustomizations(findFiles(folder).files);
}

const short = (paths: readonly string[]): string[] => paths.map((path) => relative(folder, path)).sort();

test('what is built is what no other kustomization names', () => {
  const found = write({
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': '',
    'overlays/prod/kustomization.yml': 'resources: [../../base]\n',
    'overlays/test/Kustomization': 'bases: [../../base]\ncomponents: [../../parts]\n',
    'parts/kustomization.yaml': 'kind: Component\n',
  });
  expect(short(found.roots)).toEqual(['overlays/prod', 'overlays/test']);
  expect(short(found.allOf(join(folder, 'overlays/prod')).files)).toEqual(['base/web.yaml']);
  expect(found.looseComponents).toEqual([]);
});

test('a component that nothing names is not built', () => {
  const found = write({ 'parts/kustomization.yaml': 'kind: Component\n' });
  expect([found.roots, short(found.looseComponents)]).toEqual([[], ['parts']]);
});

test('of those that name each other in a circle one is built, so that it is told', () => {
  const found = write({
    'a/kustomization.yaml': 'resources: [../b]\n',
    'b/kustomization.yaml': 'resources: [../a]\n',
  });
  expect(short(found.roots)).toEqual(['a']);
});

test('every field that names files does', () => {
  const fields = `
resources: [resource.yaml, "https://example.com/x.yaml", "github.com/a/b//c?ref=v1", "git@example.com:a/b", none.yaml]
crds: [crd.yaml]
configurations: [configuration.yaml]
generators: [generator.yaml]
transformers: [transformer.yaml, "apiVersion: v1\\nkind: A"]
validators: [validator.yaml]
patches: [{ path: patch.yaml }, { patch: "- op: remove" }]
patchesStrategicMerge: [merge.yaml]
patchesJson6902: [{ path: json.yaml }]
replacements: [{ path: replacement.yaml }, { source: {} }]
configMapGenerator: [{ files: [file.yaml, key=keyed.yaml], envs: [envs.yaml], env: env.yaml }]
secretGenerator: [{ files: [secret.yaml] }]
helmCharts: [{ valuesFile: values.yaml, additionalValuesFiles: [more.yaml] }]
openapi: { path: openapi.json }
namePrefix: prefix.yaml
`;
  const named =
    'resource crd configuration generator transformer validator patch merge json replacement file keyed envs env secret values more';
  const files = [...named.split(' ').map((name) => `${name}.yaml`), 'openapi.json'];
  const others = Object.fromEntries([...files, 'prefix.yaml'].map((name) => [name, '']));
  const found = write({ ...others, 'kustomization.yaml': fields });
  expect(short(found.allOf(folder).files)).toEqual([...files].sort());
  expect(found.allOf(folder).remote).toEqual([
    'https://example.com/x.yaml',
    'github.com/a/b//c?ref=v1',
    'git@example.com:a/b',
  ]);
  expect(found.names(join(folder, 'prefix.yaml'))).toBe(false);
});

test("Flux's Kustomizations are ordinary objects, also in a file of that name", () => {
  const found = write({ 'kustomization.yaml': 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n' });
  expect([found.has(folder), found.roots]).toEqual([false, []]);
});

test.each([
  ['no YAML', 'a: ['],
  ['empty', ''],
])('a file that is %s is none', (_, text) => {
  expect(write({ 'kustomization.yaml': text }).has(folder)).toBe(false);
});

test('a folder is covered by a kustomization in it or above', () => {
  const found = write({ 'k/kustomization.yaml': 'resources: []\n', 'k/a/b.yaml': '', 'c/d.yaml': '' });
  expect(['k', 'k/a', 'c', 'kk'].map((name) => found.covers(join(folder, name)))).toEqual([true, true, false, false]);
});
