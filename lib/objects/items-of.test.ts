import { spawnSync } from 'node:child_process';
import { testWith } from '../../testing/requirements';
import { itemsOf } from './items-of';

const configMap = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
const list = (items: unknown, kind = 'List', apiVersion = 'v1') => ({ apiVersion, kind, items });

/** What is in a document, and what kubectl makes of it: names of objects, or `refused`. */
const DOCUMENTS: readonly [string, unknown, readonly string[] | 'refused'][] = [
  ['an object', configMap('a'), ['ConfigMap a']],
  ['a List', list([configMap('a'), configMap('b')]), ['ConfigMap a', 'ConfigMap b']],
  ['a List without apiVersion', { kind: 'List', items: [configMap('a')] }, ['ConfigMap a']],
  ['an empty List', list([]), []],
  ['a List of null', list(null), []],
  ['a typed list', list([{ metadata: { name: 'a' } }], 'ConfigMapList'), ['ConfigMap a']],
  ['a typed list of another kind', list([configMap('a')], 'SecretList'), ['ConfigMap a']],
  ['a list of custom resources', list([{ metadata: { name: 'a' } }], 'FooList', 'example.com/v1'), ['Foo a']],
  ['a kind that is not called a list', list([{ metadata: { name: 'a' } }], 'Foo', 'example.com/v1'), ['Foo a']],
  ['an object with items of null', { ...configMap('a'), items: null }, []],
  ['an item with items that are no list', list([{ ...configMap('a'), items: {} }]), ['ConfigMap a']],
  ['a List of a List', list([list([configMap('a')])]), 'refused'],
  ['a List of an object with a list of items', list([{ ...configMap('a'), items: [] }]), 'refused'],
  ['a List of a mapping', list({ a: configMap('a') }), 'refused'],
  ['an object with items that are no list', { ...configMap('a'), items: {} }, 'refused'],
  ['a List of a number', list([1]), 'refused'],
  ['a List of null items', list([null]), 'refused'],
  ['items without a kind', { items: [configMap('a')] }, 'refused'],
  ['an item of a List that does not say what it is', list([{ metadata: { name: 'a' } }]), 'refused'],
  ['an item that says the half', list([{ kind: 'ConfigMap', metadata: { name: 'a' } }]), 'refused'],
];

test.each(DOCUMENTS)('%s', (_, document, expected) => {
  const found = itemsOf(document);
  const names = found.map(({ value, problem }) => {
    const { apiVersion, kind, metadata } = (value ?? {}) as Partial<ReturnType<typeof configMap>>;
    return problem === undefined && apiVersion && kind ? `${kind} ${metadata?.name ?? ''}` : 'refused';
  });
  expect(names.includes('refused') ? 'refused' : names).toEqual(expected);
});

testWith('kubectl')('kubectl takes the same from each', () => {
  const taken = DOCUMENTS.map(([name, document]) => {
    // It does not ask a cluster for that.
    const args = ['label', '--local', '-f', '-', 'x=y', '-o', 'go-template={{.kind}} {{.metadata.name}}{{"\\n"}}'];
    const { status, stdout } = spawnSync('kubectl', args, { input: JSON.stringify(document), encoding: 'utf8' });
    return [name, status === 0 ? stdout.split('\n').filter((line) => line !== '') : 'refused'];
  });
  expect(taken).toEqual(DOCUMENTS.map(([name, , expected]) => [name, expected]));
});

test('says where an item stands, and what is wrong', () => {
  expect(itemsOf(list([configMap('a'), 1]))).toEqual([
    { path: ['items', 0], value: configMap('a') },
    { path: ['items', 1], value: 1, problem: 'items[1] of a List is no object' },
  ]);
  expect(itemsOf({ apiVersion: 'v1', kind: 'List' })).toMatchObject([{ problem: 'is a List without items' }]);
});
