import type { Manifest } from '../objects/manifest';
import type { MeantDifference } from '../releases/meant-difference';
import { ANYTHING, NOTHING } from '../releases/meant-difference';
import { MeantDifferences } from './meant-differences';
import { differenceText, treeOf } from './object-diff';

const thing = (fields: object): Manifest => ({ apiVersion: 'v1', kind: 'Thing', metadata: { name: 'a' }, ...fields });
const entry = (fields: Partial<MeantDifference>): MeantDifference => ({
  objects: 'Thing a',
  path: 'spec.replicas',
  becomes: 3,
  reason: 'three of them',
  ...fields,
});

function applied(meant: MeantDifference, real: object | undefined, embedded: object | undefined, object = 'Thing a') {
  const differences = new MeantDifferences([meant]);
  const [from, to] = [real && treeOf(thing(real)), embedded && treeOf(thing(embedded))];
  const places = differences.places(object, 'Thing', from, to).map(differenceText);
  return { places, stale: differences.stale().map(({ objects, path }) => [objects, path]) };
}

const ONE = { spec: { replicas: 1 } };
const THREE = { spec: { replicas: 3 } };
const STALE = [['Thing a', 'spec.replicas']];

test.each<[string, Partial<MeantDifference>, object | undefined, object | undefined, string[]]>([
  ['a value', {}, ONE, THREE, ['spec.replicas: 1 → 3']],
  ['a value where there was none', {}, {}, THREE, ['spec.replicas: added 3']],
  ['what is made of the real value', { becomes: (real) => Number(real) + 2 }, ONE, THREE, ['spec.replicas: 1 → 3']],
  ['nothing', { becomes: NOTHING }, ONE, { spec: {} }, ['spec.replicas: removed 1']],
  ['anything', { becomes: ANYTHING }, ONE, { spec: { replicas: 9 } }, ['spec.replicas: 1 → 9']],
  [
    'a whole mapping',
    { path: 'spec', becomes: { replicas: 3 } },
    ONE,
    THREE,
    ['spec: {"replicas":1} → {"replicas":3}'],
  ],
  [
    'a list, by what tells its items apart',
    { path: 'spec.shortNames', becomes: ['a', 'b'] },
    { spec: { shortNames: [] } },
    { spec: { shortNames: ['b', 'a'] } },
    ['spec.shortNames: [] → ["b","a"]'],
  ],
  [
    'in every item',
    { path: 'spec.containers[name=*].image', becomes: NOTHING },
    {
      spec: {
        containers: [
          { name: 'a', image: 'x' },
          { name: 'b', image: 'y' },
        ],
      },
    },
    { spec: { containers: [{ name: 'a' }, { name: 'b' }] } },
    ['spec.containers[name=a].image: removed "x"', 'spec.containers[name=b].image: removed "y"'],
  ],
  ['an object that is left out', { path: '', becomes: NOTHING }, {}, undefined, ['the object: removed']],
  ['an object of its own', { path: '', becomes: ANYTHING }, undefined, {}, ['the object: added']],
])('%s', (_, fields, real, embedded, expected) => {
  const { places, stale } = applied(entry(fields), real, embedded);
  expect(places.map((place) => place.replace(/^(the object: \w+) .*/, '$1'))).toEqual(expected);
  expect(stale).toEqual([]);
});

test.each<[string, Partial<MeantDifference>, object | undefined, object | undefined]>([
  ['another value than the entry says', {}, ONE, { spec: { replicas: 2 } }],
  ['a value though the entry says nothing', { becomes: NOTHING }, ONE, THREE],
  ['nothing though the entry says anything', { becomes: ANYTHING }, ONE, { spec: {} }],
  ['no difference', {}, THREE, THREE],
  ['an object that is missing, under an entry for a field', { becomes: NOTHING }, ONE, undefined],
  ['a field that differs, under an entry for objects', { path: '', becomes: ANYTHING }, ONE, THREE],
])('is not meant: %s', (_, fields, real, embedded) => {
  const meant = entry(fields);
  expect(applied(meant, real, embedded)).toEqual({ places: [], stale: [['Thing a', meant.path || '']] });
});

test('an entry is for its objects alone', () => {
  expect(applied(entry({}), ONE, THREE, 'Thing b')).toEqual({ places: [], stale: STALE });
  expect(applied(entry({ objects: 'Thing *' }), ONE, THREE, 'Thing b').places).toEqual(['spec.replicas: 1 → 3']);
});

test('of an entry with several objects or paths, each that does not show is stale', () => {
  const several = entry({ objects: ['Thing a', 'Thing b'], path: ['spec.replicas', 'spec.other'] });
  expect(applied(several, ONE, THREE).stale).toEqual([
    ['Thing b', 'spec.replicas, spec.other'],
    ['Thing a, Thing b', 'spec.other'],
  ]);
  expect(applied(several, ONE, THREE, 'Thing c').stale).toEqual([['Thing a, Thing b', 'spec.replicas, spec.other']]);
});
