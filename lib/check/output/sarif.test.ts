import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import type { CheckResult } from '../check';
import { check } from '../check';
import { Locator } from '../location';
import { RULES } from '../rules';
import { examplesOf, TODAY } from '../testing/doc-examples';
import { sarifOf } from './sarif';

const SCHEMA = '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';

/** What the schema of SARIF 2.1.0 says of a log; empty if it is one. Its expression for languages is none with the flag `u`, and formats are not its matter. */
const problems = (() => {
  const schema = JSON.parse(readFileSync(require.resolve(SCHEMA), 'utf8')) as Record<string, unknown>;
  // It is of draft 4, of which it uses nothing that later drafts have otherwise.
  delete schema.$schema;
  delete schema.id;
  const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true });
  const validate = ajv.compile(schema);
  return (log: unknown): string[] => {
    validate(log);
    return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
  };
})();

// The examples of two rules are no objects.
const objects = RULES.flatMap((rule) => examplesOf(rule, 'Bad')).filter(({ manifest }) => 'apiVersion' in manifest);
const waivers = [{ rule: 'image-digest', value: '*', reason: 'known', source: 'check.yaml:3' }];
const found = check(objects, {
  now: TODAY,
  unreadable: [{ where: 'my values.yaml:1', message: 'has no kind' }],
  settings: { severities: {}, waivers, allowedImages: ['registry.example.com/'] },
});
const logOf = (result: CheckResult): unknown => JSON.parse(sarifOf(result, new Locator()));

interface Log {
  runs: {
    results: {
      message: { text?: string };
      level: string;
      locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
    }[];
  }[];
}

test('what all rules find in their bad examples is a log of SARIF 2.1.0', () => {
  expect(found.findings.length).toBeGreaterThan(RULES.length);
  expect(found.waived).not.toEqual([]);
  expect(problems(logOf(found))).toEqual([]);
});

test('so is a check that finds nothing', () => {
  expect(problems(logOf({ findings: [], waived: [], rules: [] }))).toEqual([]);
});

test('the schema refuses what is none', () => {
  const log = logOf(found) as Log;
  const [result] = log.runs[0]?.results ?? [];
  if (result === undefined) throw new Error('there is no result');
  result.level = 'fatal';
  delete result.message.text;
  expect(problems(log)).toEqual(expect.arrayContaining([expect.stringMatching(/\/level must be equal to one of/)]));
  expect(problems({ version: '2.1.0' })).toEqual([" must have required property 'runs'"]);
});

test.each([
  ['a link', 'a [b](https://c.example)', 'a [b\\](https://c.example)'],
  ['one whose end is written as no end', 'a [b\\](1)', 'a [b\\\\\\](1)'],
  ['the place of an argument', 'is {0}', 'is {{0}}'],
  ['a path', 'spec.containers[0].image', 'spec.containers[0].image'],
])('a message is plain text: %s', (_, message, text) => {
  const { findings } = check([], { unreadable: [{ where: 'a.yaml:1', message }] });
  const { runs } = logOf({ findings, waived: [], rules: [] }) as Log;
  expect(runs[0]?.results[0]?.message.text).toBe(`document: ${text}`);
});

test('files are named by relative references, as a repository has them, and others by where they are', () => {
  const uris = (where: string): string[] => {
    const { findings } = check([], { unreadable: [{ where, message: 'has no kind' }] });
    const { runs } = logOf({ findings, waived: [], rules: [] }) as Log;
    const locations = runs.flatMap(({ results }) => results).flatMap((result) => result.locations);
    return locations.map(({ physicalLocation }) => physicalLocation.artifactLocation.uri);
  };
  expect(uris('my values/a#1.yaml:1')).toEqual(['my%20values/a%231.yaml']);
  expect(uris('/tmp/my values/a#1.yaml:1')).toEqual(['file:///tmp/my%20values/a%231.yaml']);
});
