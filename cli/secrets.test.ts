import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ApiObject, App } from 'cdk8s';
import type { Command } from 'commander';
import { ambassador } from '../lib/ambassador/ambassador';
import type { Json } from '../lib/objects/manifest';
import { Mistakes } from '../lib/objects/mistakes';
import { collectObjects } from '../lib/objects/collect';
import { Platform } from '../lib/platform';
import { readLock } from '../lib/releases/lock';
import { keepPrinted } from '../testing/printed';
import { checkCommand } from './check';
import { diffCommand } from './diff';
import { graphCommand } from './graph';
import { parityCommand } from './parity';
import { errorsBeforeWriting } from './platform-check';
import { fileNames, lockedComponent } from './release-folder';
import { writtenObjects } from './platform-objects';
import { upgradeReportCommand } from './upgrade-report';

const ROOT = resolve(__dirname, '..');

/** What a Secret holds, before and after a change. Neither is part of any other word. */
const [MARKER, OTHER] = ['qzmarkerqz', 'qzchangedqz'];

const encoded = (marker: string): string => Buffer.from(marker).toString('base64');

const secret = (fields: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  namespace: team\n${fields}`;

/** Every way in which something can stand in a Secret, or in what is to be one. */
const SPELLINGS: Readonly<Record<string, (marker: string) => string>> = {
  clear: (marker) => secret(`stringData:\n  a: ${marker}\n`),
  base64: (marker) => secret(`data:\n  a: ${encoded(marker)}\n`),
  'no base64': (marker) => secret(`data:\n  a: ${marker}!\n`),
  number: (marker) => secret(`data:\n  a: 1\nstringData:\n  b: [1, ${marker}]\n`),
  list: (marker) => secret(`data:\n  a: [${marker}]\n`),
  mapping: (marker) => secret(`data:\n  a:\n    b: ${marker}\n`),
  'data that is a list': (marker) => secret(`data: [${marker}]\n`),
  'data that is a text': (marker) => secret(`data: ${marker}\n`),
  'a field that is none': (marker) => secret(`dta:\n  a: ${marker}\n`),
  'a type that is none': (marker) => secret(`type: [${marker}]\n`),
  'immutable that is a text': (marker) => secret(`immutable: [${marker}]\n`),
  'the copy of kubectl': (marker) =>
    secret(`data: {}\n`).replace(
      '  name: a\n',
      `  name: a\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: '{"data":{"a":"${marker}"}}'\n`,
    ),
  'an annotation that is a list': (marker) =>
    secret(`data: {}\n`).replace('  name: a\n', `  name: a\n  annotations:\n    b: [${marker}]\n`),
  'another field of the metadata': (marker) =>
    secret(`data: {}\n`).replace('  name: a\n', `  name: a\n  finalizers: [${marker}]\n  b: ${marker}\n`),
  'a version that is none': (marker) => secret(`data:\n  a: [${marker}]\n`).replace('v1', 'v1beta1'),
  'a kind in lower case': (marker) => secret(`data:\n  a: [${marker}]\n`).replace('Secret', 'secret'),
  List: (marker) =>
    `apiVersion: v1\nkind: List\nmetadata: {name: l}\nitems:\n- ${secret(
      `data:\n  a: [${marker}]\n  b: ${encoded(marker)}\n`,
    )
      .replaceAll('\n', '\n  ')
      .trim()}\n`,
  template: (marker) =>
    `apiVersion: example.com/v1\nkind: Template\nmetadata: {name: t}\nvalues:\n- ${secret(`stringData:\n  a: ${marker}\n`).replaceAll('\n', '\n  ').trim()}\n`,
  'a private key elsewhere': (marker) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: |\n    -----BEGIN PRIVATE KEY-----\n    ${marker}\n    -----END PRIVATE KEY-----\n`,
  'a password in a URL': (marker) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: http://user:pa@${marker}@proxy.example\n  b: [http://user:${marker}@proxy.example]\n`,
};

/** Texts that are no YAML, or no objects, with something of a Secret in or beside what is wrong. */
const UNREADABLE: Readonly<Record<string, string>> = {
  'a bracket that is open': secret(`data:\n  a: [${MARKER}\n`),
  'a quotation that is open': secret(`data:\n  a: "${MARKER}\n`),
  'text behind a quotation': secret(`data:\n  a: "b" ${MARKER}\n`),
  'a text without its key': secret(`data:\n  a: b\n${MARKER}\n`),
  'an alias': secret(`data:\n  a: *${MARKER}\n`),
  'a tag': secret(`data:\n  a: !${MARKER} b\n`),
  'an escape': secret(`data:\n  a: "\\${MARKER}"\n`),
  'a colon': secret(`data:\n  a: b: ${MARKER}\n`),
  'a header of a block': secret(`data:\n  a: |${MARKER}\n`),
  'a tab': secret(`data:\n\ta: ${MARKER}\n`),
  'a character that begins no text': secret(`data:\n  a: @${MARKER}\n`),
  'a number that is none': secret(`data:\n  a: [.inf, ${MARKER}]\n`),
  'a separator': secret(`data: {}\n--- ${MARKER}\n`),
  'a key that is a mapping': secret(`data:\n  ? {b: ${MARKER}}\n  : c\n`),
  'a key that is a list': secret(`stringData:\n  ? [${MARKER}]\n  : c\n`),
  'a key of the whole': secret(`? [${MARKER}]\n: c\n`),
  'a key that is a number': secret(`data:\n  1.5: ${MARKER}\n`),
  'a key twice': secret(`data:\n  1: ${MARKER}\n  "1": b\n`),
  'a merge behind its key': secret(`data: &a\n  ${MARKER}: b\nstringData:\n  ${MARKER}: c\n  <<: *a\n`),
  'an anchor within itself': secret(`data: &${MARKER}\n  a: *${MARKER}\n`),
  'what is not of its tag': secret(`data:\n  a: !!int ${MARKER}\n`),
  'no object': `data:\n  a: ${MARKER}\n`,
  'no kind': secret(`data:\n  a: ${MARKER}\n`).replace('kind: Secret\n', ''),
  'no name': secret(`data:\n  a: ${MARKER}\n`).replace('  name: a\n', ''),
};

let folder: string;
let printed: () => string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knitmesh-secrets-'));
  printed = keepPrinted();
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
  process.exitCode = undefined;
});

/** A file in a folder of its own, which is the answer. */
function written(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return dirname(file);
}

/** What a command prints, with the error that it ends with. */
async function said(command: Command, ...args: readonly string[]): Promise<string> {
  let thrown = '';
  await command.parseAsync([...args], { from: 'user' }).catch((error: unknown) => {
    thrown = error instanceof Mistakes ? error.mistakes.map(({ message }) => message).join('\n') : String(error);
  });
  return printed() + thrown;
}

/** Whatever of the markers stands in a text, as they are or in base64, whatever stood in front of them there. */
function leaksIn(text: string): string[] {
  const spelled = [MARKER, OTHER].flatMap((marker) => [
    marker,
    // Of each alignment what depends on the marker alone.
    ...[0, 1, 2].map((before) => encoded(`${'-'.repeat(before)}${marker}`).slice(before === 0 ? 0 : 4, -4)),
  ]);
  return spelled.filter((one) => text.includes(one));
}

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  check: ['text', 'json', 'sarif', 'github'],
  graph: ['html', 'svg', 'json', 'dot'],
  diff: ['text', 'markdown', 'json'],
};

test('a leak would be seen', () => {
  expect(leaksIn(`a ${encoded(`x${MARKER}`)}`)).toHaveLength(1);
  expect(leaksIn(`"${OTHER}"`)).toEqual([OTHER]);
});

test.each(Object.entries(SPELLINGS))('no command tells what stands in a Secret: %s', async (_, spell) => {
  const [before, after] = [written('before/a.yaml', spell(MARKER)), written('after/a.yaml', spell(OTHER))];
  const none = written('none/a.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n');
  const texts = [
    ...(await all(FORMATS.check, (format) => said(checkCommand(), '--from', before, '-o', format))),
    ...(await all(FORMATS.graph, (format) => said(graphCommand(), '--from', before, '-o', format, '--file', '-'))),
  ];
  expect(texts[1]).toContain('"objects": 1,');
  for (const [from, to] of [
    [before, after],
    [none, after],
    [before, none],
  ] as const) {
    const differing = await all(FORMATS.diff, (format) =>
      said(diffCommand(), '--from', from, '--to', to, '--verbose', '-o', format),
    );
    texts.push(...differing);
  }
  expect(texts.every((text) => text !== '')).toBe(true);
  expect(texts.flatMap(leaksIn)).toEqual([]);
});

test.each(Object.entries(UNREADABLE))('nor what stands in a file that cannot be read: %s', async (_, text) => {
  const from = written('a/00-namespaces.yaml', text);
  const texts = [
    ...(await all(FORMATS.check, (format) => said(checkCommand(), '--from', from, '-o', format))),
    await said(graphCommand(), '--from', from, '--file', '-'),
    await said(graphCommand(), '--from', from, '--findings', join(from, '00-namespaces.yaml'), '--file', '-'),
    await said(diffCommand(), '--from', from),
    messages(() => writtenObjects(from)),
  ];
  expect(texts.every((one) => one !== '')).toBe(true);
  expect(texts.flatMap(leaksIn)).toEqual([]);
});

test('nor what comes with a release', async () => {
  const locked = lockedComponent(readLock(join(ROOT, 'releases.lock.yaml')), 'knative-serving');
  const spellings = Object.values(SPELLINGS);
  const named = (text: string, index: number): string => text.replace(/name: (\w)(?=[\n}])/, `name: $1${index}`);
  for (const [version, marker] of [
    [locked.version, MARKER],
    ['9.9.9', OTHER],
  ] as const) {
    const text = spellings.map((spell, index) => named(spell(marker), index)).join('---\n');
    for (const [index, file] of fileNames(locked).entries()) {
      written(`knative-serving/${version}/${file}`, index === 0 ? text : '# nothing\n');
    }
  }
  const texts = [
    ...(await all(FORMATS.diff, (format) =>
      said(upgradeReportCommand(), 'knative-serving', locked.version, '9.9.9', '--from', folder, '-o', format),
    )),
    ...(await all(['text', 'json'], (format) =>
      said(parityCommand(), '--component', 'knative-serving', '--from', folder, '--verbose', '-o', format),
    )),
  ];
  expect(texts.map((text) => text.includes('Secret'))).toEqual(texts.map(() => true));
  expect(texts.flatMap(leaksIn)).toEqual([]);
});

test('nor what keeps a platform from being written', () => {
  const platform = new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador() });
  const metadata = { namespace: 'default' };
  const declare = (id: string, name: string, fields: Record<string, Json>): ApiObject =>
    new ApiObject(platform.services, id, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { ...metadata, name },
      ...fields,
    });
  declare('a', 'a', { data: { a: `${MARKER}!`, b: [MARKER] } });
  declare('b', 'b', { stringData: { a: { b: MARKER } }, dta: MARKER });
  const errors = errorsBeforeWriting(join(ROOT, 'main.ts'), platform, collectObjects(platform));
  expect(errors.length).toBeGreaterThan(3);
  expect(leaksIn(JSON.stringify(errors))).toEqual([]);
  declare('c', 'a', { data: { a: MARKER } });
  const twice = messages(() => collectObjects(platform));
  expect(twice).toMatch(/is declared already/);
  expect(leaksIn(twice)).toEqual([]);
});

async function all(formats: readonly string[] = [], say: (format: string) => Promise<string>): Promise<string[]> {
  const texts: string[] = [];
  for (const format of formats) texts.push(await say(format));
  return texts;
}

function messages(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
