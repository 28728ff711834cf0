import { join } from 'node:path';
import { testWith, upstreamDir } from '../../testing/requirements';
import type { Manifest } from '../objects/manifest';
import { differenceText } from './object-diff';
import { readRelease } from './release-objects';
import { versionDiff } from './version-diff';

const manifest = (kind: string, fields: object, metadata: object = {}): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'a', ...metadata },
  ...fields,
});
const changes = (from: Manifest[], to: Manifest[]): string[][] =>
  versionDiff(
    from.map((one) => ({ manifest: one, source: '' })),
    to.map((one) => ({ manifest: one, source: '' })),
  ).map((change) => [change.topic, change.object, differenceText(change)]);

const pod = (image: string): Manifest => manifest('Pod', { spec: { containers: [{ name: 'a', image }] } });
const example = (text: string): Manifest => manifest('ConfigMap', { data: { _example: text } });
const crd = (schema: object): Manifest =>
  manifest('CustomResourceDefinition', { spec: { versions: [{ name: 'v1', schema }] } });

test.each<[string, Manifest, Manifest, string[]]>([
  ['images', pod('a:1'), pod('a:2'), ['images', 'Pod a', 'spec.containers[name=a].image: "a:1" → "a:2"']],
  [
    'images in ConfigMaps',
    manifest('ConfigMap', { data: { 'sidecar-image': 'a:1' } }),
    manifest('ConfigMap', { data: { 'sidecar-image': 'a:2' } }),
    ['images', 'ConfigMap a', 'data.sidecar-image: "a:1" → "a:2"'],
  ],
  [
    'version labels',
    manifest('Pod', {}, { labels: { 'app.kubernetes.io/version': '1' } }),
    manifest('Pod', {}, { labels: { 'app.kubernetes.io/version': '2' } }),
    ['version labels', 'Pod a', 'metadata.labels["app.kubernetes.io/version"]: "1" → "2"'],
  ],
  [
    'documented keys of ConfigMaps',
    example('# what it is\na: "1"\n'),
    example('# what it is\na: "1"\n# another\nb.c: "2"\n'),
    ['configuration', 'ConfigMap a', 'data._example["b.c"]: added "2"'],
  ],
  [
    'documentation alone',
    example('# what it is\na: "1"\n'),
    example('# what it does\na: "1"\n'),
    [
      'texts for people',
      'ConfigMap a',
      'data._example: "# what it is\\na: \\"1\\"\\n" → "# what it does\\na: \\"1\\"\\n"',
    ],
  ],
  [
    'keys of ConfigMaps',
    manifest('ConfigMap', { data: {} }),
    manifest('ConfigMap', { data: { a: '1' } }),
    ['configuration', 'ConfigMap a', 'data.a: added "1"'],
  ],
  [
    'rights',
    manifest('Role', { rules: [] }),
    manifest('Role', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }),
    ['rights', 'Role a', 'rules[get pods]: added'],
  ],
  [
    'schemas',
    crd({ type: 'object' }),
    crd({ type: 'object', required: ['a'] }),
    ['schemas', 'CustomResourceDefinition a', 'spec.versions[name=v1].schema.required: added ["a"]'],
  ],
  [
    'descriptions',
    crd({ description: 'a' }),
    crd({ description: 'b' }),
    ['texts for people', 'CustomResourceDefinition a', 'spec.versions[name=v1].schema.description: "a" → "b"'],
  ],
  [
    'all else',
    manifest('Pod', { spec: { a: 1 } }),
    manifest('Pod', { spec: { a: 2 } }),
    ['other', 'Pod a', 'spec.a: 1 → 2'],
  ],
])('%s', (_, from, to, expected) => {
  expect(changes([from], [to])).toEqual([expected]);
  expect(changes([from], [from])).toEqual([]);
});

test('objects that come or go come first', () => {
  const [from, to] = [manifest('Role', {}), manifest('Secret', {})];
  expect(
    changes([pod('a:1'), from], [pod('a:2'), to]).map(([topic, object, what]) => [topic, object, what?.slice(0, 18)]),
  ).toEqual([
    ['objects', 'Role a', 'the object: remove'],
    ['objects', 'Secret a', 'the object: added '],
    ['images', 'Pod a', 'spec.containers[na'],
  ]);
});

testWith('UPSTREAM_DIR')('what has changed from Knative Serving 1.22.1 to 1.23.0', () => {
  const read = (version: string) =>
    readRelease(join(upstreamDir(), 'knative-serving', version), [
      'serving-crds.yaml',
      'serving-core.yaml',
      'serving-hpa.yaml',
      'serving-post-install-jobs.yaml',
    ]);
  const [from, to] = [read('1.22.1'), read('1.23.0')];
  const found = versionDiff(from, to);
  const of = (topic: string) => found.filter((change) => change.topic === topic);

  expect(of('objects')).toEqual([]);
  expect(of('rights')).toEqual([]);
  expect(of('other')).toEqual([]);
  expect(of('images').map(({ object }) => object)).toEqual([
    'Image knative-serving/queue-proxy',
    'ConfigMap knative-serving/config-deployment',
    'Deployment knative-serving/activator',
    'Deployment knative-serving/autoscaler',
    'Deployment knative-serving/controller',
    'Deployment knative-serving/webhook',
    'Deployment knative-serving/autoscaler-hpa',
    'Job knative-serving/storage-version-migration-serving-*',
    'Job knative-serving/cleanup-serving-*',
  ]);
  expect(of('configuration').map((change) => `${change.object} ${differenceText(change)}`)).toEqual([
    'ConfigMap knative-serving/config-features data._example["kubernetes.podspec-volumes-ephemeral"]: added "disabled"',
  ]);
  expect(of('schemas').map(({ object, path }) => `${object} ${path.at(-1) ?? ''}`)).toEqual([
    'CustomResourceDefinition configurations.serving.knative.dev ephemeral',
    'CustomResourceDefinition revisions.serving.knative.dev ephemeral',
    'CustomResourceDefinition services.serving.knative.dev ephemeral',
  ]);
  expect(of('version labels').every((change) => change.from === '1.22.1' && change.to === '1.23.0')).toBe(true);
  expect(of('version labels')).toHaveLength(69);
  expect(versionDiff(to, to)).toEqual([]);
});
