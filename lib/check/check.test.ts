import { check } from './check';
import { findingText } from './output/text';
import { imageAllowed } from './rules/image-allowed';
import { imageDigest } from './rules/image-digest';
import { unreadableDocument } from './rules/unreadable-document';
import { waiverUnused } from './rules/waiver-unused';
import type { Waiver } from './settings';
import { objectsIn } from './testing/doc-examples';

const pod = (name: string, image: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: team-a }\nspec: { containers: [{ name: a, image: ${image} }] }\n`;

const objects = objectsIn([pod('a', 'registry.example.com/a:1'), pod('b', 'docker.io/b:2')].join('---\n'));
const rules = [imageDigest, waiverUnused, unreadableDocument];
const waiver = (fields: Partial<Waiver>): Waiver => ({
  rule: 'image-digest',
  reason: 'known',
  source: 'check.yaml:3',
  ...fields,
});

test('findings name the rule, its severity, the object, its source and the path', () => {
  const { findings, waived } = check(objects, { rules });
  expect(waived).toEqual([]);
  expect(findings).toHaveLength(2);
  expect(findings[0]).toMatchObject({
    rule: 'image-digest',
    severity: 'warning',
    object: 'Pod team-a/a',
    source: '60-services.yaml:1',
    path: 'spec.containers[0].image',
    value: 'registry.example.com/a:1',
  });
});

test('a severity can be set, and a rule that is off is not asked', () => {
  const settings = (severity: 'error' | 'off') => ({ severities: { 'image-digest': severity }, waivers: [] });
  expect(check(objects, { rules, settings: settings('error') }).findings.map(({ severity }) => severity)).toEqual([
    'error',
    'error',
  ]);
  const off = check(objects, { rules, settings: settings('off') });
  expect([off.findings, off.rules.map(({ id }) => id)]).toEqual([[], ['waiver-unused', 'unreadable-document']]);
});

test.each<[string, Partial<Waiver>, string[]]>([
  ['by value', { value: 'docker.io/*' }, ['Pod team-a/b']],
  ['by object', { object: 'Pod team-a/a' }, ['Pod team-a/a']],
  ['by path', { path: 'spec.containers[*].image' }, ['Pod team-a/a', 'Pod team-a/b']],
  ['by all of what it names', { object: 'Pod *', value: '*:2' }, ['Pod team-a/b']],
  ['with no character but * that is special', { value: 'docker.io/.*' }, []],
])('a waiver accepts findings %s', (_, fields, accepted) => {
  const settings = { severities: {}, waivers: [waiver(fields)] };
  const { waived, findings } = check(objects, { rules: [imageDigest], settings });
  expect(waived.map(({ finding }) => finding.object)).toEqual(accepted);
  expect(findings).toHaveLength(2 - accepted.length);
});

test('a waiver accepts findings of its own rule alone', () => {
  const settings = { severities: {}, allowedImages: ['quay.io/'], waivers: [waiver({ object: 'Pod *' })] };
  const { waived, findings } = check(objects, { rules: [imageDigest, imageAllowed], settings });
  expect(waived.map(({ finding }) => finding.rule)).toEqual(['image-digest', 'image-digest']);
  expect(findings.map(({ rule }) => rule)).toEqual(['image-allowed', 'image-allowed']);
});

test('a waiver that matches nothing is a finding at its own line, unless its rule is not asked or it may be unused', () => {
  const waivers = [
    waiver({ value: 'quay.io/*' }),
    waiver({ rule: 'private-key', object: 'Secret *' }),
    waiver({ value: 'gcr.io/*', reportUnused: false }),
  ];
  const { findings } = check(objects, { rules, settings: { severities: {}, waivers } });
  expect(findings.filter(({ rule }) => rule === 'waiver-unused').map(findingText)).toEqual([
    'check.yaml:3: waiver of image-digest: nothing is found any more for quay.io/*: remove the waiver, or give it reportUnused: false',
  ]);
});

test('what cannot be read is a finding', () => {
  const unreadable = [{ where: 'values.yaml:1', message: 'has no kind' }];
  expect(check([], { rules, unreadable }).findings.map(findingText)).toEqual(['values.yaml:1: document: has no kind']);
});

test('a rule is not asked without what it needs', () => {
  const asked = (options: Parameters<typeof check>[1]) => check([], options).rules.map(({ id }) => id);
  const needing = ['image-allowed', 'certificate-expired', 'certificate-expires-soon', 'networking-limits'];
  expect(asked({}).filter((id) => needing.includes(id))).toEqual([]);
  const settings = { severities: {}, waivers: [], allowedImages: ['registry.example.com/'] };
  const all = asked({ now: new Date(), networking: { name: 'a-layer', limits: {} }, settings });
  expect(all.filter((id) => needing.includes(id))).toEqual(needing);
});
