import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json, PlatformObject } from '../objects/manifest';
import { nameOf } from '../objects/manifest';
import { renderFiles } from '../render/files';
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

describe('a platform', () => {
  const object = (name: string, data: Json = null): PlatformObject => ({
    manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'team-a' }, data },
    source: `platform/${name}`,
    phase: '60-services',
  });
  const many = ['a', 'b', 'c', 'd'].map((name) => object(name));

  test('is in the files that it is rendered to', () => {
    expect(rendered([object('a')]).objects).toEqual([
      {
        manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'team-a' } },
        file: '60-services.yaml',
      },
    ]);
  });

  test('that has many services too', () => {
    const options = { objectsPerFile: 2 };
    const written = renderFiles(many, options);
    for (const { name, text } of written) writeFileSync(join(folder, name), text);
    expect(written.length).toBeGreaterThan(1);
    expect(rendered(many, options).objects).toEqual(folderObjects(folder));
  });

  test('tells the files that are as it renders them, which are not read then', () => {
    const { objects, known } = rendered([object('a')]);
    const [file = { name: '', text: '' }] = renderFiles([object('a')]);
    expect(known(file)?.[0]?.manifest).toBe(objects[0]?.manifest);
    expect(known({ ...file, name: '60-services.team-a.yaml' })).toBeUndefined();
    expect(known({ ...file, text: file.text.replace('null', '{}') })).toBeUndefined();
    writeFileSync(join(folder, file.name), file.text);
    writeFileSync(join(folder, 'other.yaml'), configMap('b'));
    const read = folderObjects(folder, known);
    expect(read.map(({ manifest }) => nameOf(manifest))).toEqual(['a', 'b']);
    expect(read[0]?.manifest).toBe(objects[0]?.manifest);
  });

  test('and what another file says of one of its objects is a mistake as ever', () => {
    const { known } = rendered([object('a', { a: 'a' })]);
    const [file = { name: '', text: '' }] = renderFiles([object('a', { a: 'a' })]);
    writeFileSync(join(folder, file.name), file.text);
    writeFileSync(join(folder, 'other.yaml'), file.text.replace('a: a', 'a: b'));
    expect(() => folderObjects(folder, known)).toThrow(
      'other.yaml:1: ConfigMap team-a/a stands at 60-services.yaml too, with other content',
    );
  });
});
