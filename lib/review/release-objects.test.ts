import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testWith, upstreamDir } from '../../testing/requirements';
import { otherFiles, readRelease } from './release-objects';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const configMap = (data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\ndata: {a: ${data}}\n`;

test('what files repeat is there once, whatever the order of its keys', () => {
  writeFileSync(join(folder, 'one.yaml'), `# a licence\n---\n${configMap('"1"')}`);
  writeFileSync(
    join(folder, 'two.yaml'),
    `data: {a: "1"}\nmetadata: {namespace: b, name: a}\nkind: ConfigMap\napiVersion: v1\n`,
  );
  expect(readRelease(folder, ['one.yaml', 'two.yaml']).map(({ source }) => source)).toEqual(['one.yaml:3']);
});

test('a field that is null is one that is not there', () => {
  writeFileSync(join(folder, 'one.yaml'), `${configMap('null')}annotations:\nlist: [null, {b: null}]\n`);
  expect(readRelease(folder, ['one.yaml'])[0]?.manifest).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'b' },
    data: {},
    list: [null, {}],
  });
});

test('two different declarations of one object are a mistake', () => {
  writeFileSync(join(folder, 'one.yaml'), configMap('"1"'));
  writeFileSync(join(folder, 'two.yaml'), configMap('"2"'));
  expect(() => readRelease(folder, ['one.yaml', 'two.yaml'])).toThrow(
    'two.yaml:1: ConfigMap b/a stands at one.yaml:1 too, with other content',
  );
});

test('a file that is missing, and one that is not YAML', () => {
  expect(() => readRelease(folder, ['one.yaml'])).toThrow(`${folder}: one.yaml not found`);
  writeFileSync(join(folder, 'one.yaml'), 'a: [\n');
  expect(() => readRelease(folder, ['one.yaml'])).toThrow(/^one\.yaml:\d: /);
});

test('files whose bytes are not those of the lock', () => {
  const sha256 = '87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7';
  writeFileSync(join(folder, 'one.yaml'), 'a\n');
  writeFileSync(join(folder, 'two.yaml'), 'b\n');
  const files = [
    { name: 'one.yaml', urls: [], sha256 },
    { name: 'two.yaml', urls: [], sha256 },
    { name: 'two.yaml', urls: [] },
  ];
  expect(otherFiles(folder, files)).toEqual(['two.yaml']);
});

testWith('UPSTREAM_DIR')("Knative Serving's two files of custom resources hold 71 documents and 59 objects", () => {
  const read = readRelease(join(upstreamDir(), 'knative-serving', '1.23.0'), [
    'serving-crds.yaml',
    'serving-core.yaml',
  ]);
  expect(read).toHaveLength(59);
});
