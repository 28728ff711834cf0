import { check } from '../check';
import { Locator } from '../location';
import { imageDigest } from '../rules/image-digest';
import { missingReference } from '../rules/missing-reference';
import { privateKey } from '../rules/private-key';
import { objectsIn, objectsOf } from '../testing/doc-examples';
import { githubOf } from './github';
import { jsonOf } from './json';
import { sarifOf } from './sarif';
import { textOf } from './text';

const objects = objectsIn(
  `apiVersion: v1
kind: Pod
metadata:
  name: a
  namespace: team-a
spec:
  containers:
    - name: a
      image: registry.example.com/a:1
    - name: b
      image: docker.io/b:2
`,
  '60-services.yaml',
);
const waivers = [{ rule: 'image-digest', value: 'docker.io/*', reason: 'known', source: 'check.yaml:3' }];
const result = check(objects, { rules: [privateKey, imageDigest], settings: { severities: {}, waivers } });
const locator = new Locator();

test('text, grouped as linkerd check prints it', () => {
  expect(`${textOf(result, objects.length, (_, text) => text).join('\n')}\n`).toMatchSnapshot();
});

test('text in colours', () => {
  const styles: string[] = [];
  textOf(result, 1, (style, text) => {
    styles.push(`${style} ${text}`);
    return text;
  });
  expect(styles).toEqual(['bold objects', 'green √', 'bold workloads', 'yellow ‼', 'green √']);
});

test('JSON', () => {
  expect(jsonOf(result, objects.length)).toMatchSnapshot();
});

test('SARIF 2.1.0, with the rules, the lines, and what is waived as suppressed', () => {
  expect(JSON.parse(sarifOf(result, locator))).toMatchSnapshot();
});

test('workflow commands of GitHub Actions', () => {
  expect(githubOf(result, locator)).toEqual([
    '::warning file=60-services.yaml,line=9,title=image-digest::Pod team-a/a: spec.containers[0].image: "registry.example.com/a:1" has no digest, so that what runs can change while the file does not: add @sha256:… of the image that you have tried',
  ]);
});

test('what would end a workflow command is escaped', () => {
  const [finding] = result.findings;
  if (finding === undefined) throw new Error('there is no finding');
  const odd = { ...finding, subject: undefined, source: 'a,b:c.yaml:3', object: '', path: '', message: '100 %\nnext' };
  expect(githubOf({ ...result, findings: [odd] } as never, locator)).toEqual([
    '::warning file=a%2Cb%3Ac.yaml,line=3,title=image-digest::: 100 %25%0Anext',
  ]);
});

describe('a note beside an error', () => {
  const host = { hostname: 'a', tlsSecret: { name: 'tls' }, tlsContext: { name: 'context' } };
  const ofHost = check(
    objectsOf(
      JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }),
      JSON.stringify({
        apiVersion: 'getambassador.io/v3alpha1',
        kind: 'Host',
        metadata: { name: 'a', namespace: 'shop' },
        spec: host,
      }),
    ),
    { rules: [missingReference] },
  );

  test('is told where it is not the gravest, and counted', () => {
    const lines = textOf(ofHost, 2, (_, text) => text);
    expect(lines[2]).toBe('× everything that an object names is there');
    expect(lines[3]).toMatch(/^ {4}60-services\.yaml:\d+: Host shop\/a: spec\.tlsContext: /);
    expect(lines[4]).toMatch(/^ {4}note: 60-services\.yaml:\d+: Host shop\/a: spec\.tlsSecret: /);
    expect(lines.slice(-2)).toEqual([
      '2 objects, 1 rule: 1 error, 0 warnings, 1 note, 0 waived',
      'Status check results are ×',
    ]);
  });

  test('has a mark of its own where it is all that is found', () => {
    const notes = { ...ofHost, findings: ofHost.findings.filter(({ severity }) => severity === 'note') };
    const lines = textOf(notes, 2, (_, text) => text);
    expect(lines[2]).toBe('i everything that an object names is there');
    expect(lines.at(-1)).toBe('Status check results are √');
  });

  test('is a notice of GitHub, and a note of SARIF', () => {
    expect(githubOf(ofHost, locator).map((line) => line.split(' ')[0])).toEqual(['::error', '::notice']);
    const { runs } = JSON.parse(sarifOf(ofHost, locator)) as { runs: { results: { level: string }[] }[] };
    expect(runs[0]?.results.map(({ level }) => level)).toEqual(['error', 'note']);
  });
});
