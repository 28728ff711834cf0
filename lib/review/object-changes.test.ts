import fc from 'fast-check';
import type { Json, Manifest } from '../objects/manifest';
import type { ObjectChanges, ReviewedObject } from './object-changes';
import { objectChanges } from './object-changes';
import { pathText } from './path';

const object = (kind: string, name: string, fields: object = {}, metadata: object = {}): Manifest => ({
  apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
  kind,
  metadata: { name, namespace: 'n', ...metadata },
  ...fields,
});
const config = (name: string, data: Record<string, string>): Manifest => object('ConfigMap', name, { data });
const found = (from: Manifest[], to: Manifest[]): ObjectChanges =>
  objectChanges(
    from.map((manifest) => ({ manifest })),
    to.map((manifest) => ({ manifest })),
  );
const said = (from: Manifest[], to: Manifest[]): unknown[] =>
  found(from, to).changes.map(({ object: name, kind, differences }) => [
    name,
    kind,
    ...differences.map(({ path, from: old, to: now }) => [pathText(path), old, now]),
  ]);

const KEY = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQ\n-----END EC PRIVATE KEY-----\n';

test('objects are found by group, kind, namespace and name, in any order', () => {
  const [a, b, c] = [config('a', { x: '1' }), config('b', { x: '2' }), object('Service', 'a', { spec: {} })];
  expect(said([a, b, c], [c, b, a])).toEqual([]);
  expect(said([a, b], [config('a', { x: '2' }), c])).toEqual([
    ['ConfigMap n/a', 'changed', ['data.x', '1', '2']],
    ['ConfigMap n/b', 'removed', ['', b, undefined]],
    ['Service n/a', 'added', ['', undefined, c]],
  ]);
});

test('another version of the API is a difference in one object', () => {
  const [from, to] = [object('Deployment', 'a'), { ...object('Deployment', 'a'), apiVersion: 'apps/v2' }];
  expect(said([from], [to])).toEqual([['Deployment n/a', 'changed', ['apiVersion', 'apps/v1', 'apps/v2']]]);
});

describe('renames', () => {
  test('the same content under another name or in another namespace is no change', () => {
    const from = [config('a', { x: '1' }), object('Secret', 's', { data: { x: 'eA==' } })];
    const to = [config('b', { x: '1' }), object('Secret', 's', { stringData: { x: 'x' } }, { namespace: 'm' })];
    expect(found(from, to)).toEqual({
      changes: [],
      renamed: [
        { object: 'ConfigMap n/b', from: 'ConfigMap n/a', to: 'ConfigMap n/b' },
        { object: 'Secret m/s', from: 'Secret n/s', to: 'Secret m/s' },
      ],
      moved: [],
      reordered: [],
    });
  });

  test.each<[string, Manifest[], Manifest[]]>([
    ['other content', [config('a', { x: '1' })], [config('b', { x: '2' })]],
    [
      'other labels',
      [config('a', { x: '1' })],
      [object('ConfigMap', 'b', { data: { x: '1' } }, { labels: { l: 'l' } })],
    ],
    ['no content of its own', [object('ServiceAccount', 'a')], [object('ServiceAccount', 'b')]],
    ['another kind', [object('Secret', 'a', { data: {} })], [object('ConfigMap', 'b', { data: {} })]],
  ])('%s: one is removed and one is added', (_, from, to) => {
    const { changes, renamed } = found(from, to);
    expect(changes.map(({ kind }) => kind).sort()).toEqual(['added', 'removed']);
    expect(renamed).toEqual([]);
  });

  test('of several with the same content each stands for one', () => {
    const of = (...names: string[]) => names.map((name) => config(name, { x: '1' }));
    const { changes, renamed } = found(of('a', 'b', 'c'), of('d', 'e'));
    expect(renamed.map(({ from, to }) => `${from} → ${to}`)).toEqual([
      'ConfigMap n/a → ConfigMap n/d',
      'ConfigMap n/b → ConfigMap n/e',
    ]);
    expect(changes.map(({ object: name, kind }) => `${name} ${kind}`)).toEqual(['ConfigMap n/c removed']);
  });
});

test('another file is a move, and no change', () => {
  const a = config('a', { x: '1' });
  const at = (file: string): ReviewedObject[] => [{ manifest: a, file }];
  expect(objectChanges(at('10-crds.yaml'), at('50-ambassador.yaml'))).toMatchObject({
    changes: [],
    moved: [{ object: 'ConfigMap n/a', from: '10-crds.yaml', to: '50-ambassador.yaml' }],
  });
  expect(objectChanges(at('a.yaml'), [{ manifest: a }]).moved).toEqual([]);
});

const pods = (...containers: object[]): Manifest =>
  object('Deployment', 'a', { spec: { template: { spec: { containers } } } });
const [one, two] = [
  { name: 'one', image: 'x', ports: [{ containerPort: 1 }, { containerPort: 2 }] },
  { name: 'two', image: 'y' },
];

describe('lists', () => {
  test('items go by their merge keys', () => {
    expect(said([pods(one, two)], [pods({ ...two, image: 'z' }, one)])).toEqual([
      ['Deployment n/a', 'changed', ['spec.template.spec.containers[name=two].image', 'y', 'z']],
    ]);
  });

  test('another order is no change; in a pod template it is said, since it rolls the pods', () => {
    const reversed = { ...one, ports: [...one.ports].reverse() };
    expect(found([pods(one, two)], [pods(two, reversed)])).toMatchObject({
      changes: [],
      reordered: ['Deployment n/a'],
    });
    const ports = (...numbers: number[]) =>
      object('Service', 'a', { spec: { ports: numbers.map((port) => ({ port })) } });
    expect(found([ports(1, 2)], [ports(2, 1)])).toMatchObject({ changes: [], reordered: [] });
  });
});

describe('maps that come or go whole are looked at key by key', () => {
  const web = (metadata?: object): Manifest =>
    object('Deployment', 'a', { spec: { template: { ...(metadata && { metadata }), spec: { containers: [] } } } });
  const both = { labels: { app: 'a' }, annotations: { 'linkerd.io/inject': 'enabled', b: 'c' } };
  const [inject, b, app] = ['["linkerd.io/inject"]', '.b', '.app'];
  test.each<[string, Manifest, Manifest, unknown[][]]>([
    [
      'the labels of an object',
      object('Service', 'a', {}, { labels: both.labels }),
      object('Service', 'a'),
      [[`metadata.labels${app}`, 'a', undefined]],
    ],
    [
      'the annotations of an object',
      object('Service', 'a'),
      object('Service', 'a', {}, { annotations: both.annotations }),
      [
        [`metadata.annotations${inject}`, undefined, 'enabled'],
        [`metadata.annotations${b}`, undefined, 'c'],
      ],
    ],
    [
      'all metadata of a template',
      web(both),
      web(),
      [
        [`spec.template.metadata.labels${app}`, 'a', undefined],
        [`spec.template.metadata.annotations${inject}`, 'enabled', undefined],
        [`spec.template.metadata.annotations${b}`, 'c', undefined],
      ],
    ],
    ['the data of a ConfigMap', config('a', { x: '1' }), object('ConfigMap', 'a'), [['data.x', '1', undefined]]],
    ['an empty one is as none', web({ labels: {}, annotations: {} }), web(), []],
    [
      'another mapping',
      object('Service', 'a'),
      object('Service', 'a', { spec: { x: 1 } }),
      [['spec', undefined, { x: 1 }]],
    ],
  ])('%s', (_, from, to, expected) => {
    const [change] = said([from], [to]) as unknown[][];
    expect(change?.slice(2) ?? []).toEqual(expected);
  });
});

describe('ConfigMaps with YAML in them', () => {
  test('are compared key by key', () => {
    expect(
      said([config('a', { _example: 'a: "1"\nb: "2"\n' })], [config('a', { _example: '# c\na: "1"\nb: "3"\n' })]),
    ).toEqual([['ConfigMap n/a', 'changed', ['data._example.b', '2', '3']]]);
    expect(
      said(
        [config('a', { values: 'proxy:\n  image: a\n  x: [1]\n' })],
        [config('a', { values: 'proxy:\n  image: b\n' })],
      ),
    ).toEqual([
      ['ConfigMap n/a', 'changed', ['data.values.proxy.image', 'a', 'b'], ['data.values.proxy.x', [1], undefined]],
    ]);
  });

  test('other comments alone are a difference in words', () => {
    const [change] = found([config('a', { values: '# a\na: 1\n' })], [config('a', { values: '# b\na: 1\n' })]).changes;
    expect(change?.differences).toMatchObject([{ area: 'labels and texts', path: ['data', 'values', '[comments]'] }]);
  });

  test('a text that is no YAML is one value', () => {
    expect(said([config('a', { x: 'a: [\nb\n' })], [config('a', { x: 'a: [\nc\n' })])).toEqual([
      ['ConfigMap n/a', 'changed', ['data.x', 'a: [\nb\n', 'a: [\nc\n']],
    ]);
  });
});

describe('what nobody is to read', () => {
  const secret = (fields: object, metadata: object = {}): Manifest => object('Secret', 's', fields, metadata);

  test.each<[string, Manifest[], Manifest[], unknown]>([
    [
      'a value of a Secret',
      [secret({ data: { x: 'b2xk' } })],
      [secret({ data: { x: 'bmV3' } })],
      ['data.x', '(masked)', '(masked)'],
    ],
    [
      'a value that comes',
      [secret({ data: {} })],
      [secret({ stringData: { x: 'new' } })],
      ['data.x', undefined, '(masked)'],
    ],
    [
      'a key that cannot be one',
      [secret({})],
      [secret({ data: { '{ x: new }': null } })],
      ['data', undefined, '(masked)'],
    ],
    [
      'an annotation',
      [secret({}, { annotations: { a: '{}' } })],
      [secret({}, { annotations: { a: 'new' } })],
      ['metadata.annotations.a', '(masked)', '(masked)'],
    ],
    [
      'a private key elsewhere',
      [config('s', { x: 'old' })],
      [config('s', { x: KEY })],
      ['data.x', '(masked)', '(masked)'],
    ],
  ])('%s', (_, from, to, expected) => {
    expect(said(from, to)).toEqual([[expect.any(String), expect.any(String), expected]]);
    const { differences } = found(from, to).changes[0] ?? {};
    expect(differences).toMatchObject([{ masked: true }]);
  });

  test('what is a Secret on one side alone', () => {
    const list = (kind: string, x: string): Manifest => object('List', 'l', { items: [{ kind, data: { x } }] });
    const changes = said([list('ConfigMap', 'old')], [list('Secret', 'bmV3')]);
    expect(changes).toEqual([
      ['List n/l', 'changed', ['items[0].kind', 'ConfigMap', 'Secret'], ['items[0].data.x', '(masked)', '(masked)']],
    ]);
  });

  test('of what comes as a whole, what is no value', () => {
    expect(said([secret({})], [secret({ data: { x: 'bmV3' } })])).toEqual([
      ['Secret n/s', 'changed', ['data.x', undefined, '(masked)']],
    ]);
    expect(said([], [secret({ stringData: { x: 'new' } })])).toEqual([
      ['Secret n/s', 'added', ['', undefined, secret({ data: { x: '(masked)' } })]],
    ]);
  });

  test('a value in clear and the same in base64 are the same', () => {
    expect(said([secret({ data: { x: 'bmV3' } })], [secret({ stringData: { x: 'new' } })])).toEqual([]);
  });

  test("kubectl's copy of what was applied is not looked at", () => {
    const copy = { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"x":"bmV3"}}' } };
    expect(said([secret({ data: {} }, copy)], [secret({ data: {} }, { annotations: {} })])).toEqual([]);
  });

  test('its type and labels are shown', () => {
    expect(said([secret({ type: 'Opaque' })], [secret({ type: 'kubernetes.io/tls' })])).toEqual([
      ['Secret n/s', 'changed', ['type', 'Opaque', 'kubernetes.io/tls']],
    ]);
  });

  test('whatever a Secret holds, it is in no difference', () => {
    const value = fc.string({ minLength: 6 }).map((text) => `hidden:${text}`);
    const values = fc.dictionary(fc.stringMatching(/^[a-z.]{1,4}$/), value, { minKeys: 1 });
    fc.assert(
      fc.property(values, values, fc.boolean(), (a, b, clear) => {
        const encoded = Object.fromEntries(
          Object.entries(b).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
        );
        const { changes } = found([secret({ stringData: a })], [secret(clear ? { stringData: b } : { data: encoded })]);
        const shown = JSON.stringify(changes.map(({ differences }) => differences));
        return [...Object.values(a), ...Object.values(b)].every(
          (text) =>
            !shown.includes(JSON.stringify(text).slice(1, -1)) && !shown.includes(Buffer.from(text).toString('base64')),
        );
      }),
    );
  });
});

test('what is the same in another order of keys is the same', () => {
  const json = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.jsonValue() as fc.Arbitrary<Json>);
  fc.assert(
    fc.property(json, (spec) => {
      const reversed = Object.fromEntries(Object.entries(spec).reverse());
      return said([object('A', 'a', { spec })], [object('A', 'a', { spec: reversed })]).length === 0;
    }),
  );
});
