import { createHash } from 'node:crypto';
import { App } from 'cdk8s';
import { ConfigMap, Secret } from '../../imports/kubernetes';
import { Namespaces } from '../namespaces';
import { collectObjects } from '../objects/collect';
import { mistakesOf } from '../objects/mistakes';
import { Phase } from '../objects/phase';
import { renderFiles } from '../render/files';
import { overlay, removal } from './overlay';
import type { TemporaryFiles } from './testing/temporary-root';
import { TemporaryRoot } from './testing/temporary-root';
import type { VendoredReleaseProps } from './vendored-release';
import { VendoredRelease } from './vendored-release';

const CRD =
  'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.com}\n';
const MAP =
  '# of ours\n\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: map, namespace: a}\ndata: {one: "1"}\nimmutable: ~\n';
const SPACE =
  'apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: {part-of: thing, linkerd.io/inject: x}, annotations: }\n';
const TWO_FILES: TemporaryFiles = {
  thing: { 'crds.yaml': { text: CRD }, 'core.yaml': { text: `${SPACE}---\n${CRD}---\n${MAP}` } },
};

let root: TemporaryRoot | undefined;
afterEach(() => {
  root?.remove();
});

function render(files: TemporaryFiles, props: Partial<VendoredReleaseProps> = {}, declared = ['a']) {
  root?.remove();
  root = new TemporaryRoot(files);
  const app = new App();
  const namespaces = new Namespaces(app);
  for (const name of declared) namespaces.add(name, { labels: { 'linkerd.io/inject': 'own' } });
  const [crds, services] = [new Phase(app, 'crds'), new Phase(app, 'services')];
  const release = new VendoredRelease(services, 'release', {
    component: 'thing',
    namespaces,
    phaseOf: ({ kind }) => (kind === 'CustomResourceDefinition' ? crds : services),
    root: root.path,
    ...props,
  });
  const mistakes = mistakesOf(app).map(({ where, message }) => `${where}: ${message}`);
  return { app, services, release, mistakes, files: () => renderFiles(collectObjects(app)) };
}

test("documents reach their phases byte for byte, what the files repeat once, and the namespace is the platform's", () => {
  const { release, files } = render(TWO_FILES);
  expect(release.version).toBe('1.2.3');
  expect(files().slice(1)).toEqual([
    { name: '10-crds.yaml', text: CRD, objects: 1 },
    { name: '60-services.yaml', text: MAP, objects: 1 },
  ]);
  expect(files()[0]?.text).toContain('labels:\n    linkerd.io/inject: own\n    part-of: thing');
});

test('the items of a list are written anew, each as an object', () => {
  const list =
    'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: map, namespace: a}}\n';
  const { files, mistakes } = render({ thing: { 'a.yaml': { text: list } } });
  expect(mistakes).toEqual([]);
  expect(files()[1]).toEqual({
    name: '60-services.yaml',
    text: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: map\n  namespace: a\n',
    objects: 1,
  });
  const large = list.replace('a}}', 'a}, data: 9007199254740993}');
  const { mistakes: inexact } = render({ thing: { 'a.yaml': { text: large } } });
  expect(inexact).toEqual([
    'services/release: vendor/thing/1.2.3/a.yaml:4: 9007199254740993 in a list is too large a number to be written again as it was',
  ]);
});

test('only some of the files', () => {
  expect(
    render(TWO_FILES, { files: ['crds.yaml'] })
      .files()
      .map(({ name }) => name),
  ).toEqual(['00-namespaces.yaml', '10-crds.yaml']);
});

test('an overlay changes what it selects, and the writer keeps nulls; a removal leaves it out; what an overlay leaves as it is keeps its text', () => {
  const because = 'it should';
  const change = overlay({
    kind: ConfigMap,
    of: { name: 'map', namespace: 'a' },
    because,
    change: (map) => ({ ...map, data: { ...map.data, two: '2' } }),
  });
  const text = (overlays: VendoredReleaseProps['overlays']): string | undefined =>
    render(TWO_FILES, { overlays: overlays ?? [] })
      .files()
      .find(({ name }) => name.startsWith('60'))?.text;
  expect(text([change])).toBe(
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: map\n  namespace: a\ndata:\n  one: "1"\n  two: "2"\nimmutable: null\n',
  );
  expect(text([removal({ kind: ConfigMap, of: { name: 'map', namespace: 'a' }, because })])).toBeUndefined();
  expect(
    text([
      overlay({ kind: ConfigMap, of: { where: () => true, called: 'any' }, because, change: (map) => ({ ...map }) }),
    ]),
  ).toBe(MAP);
});

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const PEM_KEY = ['-----BEGIN EC', 'PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----'].join(' ');

test.each<[string, TemporaryFiles, Partial<VendoredReleaseProps>, string]>([
  [
    'no such component',
    { other: { a: { text: '' } } },
    {},
    'component: releases.lock.yaml has no "thing", only other: add its version and files there',
  ],
  [
    'no such file in the lock',
    TWO_FILES,
    { files: ['x.yaml'] },
    'files: releases.lock.yaml has no "x.yaml" of thing: add it there',
  ],
  [
    'a file that is not there',
    { thing: { 'a.yaml': {} } },
    {},
    'vendor/thing/1.2.3/a.yaml is missing: run npm run vendor',
  ],
  [
    'another size',
    { thing: { 'a.yaml': { text: MAP, size: 3 } } },
    {},
    `vendor/thing/1.2.3/a.yaml has ${MAP.length} bytes, releases.lock.yaml says 3: run npm run vendor`,
  ],
  [
    'another sum',
    { thing: { 'a.yaml': { text: MAP, sha256: '0'.repeat(64) } } },
    {},
    `vendor/thing/1.2.3/a.yaml has the SHA-256 ${sha(MAP)}, releases.lock.yaml says ${'0'.repeat(64)}: run npm run vendor`,
  ],
  [
    'no object',
    { thing: { 'a.yaml': { text: `${MAP}---\na: 1\n` } } },
    {},
    'vendor/thing/1.2.3/a.yaml:9: is no Kubernetes object: it needs apiVersion, kind and metadata.name',
  ],
  [
    'a namespace that the platform lacks',
    { thing: { 'a.yaml': { text: SPACE.replace('name: a', 'name: b') } } },
    {},
    'vendor/thing/1.2.3/a.yaml:1: namespace "b" is not declared by the platform: declare it with addNamespace',
  ],
  [
    'an overlay for nothing',
    TWO_FILES,
    { overlays: [removal({ kind: Secret, of: 'x', because: 'of us' })] },
    'overlay of Secret x (of us): thing 1.2.3 has no such object: adapt the overlay to this version',
  ],
  [
    'an overlay that cannot',
    TWO_FILES,
    {
      overlays: [
        overlay({
          kind: ConfigMap,
          of: { where: () => true, called: 'of ours' },
          because: 'of us',
          change: () => {
            throw new Error('it has no x');
          },
        }),
      ],
    },
    'vendor/thing/1.2.3/core.yaml:11: overlay of ConfigMap of ours (of us): it has no x',
  ],
  [
    'an overlay for objects of another shape',
    { thing: { 'a.yaml': { text: `${MAP}binaryData: null\n` } } },
    {
      overlays: [
        overlay({
          kind: ConfigMap,
          of: { name: 'map', namespace: 'a' },
          because: 'of us',
          change: ({ binaryData, ...map }) => ({
            ...map,
            binaryData: Object.fromEntries(Object.entries(binaryData ?? (null as never))),
          }),
        }),
      ],
    },
    'vendor/thing/1.2.3/a.yaml:3: overlay of ConfigMap a/map (of us): the object is of another shape than it takes: Cannot convert undefined or null to object',
  ],
  [
    'an overlay whose condition takes another shape',
    { thing: { 'a.yaml': { text: MAP } } },
    {
      overlays: [
        overlay({
          kind: ConfigMap,
          of: { where: ({ immutable }) => (immutable as unknown as { x: string }).x === '', called: 'of ours' },
          because: 'of us',
          change: (map) => map,
        }),
      ],
    },
    "vendor/thing/1.2.3/a.yaml:3: overlay of ConfigMap of ours (of us): the object is of another shape than it takes: Cannot read properties of null (reading 'x')",
  ],
  [
    'a change to a number that JavaScript cannot hold',
    { thing: { 'a.yaml': { text: `${MAP}big: 9007199254740993\n` } } },
    {
      overlays: [
        overlay({
          kind: ConfigMap,
          of: { where: () => true, called: 'of ours' },
          because: 'of us',
          change: (map) => map,
        }),
      ],
    },
    'vendor/thing/1.2.3/a.yaml:3: overlay of ConfigMap of ours: 9007199254740993 is too large a number to be written again as it was',
  ],
  [
    'a change to what YAML has no place for',
    TWO_FILES,
    {
      overlays: [
        overlay({
          kind: ConfigMap,
          of: { where: () => true, called: 'of ours' },
          because: 'of us',
          change: (map) => ({ ...map, data: { number: NaN as unknown as string } }),
        }),
      ],
    },
    'vendor/thing/1.2.3/core.yaml:11: as overlays change it, it cannot be written as YAML: data.number is NaN',
  ],
  [
    'a line that ends for kubectl, and not for others',
    { thing: { 'a.yaml': { text: `${MAP}# no\u2028data: {key: value}\n` } } },
    {},
    'vendor/thing/1.2.3/a.yaml:8: U+2028 ends a line for kubectl, not for others: take it out, or write it as "\\u2028" in double quotes',
  ],
  [
    'what the release may not hold',
    TWO_FILES,
    { problem: ({ kind }) => (kind === 'ConfigMap' ? 'it is odd' : undefined) },
    'vendor/thing/1.2.3/core.yaml:11: ConfigMap a/map: it is odd',
  ],
  [
    'a private key',
    {
      thing: {
        'a.yaml': {
          text: `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {tls.key: ${Buffer.from(PEM_KEY).toString('base64')}}\n`,
        },
      },
    },
    {},
    'vendor/thing/1.2.3/a.yaml:1: Secret s: it holds a private key, which must not be rendered: vendor a release whose keys are in Secrets of your own',
  ],
])('%s is a mistake', (_, files, props, message) => {
  expect(render(files, props).mistakes).toEqual([`services/release: ${message}`]);
});

test('files that are missing are told one by one, and overlays are not blamed for it', () => {
  const overlays = [removal({ kind: Secret, of: 'x', because: 'of us' })];
  const { mistakes } = render({ thing: { 'a.yaml': {}, 'b.yaml': {} } }, { overlays });
  expect(mistakes).toHaveLength(2);
});

test('a lock that cannot be read is a mistake', () => {
  root?.remove();
  root = new TemporaryRoot();
  root.copy(__filename, 'releases.lock.yaml');
  const app = new App();
  const services = new Phase(app, 'services');
  new VendoredRelease(services, 'release', {
    component: 'thing',
    namespaces: new Namespaces(app),
    phaseOf: () => services,
    root: root.path,
  });
  expect(mistakesOf(app)[0]?.message).toMatch(/^releases\.lock\.yaml:\d+: /);
});

test('repeats of a file that differ are a mistake that names both places', () => {
  const other = CRD.replace('}', ', labels: {a: b}}');
  const { app } = render({ thing: { 'a.yaml': { text: CRD }, 'b.yaml': { text: other } } });
  expect(() => collectObjects(app)).toThrow(
    'vendor/thing/1.2.3/b.yaml:1: CustomResourceDefinition things.example.com differs from the one of vendor/thing/1.2.3/a.yaml:1: take both files from one release, or remove one of the two by an overlay',
  );
});

test('an object of the platform that the release has too is a mistake', () => {
  const { app, services } = render(TWO_FILES);
  new ConfigMap(services, 'own', { metadata: { name: 'map', namespace: 'a' } });
  expect(() => collectObjects(app)).toThrow(
    'services/own: ConfigMap a/map is declared already by vendor/thing/1.2.3/core.yaml:11: give it another name or namespace, or remove one of the two',
  );
});
