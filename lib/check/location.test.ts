import type { PlatformObject } from '../objects/manifest';
import { readDocuments } from '../releases/documents';
import { filesOf, renderFiles } from '../render/files';
import type { Finding } from './finding';
import { Locator } from './location';
import { objectsIn } from './testing/doc-examples';

const finding = (subject: PlatformObject | undefined, path: string, source = subject?.source ?? ''): Finding => ({
  rule: 'a-rule',
  severity: 'error',
  object: '',
  message: '',
  source,
  path,
  ...(subject && { subject }),
});

const manifest = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, annotations: { 'a.b/c': 'x' } },
  data: { text: 'first\nsecond\n', list: 'third' },
});
const rendered = ['a', 'b'].map((name): PlatformObject => ({
  manifest: manifest(name),
  source: `services/${name}`,
  phase: '60-services',
}));

test.each([
  ['metadata.annotations["a.b/c"]', 'a.b/c: x'],
  ['data.list', 'list: third'],
  ['metadata', 'metadata:'],
  ['data.nothing', 'data:'],
  ['', 'apiVersion: v1'],
])('in what is rendered, the line of "%s"', (path, text) => {
  const lines = (renderFiles(rendered)[0]?.text ?? '').split('\n');
  const { file, line } = new Locator(filesOf(rendered)).locate(finding(rendered[1], path));
  expect([file, lines[line - 1]?.trim()]).toEqual(['60-services.yaml', text]);
  expect(line).toBeGreaterThan(lines.indexOf('---'));
});

const FILE = `# a comment
apiVersion: v1
kind: Pod
metadata:
  name: a
---
# another
# comment
apiVersion: v1
kind: Pod
metadata:
  name: b
spec:
  containers:
    - name: web
      image: a
    - name: next
      image: b
`;

test.each([
  [0, 'metadata.name', 5],
  [1, '', 9],
  [1, 'spec.containers[1].image', 18],
  [1, 'spec.containers[2].image', 14],
])('in a file, the line of document %i at %s', (document, path, line) => {
  const objects = objectsIn(FILE, 'pods.yaml');
  expect(new Locator().locate(finding(objects[document], path))).toEqual({ file: 'pods.yaml', line });
});

const LIST = `# a list
apiVersion: v1
kind: PodList
items:
  # the first
  - metadata:
      name: a
  - metadata: {name: b}
    spec:
      containers:
        - image: a
`;

test.each([
  [0, 'metadata.name', 7],
  [1, '', 8],
  [1, 'spec.containers[0].image', 11],
  [1, 'spec.containers[1].image', 10],
])('in a list, the line of item %i at %s', (item, path, line) => {
  const { documents } = readDocuments(`# a document before\n---\n${LIST}`, 'pods.yaml');
  const objects = documents.map((document) => ({ ...document, phase: '60-services' }));
  expect(new Locator().locate(finding(objects[item], path))).toEqual({
    file: 'pods.yaml',
    line: line + 2,
  });
});

test('what a kustomization makes is at its source, whatever is found in it', () => {
  const made = { manifest: manifest('a'), source: 'prod/kustomization.yaml:1', phase: '0', madeBy: 'prod' };
  expect(new Locator().locate(finding(made, 'data.list'))).toEqual({
    file: 'prod/kustomization.yaml',
    line: 1,
  });
});

test('what is about a file is at its line', () => {
  expect(new Locator().locate(finding(undefined, '', 'check.yaml:7'))).toEqual({
    file: 'check.yaml',
    line: 7,
  });
});
