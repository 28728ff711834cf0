import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parse } from 'yaml';
import { readByKubectl } from '../../testing/oracle';
import { testWith } from '../../testing/requirements';
import type { Json } from '../objects/manifest';
import { readYamlValue } from '../yaml/stream';
import { HostileTexts } from '../yaml/testing/hostile-texts';
import { toYaml } from './yaml';
import { toYamlByLibrary } from './yaml-library';

/** What readers of YAML take for something else than a string, or for syntax. */
const FRAGMENTS = [
  ...['yes', 'No', 'on', 'OFF', 'y', 'n', 'true', 'null', '~', '=', '<<', '.inf', '.NaN', '-', '---', '...', '?'],
  ...[
    '1',
    '0',
    '1e3',
    '0o7',
    '0777',
    '08',
    '0x1F',
    '0b1',
    '1_000',
    '1.',
    '.5',
    '+1',
    '-1',
    '12:30:45',
    '2222:22',
    '2020-01-01',
  ],
  ...[': ', ' #', '- ', '? ', '&a', '*a', '!a', '|', '>', '%', '@', '`', '{', '}', '[', ']', ',', '"', "'", '\\', '#'],
  ...[
    '\n',
    '\r',
    '\t',
    ' ',
    '\u0000',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\u2029',
    '\ufeff',
    '\ufffe',
    'é',
    '🙂',
  ],
];

const strings = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc
    .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ maxLength: 3 })), { maxLength: 6 })
    .map((parts) => parts.join('')),
);

const values: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    strings,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      strings.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

test('what is written reads as what went in, in YAML 1.2', () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(parse(toYaml(value))).toEqual(value);
    }),
    { numRuns: 1000 },
  );
});

/** What looks like a number, a date or a word that means something. */
const likeNumbers = fc.string({ unit: fc.constantFrom(...'0123456789_.:+-eExobTZ ~infNaN'.split('')), maxLength: 14 });
const likeDates = fc
  .tuple(fc.date({ noInvalidDate: true }), fc.nat(30))
  .map(([date, length]) => date.toISOString().slice(0, length));
const likeWords = fc.mixedCase(fc.constantFrom('y', 'yes', 'n', 'no', 'true', 'false', 'on', 'off', 'null'));

/** Texts of several lines, some of which can be a literal block. */
const likeBlocks = fc
  .array(fc.oneof(fc.constantFrom('', ' ', '\t', '...', '%', '---', '# no', "it's", '"', 'a: b'), fc.string()), {
    minLength: 2,
  })
  .map((lines) => lines.join('\n'));
const anyStrings = fc.oneof(
  strings,
  likeNumbers,
  likeDates,
  likeWords,
  likeBlocks,
  fc.string({ unit: 'binary-ascii' }),
);

const RARE = [null, true, false, -0, Infinity, NaN, 1e21, 5e-324, '\ud800', 'x'.repeat(1100), '\udc00\nend'];
const KEYS = ['name', 'kind', '2', '10', 'x'.repeat(1100), '\ud800'];
const anyValues: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    anyStrings,
    fc.constantFrom<Json>(...RARE),
    fc.double(),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(anyStrings, fc.constantFrom(...KEYS)), tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;

test("the bytes are the YAML library's, whatever the value", () => {
  fc.assert(
    fc.property(anyValues, (value) => {
      expect(toYaml(value)).toBe(toYamlByLibrary(value));
    }),
    { numRuns: 3000 },
  );
});

test.each(FRAGMENTS)('%j is read as a string in YAML 1.1', (text) => {
  expect(parse(toYaml([text]), { version: '1.1' })).toEqual([text]);
});

testWith('kubectl')('1,000 strings come back from kubectl as they went in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'knitmesh-'));
  try {
    const sample = fc.sample(strings, { numRuns: 1000, seed: 1 });
    const data = Object.fromEntries(sample.map((value, index) => [`key-${index}`, value]));
    const keys = Object.fromEntries(
      sample.filter((key) => key !== '' && key !== '__proto__').map((key) => [key, 'value']),
    );
    const file = join(folder, 'strings.yaml');
    writeFileSync(
      file,
      [data, keys]
        .map((data, index) =>
          toYaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `strings-${index}` }, data }),
        )
        .join('---\n'),
    );
    const output = execFileSync('kubectl', ['label', '--local', '-f', file, 'read=true', '-o', 'json'], {
      encoding: 'utf8',
    });
    const [first, second] = output
      .trim()
      .split(/\n(?=\{$)/m)
      .map((text) => JSON.parse(text) as { data: Json });
    expect(first?.data).toEqual(data);
    expect(second?.data).toEqual(keys);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Numbers for kubectl, and not for the YAML library. */
const NUMBERS_FOR_KUBECTL = [
  '0X1F',
  '0B1',
  '0O17',
  '+0o1',
  '1e1_0',
  '0_x1',
  '0o17_',
  '+_1',
  '0b-1',
  '.5_0',
  '1__0',
  '-0o7',
];

test.each(NUMBERS_FOR_KUBECTL)('%s is quoted when it is a text', (text) => {
  expect(toYaml({ a: text, list: [text], [text]: 'b' })).toBe(`"${text}": b\na: "${text}"\nlist:\n  - "${text}"\n`);
});

test.each(['1.23.0', '10.0.0.1', '2m', '500Mi', '100m', '0755a', '1-2', '.a', '1.2.3-edge', '5s', '0.0.0.0/0', '::1'])(
  '%s needs no quotes',
  (text) => {
    expect(toYaml([text])).toBe(`- ${text}\n`);
  },
);

const TEXTS = 25_000;
const seed = Number(process.env.YAML_SEED ?? Math.floor(Math.random() * 2 ** 32));

/** Texts that look like numbers, like syntax, or like both; all of them can be written. */
function hostileTexts(): string[] {
  const hostile = new HostileTexts(seed, [toYaml({ a: [{ b: 'c', d: 'e' }] })]);
  const texts = Array.from({ length: TEXTS }, (_, index) => (index % 2 === 0 ? hostile.number() : hostile.next()));
  return texts.filter((text) => !/\p{Surrogate}/u.test(text) && text !== '__proto__');
}

const holding = (text: string): Json => ({ text, list: [text], [text]: { [text]: text } });

test(`what is written is read as what went in: ${TEXTS} texts, YAML_SEED=${seed}`, () => {
  expect(
    hostileTexts().filter((text) => !isDeepStrictEqual(readYamlValue(toYaml(holding(text))), holding(text))),
  ).toEqual([]);
});

testWith('ORACLES_DIR')(
  `kubectl reads what went in: ${TEXTS} texts, YAML_SEED=${seed}`,
  () => {
    process.stderr.write(`lib/render/yaml.test.ts: ${TEXTS} texts, YAML_SEED=${seed}\n`);
    const texts = hostileTexts();
    const read = readByKubectl(texts.map((text) => toYaml(holding(text))));
    expect(texts.filter((text, index) => !isDeepStrictEqual(read[index], { docs: [holding(text)] }))).toEqual([]);
  },
  120_000,
);

test('keys stand in one order, what says what the object is first', () => {
  const object = {
    spec: { b: 1, a: { z: 0, name: 'app' } },
    metadata: { labels: {}, namespace: 'x', name: 'web' },
    kind: 'K',
    apiVersion: 'v1',
  };
  expect(toYaml(object)).toBe(
    'apiVersion: v1\nkind: K\nmetadata:\n  name: web\n  namespace: x\n  labels: {}\nspec:\n  a:\n    name: app\n    z: 0\n  b: 1\n',
  );
});

test('text of several lines is a literal block, and never an alias or a folded line', () => {
  const text = `first\n\n  second ${'word '.repeat(40)}end\n`;
  expect(toYaml({ a: text, b: text })).toBe(
    ['a', 'b'].map((key) => `${key}: |\n  first\n\n    second ${'word '.repeat(40)}end\n`).join(''),
  );
});
