import { isDeepStrictEqual } from 'node:util';
import { readByKubectl } from '../../testing/oracle';
import { testWith } from '../../testing/requirements';
import type { Json } from '../objects/manifest';
import { readYaml, readYamlValue } from './stream';
import { documentsIn, HostileTexts } from './testing/hostile-texts';
import { READ, REFUSED } from './testing/yaml-cases';

const valuesOf = (text: string): Json[] => readYaml(text).documents.map(({ value }) => value);

test.each(READ.map(([text, ...documents]) => [text, documents] as const))('%j is read as %j', (text, documents) => {
  expect(readYaml(text).problems).toEqual([]);
  expect(valuesOf(text)).toEqual(documents);
});

test.each(REFUSED)('%j is refused in line %d', (text, line, why) => {
  const { problems } = readYaml(text);
  expect(problems).toEqual([{ line, message: expect.stringMatching(why) as string }]);
});

test('a document that cannot be read stops no other', () => {
  const { documents, problems } = readYaml('a: 1\n---\nb: [\n---\nc: 3\n---\nd: @\n');
  expect(documents.map(({ value, lineOf }) => [value, lineOf([])])).toEqual([
    [{ a: 1 }, 1],
    [{ c: 3 }, 5],
  ]);
  expect(problems.map(({ line }) => line)).toEqual([3, 7]);
});

test('a value of one document', () => {
  expect(readYamlValue('# c\na: yes\n')).toEqual({ a: true });
  expect(readYamlValue('# c\n')).toBeNull();
  expect(readYamlValue('a: 1\nb: @\n')).toBeUndefined();
  expect(readYamlValue('a: 1\n---\nb: 1\n')).toBeUndefined();
});

testWith('ORACLES_DIR')('kubectl reads the table so, and refuses what is no YAML', () => {
  const read = readByKubectl(READ.map(([text]) => text));
  expect(read).toEqual(READ.map(([, ...docs]) => ({ docs })));
});

const TEXTS = 25_000;
const seed = Number(process.env.YAML_SEED ?? Math.floor(Math.random() * 2 ** 32));

testWith('ORACLES_DIR')(
  `${TEXTS} texts are read as kubectl reads them, or refused: YAML_SEED=${seed}`,
  () => {
    process.stderr.write(`lib/yaml/stream.test.ts: ${TEXTS} texts, YAML_SEED=${seed}\n`);
    const upstream = process.env.UPSTREAM_DIR;
    const hostile = new HostileTexts(seed, [...documentsIn('dist'), ...(upstream ? documentsIn(upstream) : [])]);
    const texts = Array.from({ length: TEXTS }, () => hostile.next());
    const byKubectl = readByKubectl(texts);
    let alike = 0;
    const otherwise = texts.filter((text, index) => {
      const { documents, problems } = readYaml(text);
      if (problems.length > 0) return false;
      alike++;
      const { docs, err } = byKubectl[index] ?? { docs: [] };
      return (
        err !== undefined ||
        !isDeepStrictEqual(
          documents.map(({ value }) => plain(value)),
          docs.map(plain),
        )
      );
    });
    expect(otherwise).toEqual([]);
    // Otherwise a reader that refuses all would pass.
    expect(alike).toBeGreaterThan(TEXTS / 4);
  },
  120_000,
);

/** As JSON has it: without -0. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
