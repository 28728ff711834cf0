import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { Manifest, PlatformObject } from '../../objects/manifest';
import { check } from '../check';
import type { Finding } from '../finding';
import { findingText } from '../output/text';
import type { Rule, RuleContext } from '../rule';
import { kubernetesSchema } from '../rules/kubernetes-schema';
import { linesOf } from '../../yaml/lines';

const PAGES = resolve(__dirname, '..', '..', '..', 'docs', 'rules');

/** The day on which the examples are looked at. */
export const TODAY = new Date('2026-11-23');

/** A block of YAML, and the file that its first comment names. */
export interface Block {
  readonly file: string | undefined;
  readonly text: string;
}

/** The text of a rule's page. */
export const pageOf = (rule: Pick<Rule, 'id'>): string => readFileSync(join(PAGES, `${rule.id}.md`), 'utf8');

/** The blocks of YAML in a section of a rule's page. */
export function blocksOf(rule: Pick<Rule, 'id'>, section: 'Bad' | 'Good'): Block[] {
  const part =
    pageOf(rule)
      .split(/^## /m)
      .find((text) => text.startsWith(`${section}\n`)) ?? '';
  return [...part.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, block = '']) => ({
    file: /^# (\S+\.yaml)$/m.exec(block)?.[1],
    text: block.replaceAll(/<(\d+) KB of text>/g, (_, kilobytes: string) => 'x'.repeat(Number(kilobytes) * 1000)),
  }));
}

/** The objects of a section. A block that names no file is in `60-services.yaml`. */
export function examplesOf(rule: Pick<Rule, 'id'>, section: 'Bad' | 'Good'): PlatformObject[] {
  return blocksOf(rule, section).flatMap(({ file = '60-services.yaml', text }) => objectsIn(text, file));
}

/** The objects of a text, each with the line of its first key. */
export function objectsIn(text: string, file = '60-services.yaml'): PlatformObject[] {
  let before = 0;
  return text.split(/^---\n/m).map((document) => {
    const source = `${file}:${before + linesOf(document, []).root}`;
    before += document.split('\n').length;
    return { manifest: parse(document) as Manifest, source, phase: file.replace(/\.yaml$/, ''), text: document };
  });
}

/** What a rule finds, in one line each. */
export function found(rule: Rule, objects: readonly PlatformObject[], context: RuleContext = {}): string[] {
  return findings(rule, objects, context).map(findingText);
}

function findings(
  rule: Rule,
  objects: readonly PlatformObject[],
  { allowedImages, ...context }: RuleContext,
): readonly Finding[] {
  const settings = { severities: {}, waivers: [], ...(allowedImages && { allowedImages }) };
  return check(objects, { now: TODAY, ...context, settings, rules: [rule] }).findings;
}

/** Tests that a rule's page says what the rule is, that the rule finds its bad example, and nothing in the good one. */
export function testExamples(rule: Rule, context: RuleContext = {}): void {
  test(`docs/rules/${rule.id}.md says what the rule is`, () => {
    expect(pageOf(rule).split('\n').slice(0, 3)).toEqual([
      `# ${rule.id}`,
      '',
      `${rule.severity} · ${rule.group} · ${rule.title}`,
    ]);
  });

  test('the bad example is found', () => {
    const lines = found(rule, examplesOf(rule, 'Bad'), context);
    expect(lines).not.toEqual([]);
    expect(lines).toMatchSnapshot();
  });

  test('nothing is found in the good example, which Kubernetes takes', () => {
    const good = examplesOf(rule, 'Good');
    expect(good).not.toEqual([]);
    expect(found(rule, good, context)).toEqual([]);
    expect(found(kubernetesSchema, good)).toEqual([]);
  });
}

/** A Deployment as YAML, in the namespace `team-a`. Keys of its template's metadata and spec can be given as JSON. */
export function deployment(
  name: string,
  { annotations = {}, spec = {}, container = {}, labels = {}, fields = {} }: DeploymentParts = {},
): string {
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'team-a' },
    spec: {
      ...fields,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { annotations, labels: { app: name, ...labels } },
        spec: { containers: [{ name, image: 'registry.example.com/web:1', ...container }], ...spec },
      },
    },
  });
}

interface DeploymentParts {
  readonly annotations?: object;
  readonly labels?: object;
  readonly spec?: object;
  readonly container?: object;
  readonly fields?: object;
}

/** A namespace as YAML. */
export function namespace(
  name: string,
  { annotations = {}, labels = {} }: { annotations?: object; labels?: object } = {},
): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, annotations, labels } });
}

/** The objects of some documents. */
export const objectsOf = (...documents: readonly string[]): PlatformObject[] => objectsIn(documents.join('\n---\n'));
