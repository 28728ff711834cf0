import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json, PlatformObject } from '../objects/manifest';
import { nameOf } from '../objects/manifest';
import { LAST_APPLIED } from '../objects/server-fields';
import { renderFiles } from '../render/files';
import { rendered, reviewedSources } from './reviewed-files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const configMap = (name: string, value = 'a'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: ${value}\n  b: null\n`;

test('the objects of all YAML files of a folder, also of those below', async () => {
  writeFileSync(join(folder, 'b.yaml'), `${configMap('b')}---\n${configMap('a')}`);
  writeFileSync(join(folder, 'a.yml'), configMap('a'));
  writeFileSync(join(folder, 'c.json'), '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}}');
  writeFileSync(join(folder, 'notes.txt'), 'x');
  mkdirSync(join(folder, 'below'));
  writeFileSync(join(folder, 'below', 'd.yaml'), configMap('d'));
  const { objects } = await reviewedSources(folder);
  expect(objects.map(({ manifest, file }) => `${file ?? ''} ${nameOf(manifest)}`)).toEqual([
    'a.yml a',
    'b.yaml b',
    'below/d.yaml d',
    'c.json c',
  ]);
  expect(objects[0]?.manifest.data).toEqual({ a: 'a' });
});

test('an object twice with other content', async () => {
  writeFileSync(join(folder, 'a.yaml'), configMap('a'));
  writeFileSync(join(folder, 'b.yaml'), configMap('a', 'x'));
  await expect(reviewedSources(folder)).rejects.toThrow(
    `${folder}/b.yaml:1: ConfigMap a stands at ${folder}/a.yaml:1 too, with other content`,
  );
});

test('a file by itself is in no folder, so that it is not moved from another one', async () => {
  writeFileSync(join(folder, 'a.yaml'), configMap('a'));
  expect((await reviewedSources(join(folder, 'a.yaml'))).objects).toEqual([
    { manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 'a' } } },
  ]);
});

test('no path, no YAML', async () => {
  await expect(reviewedSources(join(folder, 'none'))).rejects.toThrow(/none: no such file or folder$/);
  await expect(reviewedSources(folder)).rejects.toThrow(/: has no YAML file$/);
});

test('what was read from a cluster is compared without what the server adds', async () => {
  const exported = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', uid: '1', resourceVersion: '2', annotations: { [LAST_APPLIED]: '{}' } },
    data: { a: 'a' },
  };
  writeFileSync(join(folder, 'a.json'), JSON.stringify(exported));
  writeFileSync(join(folder, 'b.yaml'), configMap('a'));
  const { objects } = await reviewedSources(folder);
  expect(objects).toEqual([
    { file: 'a.json', manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 'a' } } },
  ]);
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

  test('that has many services too', async () => {
    const options = { objectsPerFile: 2 };
    const written = renderFiles(many, options);
    for (const { name, text } of written) writeFileSync(join(folder, name), text);
    expect(written.length).toBeGreaterThan(1);
    expect(rendered(many, options).objects).toEqual((await reviewedSources(folder)).objects);
  });

  test('tells the files that are as it renders them, which are not read then', async () => {
    const { objects, known } = rendered([object('a')]);
    const [file = { name: '', text: '' }] = renderFiles([object('a')]);
    expect(known(file)?.[0]?.manifest).toBe(objects[0]?.manifest);
    expect(known({ ...file, name: '60-services.team-a.yaml' })).toBeUndefined();
    expect(known({ ...file, text: file.text.replace('null', '{}') })).toBeUndefined();
    writeFileSync(join(folder, file.name), file.text);
    writeFileSync(join(folder, 'other.yaml'), configMap('b'));
    const { objects: read } = await reviewedSources(folder, known);
    expect(read.map(({ manifest }) => nameOf(manifest))).toEqual(['a', 'b']);
    expect(read[0]?.manifest).toBe(objects[0]?.manifest);
  });

  test('and what another file says of one of its objects is a mistake as ever', async () => {
    const { known } = rendered([object('a', { a: 'a' })]);
    const [file = { name: '', text: '' }] = renderFiles([object('a', { a: 'a' })]);
    writeFileSync(join(folder, file.name), file.text);
    writeFileSync(join(folder, 'other.yaml'), file.text.replace('a: a', 'a: b'));
    await expect(reviewedSources(folder, known)).rejects.toThrow(
      `${folder}/other.yaml:1: ConfigMap team-a/a stands at ${folder}/60-services.yaml too, with other content`,
    );
  });
});
