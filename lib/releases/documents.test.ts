import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { testWith } from '../../testing/requirements';
import type { Json } from '../objects/manifest';
import { toYaml } from '../render/yaml';
import { readDocuments } from './documents';

const HEAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
const specOf = (spec: string): unknown => {
  const { documents, mistakes } = readDocuments(`${HEAD}spec: ${spec}\n`, 'f.yaml');
  expect(mistakes).toEqual([]);
  return documents[0]?.manifest.spec;
};

describe('splitting', () => {
  test('gives each document its own bytes and the line of its first key', () => {
    const first = `# a licence\n\n${HEAD}data: {a: "1"} # why\n\n`;
    const second = `# another\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: b}\r\n`;
    const { documents, mistakes } = readDocuments(
      `# only a comment\n---\n${first}---   # more\n${second}---\n\n---\n`,
      'f',
    );
    expect(mistakes).toEqual([]);
    expect(documents.map(({ text }) => text)).toEqual([first, second]);
    expect(documents.map(({ source }) => source)).toEqual(['f:5', 'f:13']);
    expect(documents.map(({ manifest }) => manifest.metadata.name)).toEqual(['a', 'b']);
  });

  test('ends the last document with a line break, so that another can follow', () => {
    expect(readDocuments(HEAD.trimEnd(), 'f').documents[0]?.text).toBe(HEAD);
  });

  test('keeps dashes that are no separator', () => {
    const text = `${HEAD}data:\n  pem: |\n    -----BEGIN CERTIFICATE-----\n    ---\n`;
    expect(readDocuments(text, 'f').documents.map((document) => document.text)).toEqual([text]);
  });
});

test.each([
  [
    'text behind a separator',
    `${HEAD}--- !tag\n${HEAD}`,
    'f:5: only a comment may follow "---" on its line, as kubectl reads it',
  ],
  ['no YAML', `${HEAD}---\na: [\n`, 'f:6: [ is not closed'],
  ['a list', `${HEAD}---\n\n- a\n`, 'f:7: is no Kubernetes object: it needs apiVersion, kind and metadata.name'],
  [
    'an item that is no object',
    `${HEAD}---\n# two\napiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: A, metadata: {name: a}}\n  - 5\n`,
    'f:11: items[1] of a List is no object',
  ],
  [
    'an object that SOPS has encrypted as a whole',
    'apiVersion: v1\nkind: ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]\nmetadata: {name: a}\n',
    "f:1: is encrypted by SOPS as a whole, so that nobody can tell what it is: encrypt values alone, with --encrypted-regex '^(data|stringData)$'",
  ],
  [
    'an item without a name',
    'apiVersion: v1\nkind: AList\nitems:\n  -\n    metadata: {}\n',
    'f:5: is no Kubernetes object: it needs apiVersion, kind and metadata.name',
  ],
  [
    'a null name',
    'apiVersion: v1\nkind: A\nmetadata:\n',
    'f:1: is no Kubernetes object: it needs apiVersion, kind and metadata.name',
  ],
  ['no JSON', `${HEAD}spec: .inf\n`, 'f:5: this number has no place in JSON, so kubectl refuses it'],
  [
    'an unknown tag',
    `${HEAD}spec: !mine a\n`,
    'f:5: readers take this tag for different things: leave it out, or put a text that begins with "!" in quotes',
  ],
])('%s is a mistake', (_, text, message) => {
  const said = readDocuments(text, 'f').mistakes.map((mistake) => `${mistake.where}: ${mistake.message}`);
  expect(said).toEqual([message]);
});

test('a list is its items, each with its own line and no text of its own', () => {
  const list = `apiVersion: v1\nkind: AList\nitems:\n- metadata:\n    name: a\n\n- kind: B\n  apiVersion: b/v1\n  metadata: {name: b}\n`;
  const { documents, mistakes } = readDocuments(`${HEAD}---\n${list}`, 'f');
  expect(mistakes).toEqual([]);
  expect(documents.slice(1)).toEqual([
    {
      manifest: { apiVersion: 'v1', kind: 'A', metadata: { name: 'a' } },
      source: 'f:9',
      list: { text: list, path: ['items', 0] },
    },
    {
      manifest: { apiVersion: 'b/v1', kind: 'B', metadata: { name: 'b' } },
      source: 'f:12',
      list: { text: list, path: ['items', 1] },
    },
  ]);
});

/** What a scalar is for kubectl. */
const SCALARS: readonly (readonly [string, unknown])[] = [
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map((text) => [text, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map((text) => [text, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((text) => [text, null] as const),
  ...['yEs', 'tRue', 'nULL', 'nil', 'none', 'oN'].map((text) => [text, text] as const),
  ...['2026-11-23', '2026-11-23T10:00:00Z', '2026-11-23 10:00:00', '22:22', '2222:22', '190:20:30', '12:30:45.5'].map(
    (text) => [text, text] as const,
  ),
  ['0', 0],
  ['7', 7],
  ['-7', -7],
  ['+7', 7],
  ['0777', 511],
  ['-010', -8],
  ['0o7', 7],
  ['0O17', 15],
  ['0b11', 3],
  ['-0b11', -3],
  ['0B1', 1],
  ['0xfF', 255],
  ['0XA', 10],
  ['1_000', 1000],
  ['1__0_', 10],
  ['0x_f', 15],
  ['_1', '_1'],
  ['08', 8],
  ['0.5', 0.5],
  ['.5', 0.5],
  ['.5_0', 0.5],
  ['.5__0', '.5__0'],
  ['._5', '._5'],
  ['.5_', '.5_'],
  ['5.', 5],
  ['+.5', 0.5],
  ['1e3', 1000],
  ['1E-3', 0.001],
  ['1_0.5', 10.5],
  ['1.0', 1],
  ['1e999', '1e999'],
  ['0b2', '0b2'],
  ['0xg', '0xg'],
  ['0o8', '0o8'],
  ['1.2.3', '1.2.3'],
  ['1.23.0', '1.23.0'],
  ['0755a', '0755a'],
  ['1e', '1e'],
  ['.', '.'],
  ['-', null],
  ['+', '+'],
  ['-.', '-.'],
  ['.e3', '.e3'],
  ['9007199254740991', 9007199254740991],
  ['18446744073709551615', 2 ** 64],
  ['18446744073709551616', 2 ** 64],
  ['0xffffffffffffffffff', '0xffffffffffffffffff'],
  ['"yes"', 'yes'],
  ["'0777'", '0777'],
  ['!!str 5', '5'],
  ['{on: 1, 0x10: 2, 1_0: 3}', { true: 1, '16': 2, '10': 3 }],
  ['{a: 1, a: 2}', { a: 2 }],
  ['[a, , b]', undefined],
  ['{a: &x {b: 1}, c: {<<: *x, d: 2}}', { a: { b: 1 }, c: { b: 1, d: 2 } }],
  ['|\n  a\n  b', 'a\nb\n'],
  ['>-\n  a\n  b', 'a b'],
  ['a\n  b', 'a b'],
];
const READABLE = SCALARS.filter(([text, value]) => value !== undefined && text !== '-');

test.each(READABLE)('%j is read as %j', (text, value) => {
  expect(specOf(text)).toEqual(value);
});

test('objects that the writer wrote come back as they were, each with its own bytes', () => {
  const data = fc.jsonValue({ depthSize: 'small' }).filter((value) => !JSON.stringify(value).includes('__proto__'));
  const objects = fc.array(fc.record({ name: fc.stringMatching(/^[a-z]{1,9}$/), data }));
  fc.assert(
    fc.property(objects, (given) => {
      const manifests = given.map(({ name, data }) => ({
        apiVersion: 'v1',
        kind: 'A',
        metadata: { name },
        data: data as Json,
      }));
      const texts = manifests.map(toYaml);
      const { documents, mistakes } = readDocuments(texts.join('---\n'), 'f');
      expect(mistakes).toEqual([]);
      expect(documents.map(({ text }) => text)).toEqual(texts);
      expect(documents.map(({ manifest }) => normalised(manifest))).toEqual(manifests.map(normalised));
    }),
  );
});

/** As JSON has it: without -0. */
const normalised = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('a number that JavaScript cannot hold is told', () => {
  expect(readDocuments(`${HEAD}spec: 9007199254740993\n`, 'f').documents[0]?.inexact).toBe('9007199254740993');
  expect(readDocuments(`${HEAD}spec: 9007199254740991\n`, 'f').documents[0]?.inexact).toBeUndefined();
});

/** What kubectl reads in each of these texts as `spec`; `undefined` where it reads no such object. */
function readByKubectl(specs: readonly string[]): Map<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  try {
    const file = join(folder, 'f.yaml');
    const names = specs.map((_, index) => `n${index}`);
    const texts = specs.map((spec, index) => `${HEAD.replace('name: a', `name: n${index}`)}spec: ${spec}\n`);
    writeFileSync(file, texts.join('---\n'));
    const args = ['label', '--local', '-f', file, 'x=y', '-o', 'jsonpath={.metadata.name}{" "}{@}{"\\n"}'];
    const out = execFileSync('kubectl', args, { encoding: 'utf8', maxBuffer: 1e8 });
    const specOfName = new Map(
      out
        .trim()
        .split('\n')
        .map((line): [string, unknown] => {
          const [name = '', ...json] = line.split(' ');
          return [name, (JSON.parse(json.join(' ')) as { spec: unknown }).spec];
        }),
    );
    return new Map(specs.map((spec, index) => [spec, specOfName.get(names[index] ?? '')]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

testWith('kubectl')('the table is what kubectl reads', () => {
  const read = readByKubectl(READABLE.map(([text]) => text));
  expect([...read]).toEqual(READABLE);
});

testWith('kubectl')('any plain scalar is what kubectl reads', () => {
  const character = fc.constantFrom(...'0123456789abefonyxOEXYN+-._:T'.split(''));
  const plain = fc
    .array(character, { minLength: 1, maxLength: 6 })
    .map((characters) => characters.join(''))
    .filter((text) => !/^[-+.]*[-:]|:$|^\.\.\.|^---/.test(text) && !/^[-+]?\.(inf|nan)$/i.test(text));
  fc.assert(
    fc.property(fc.uniqueArray(plain, { minLength: 400, maxLength: 400 }), (texts) => {
      const read = readByKubectl(texts);
      for (const text of texts) expect([text, specOf(text)]).toEqual([text, read.get(text)]);
    }),
    { numRuns: 5 },
  );
});
