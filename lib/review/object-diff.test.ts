import fc from 'fast-check';
import type { Json, Manifest } from '../objects/manifest';
import { testWith, upstreamDir } from '../../testing/requirements';
import { differences, differenceText, sameTree, treeOf } from './object-diff';
import { readRelease } from './release-objects';

const object = (kind: string, fields: object): Manifest => ({
  apiVersion: 'example.com/v1',
  kind,
  metadata: { name: 'a' },
  ...fields,
});
const said = (kind: string, from: object, to: object): string[] =>
  differences(treeOf(object(kind, from)), treeOf(object(kind, to))).map(differenceText);

test('an object is equal to itself', () => {
  const spec = { spec: { replicas: 1, args: ['a', 'b'], empty: {}, none: null, list: [] } };
  expect(said('Thing', spec, structuredClone(spec))).toEqual([]);
});

describe('values', () => {
  test.each<[string, object, object, string[]]>([
    ['a changed one', { spec: { replicas: 1 } }, { spec: { replicas: 3 } }, ['spec.replicas: 1 → 3']],
    ['another type', { spec: { port: 80 } }, { spec: { port: '80' } }, ['spec.port: 80 → "80"']],
    ['an added one', { spec: {} }, { spec: { a: { b: 1 } } }, ['spec.a: added {"b":1}']],
    ['a removed one', { spec: { a: false } }, { spec: {} }, ['spec.a: removed false']],
    ['null is not nothing', { spec: { a: null } }, { spec: {} }, ['spec.a: removed null']],
    ['an empty mapping is not nothing', { spec: {} }, {}, ['spec: removed {}']],
    ['an empty list is no empty mapping', { spec: [] }, { spec: {} }, ['spec: [] → {}']],
    ['a mapping for a text', { spec: { a: 'b' } }, { spec: { a: { b: 'c' } } }, ['spec.a: "b" → {"b":"c"}']],
    ['a key with dots', { data: { 'a.b': 'x' } }, { data: { 'a.b': 'y' } }, ['data["a.b"]: "x" → "y"']],
  ])('%s', (_, from, to, expected) => {
    expect(said('Thing', from, to)).toEqual(expected);
  });

  test('a long one is shown from where it differs', () => {
    const image = (digest: string): object => ({
      image: `registry.example.com/some/long/path/of/an/image/here@sha256:${digest}`,
    });
    expect(said('Thing', image('abc'), image('abd'))).toEqual(['image: …re@sha256:abc" → …re@sha256:abd"']);
    expect(said('Thing', { a: 1 }, { a: 'x'.repeat(200) })).toEqual([`a: 1 → "${'x'.repeat(58)}…`]);
  });
});

describe('paths that are not looked at', () => {
  const labels = { metadata: { name: 'a', labels: { a: '1', b: '2' } } };
  const without = (from: object, to: object, ...except: string[][]): string[] =>
    differences(treeOf(object('Thing', from)), treeOf(object('Thing', to)), except).map(differenceText);

  test('what is above and beside them is', () => {
    expect(without({ spec: { a: 1, b: 1 } }, { spec: { a: 2, b: 2 } }, ['spec', 'a'])).toEqual(['spec.b: 1 → 2']);
  });

  test('where a whole mapping is missing, the rest of it is', () => {
    expect(without({}, labels, ['metadata', 'labels', 'a'])).toEqual(['metadata.labels.b: added "2"']);
    expect(without({}, labels, ['metadata', 'labels', 'a'], ['metadata', 'labels', 'b'])).toEqual([]);
    expect(without({}, { spec: {} }, ['spec', 'a'])).toEqual(['spec: added {}']);
    expect(without({}, { spec: 1 }, ['spec', 'a'])).toEqual(['spec: added 1']);
  });
});

/** Manifests with lists of all sorts. */
const manifests: fc.Arbitrary<Manifest> = fc
  .record({
    kind: fc.constantFrom('Pod', 'ClusterRole', 'CustomResourceDefinition', 'Thing'),
    spec: fc.dictionary(
      fc.constantFrom('containers', 'env', 'ports', 'values', 'rules', 'args', 'data', 'subjects', 'versions'),
      fc.oneof(
        fc.jsonValue({ maxDepth: 3 }),
        fc.array(fc.record({ name: fc.string(), value: fc.jsonValue({ maxDepth: 1 }) })),
        fc.array(
          fc.record({
            apiGroups: fc.array(fc.string()),
            resources: fc.array(fc.string()),
            verbs: fc.array(fc.string()),
          }),
        ),
      ),
    ),
  })
  .map(({ kind, spec }) => object(kind, { spec: spec as Record<string, Json> }));

test('the order of keys means nothing', () => {
  const reversed = (value: Json): Json =>
    Array.isArray(value)
      ? value.map(reversed)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(
            Object.entries(value)
              .map(([key, item]) => [key, reversed(item)] as const)
              .reverse(),
          )
        : value;
  fc.assert(
    fc.property(manifests, (manifest) => {
      expect(sameTree(treeOf(manifest), treeOf(reversed(manifest as Json) as unknown as Manifest))).toBe(true);
    }),
  );
});

/** The places of all values that hold no others. */
function leaves(value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (value === null || typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([key, item]) =>
    leaves(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function mutated(manifest: Manifest, path: readonly (string | number)[]): Manifest {
  const copy = structuredClone(manifest);
  let within = copy as unknown as Record<string | number, Json>;
  for (const step of path.slice(0, -1)) within = within[step] as unknown as typeof within;
  const last = path.at(-1) ?? '';
  const value = within[last];
  within[last] = typeof value === 'string' ? `${value}-changed` : typeof value === 'number' ? -value || 1 : 'changed';
  return copy;
}

test('each value that is changed is found, and gives no difference when it is changed back', () => {
  fc.assert(
    fc.property(manifests, fc.nat(), (manifest, choice) => {
      const places = leaves(manifest as Json);
      const place = places[choice % places.length] ?? [];
      const other = mutated(manifest, place);
      expect(differences(treeOf(manifest), treeOf(other))).not.toEqual([]);
      expect(differences(treeOf(other), treeOf(manifest))).not.toEqual([]);
    }),
  );
});

const RELEASES = [
  ['knative-serving/1.23.0', ['serving-core.yaml', 'serving-hpa.yaml', 'serving-post-install-jobs.yaml']],
  ['emissary/4.1.0', ['crds.yaml', 'emissary.yaml']],
  ['linkerd/edge-26.8.3', ['control-plane.yaml', 'viz.yaml']],
] as const;

testWith('UPSTREAM_DIR')(
  'each value of the real releases is found when it is changed',
  () => {
    for (const [folder, files] of RELEASES) {
      for (const { manifest } of readRelease(`${upstreamDir()}/${folder}`, files)) {
        const tree = treeOf(manifest);
        const places = leaves(manifest as Json);
        const step = manifest.kind === 'CustomResourceDefinition' ? 97 : 1;
        const unseen = places.filter(
          (place, index) => index % step === 0 && sameTree(tree, treeOf(mutated(manifest, place))),
        );
        expect(unseen).toEqual([]);
      }
    }
  },
  120_000,
);
