import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameOf } from '../objects/manifest';
import { folderObjects, rendered } from './reviewed-files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const configMap = (name: string, value = 'a'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: ${value}\n  b: null\n`;

test('the objects of all YAML files of a folder, without those below', () => {
  writeFileSync(join(folder, 'b.yaml'), `${configMap('b')}---\n${configMap('a')}`);
  writeFileSync(join(folder, 'a.yml'), configMap('a'));
  writeFileSync(join(folder, 'c.json'), '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}}');
  writeFileSync(join(folder, 'notes.txt'), 'x');
  mkdirSync(join(folder, 'below'));
  writeFileSync(join(folder, 'below', 'd.yaml'), configMap('d'));
  const found = folderObjects(folder);
  expect(found.map(({ manifest, file }) => `${file ?? ''} ${nameOf(manifest)}`)).toEqual([
    'a.yml a',
    'b.yaml b',
    'c.json c',
  ]);
  expect(found[0]?.manifest.data).toEqual({ a: 'a' });
});

test('an object twice with other content', () => {
  writeFileSync(join(folder, 'a.yaml'), configMap('a'));
  writeFileSync(join(folder, 'b.yaml'), configMap('a', 'x'));
  expect(() => folderObjects(folder)).toThrow('b.yaml:1: ConfigMap a stands at a.yaml:1 too, with other content');
});

test('no folder, no YAML', () => {
  expect(() => folderObjects(join(folder, 'none'))).toThrow(/none: no such folder$/);
  expect(() => folderObjects(folder)).toThrow(/: has no YAML file$/);
  writeFileSync(join(folder, 'a.yaml'), configMap('a'));
  expect(() => folderObjects(join(folder, 'a.yaml'))).toThrow(/a\.yaml: cannot be read as a folder$/);
});

test('a platform is in the files that it is rendered to', () => {
  const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: null };
  expect(rendered([{ manifest, source: 'platform/a', phase: '60-services' }])).toEqual([
    { manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }, file: '60-services.yaml' },
  ]);
});
