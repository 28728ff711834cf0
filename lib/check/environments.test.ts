import { check } from './check';
import { together, withoutWaiversOfOthers } from './environments';
import { imageDigest } from './rules/image-digest';
import { waiverUnused } from './rules/waiver-unused';
import { objectsIn } from './testing/doc-examples';

const waivers = ['a', 'b', 'c'].map((image, index) => ({
  rule: imageDigest.id,
  value: `registry.example.com/${image}:1`,
  reason: 'known',
  source: `check.yaml:${index + 2}`,
}));

/** What is found in a pod with an image. */
const checked = (environment: string, image: string) => ({
  environment,
  result: check(
    objectsIn(
      `apiVersion: v1
kind: Pod
metadata: { name: a, namespace: team-a }
spec: { containers: [{ name: a, image: registry.example.com/${image}:1 }] }
`,
      '60-services.yaml',
    ),
    { rules: [imageDigest, waiverUnused], settings: { severities: {}, waivers } },
  ),
});

test('a waiver that one environment needs is used; one that none needs is not, in any', () => {
  const found = withoutWaiversOfOthers([checked('staging', 'a'), checked('production', 'b')]);
  expect(found.map(({ result }) => result.findings.map(({ source }) => source))).toEqual([
    ['check.yaml:4'],
    ['check.yaml:4'],
  ]);
});

test('what is found in one environment alone is kept', () => {
  const found = withoutWaiversOfOthers([checked('staging', 'a'), checked('production', 'd')]);
  expect(found.map(({ result }) => result.findings.filter(({ rule }) => rule === imageDigest.id).length)).toEqual([
    0, 1,
  ]);
});

test('as one result: each finding with its environment, each rule once', () => {
  const { findings, waived, rules } = together([checked('staging', 'a'), checked('production', 'd')]);
  expect(waived.map(({ finding }) => finding.environment)).toEqual(['staging']);
  expect(findings.filter(({ rule }) => rule === imageDigest.id)).toMatchObject([{ environment: 'production' }]);
  expect(rules.map(({ id }) => id)).toEqual([imageDigest.id, waiverUnused.id]);
});
