import { RecordedFields } from './recorded-fields';

/** Asks for fields as a validator does. */
const ask = (view: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], view);

test('fields that were not asked for are named, with those beside them that were', () => {
  const fields = new RecordedFields({
    spec: { replicas: 3, replica: 2, items: [{ name: 'a', nmae: 'b' }] },
    extra: {},
  });
  ask(fields.view, 'spec', 'replicas');
  ask(fields.view, 'spec', 'items', 0, 'name');
  expect(fields.unread.map(({ path, asked }) => [path.join('.'), [...new Set(asked)]])).toEqual([
    ['spec.replica', ['replicas', 'items']],
    ['spec.items.0.nmae', ['name']],
    ['extra', ['spec']],
  ]);
});

test('of a mapping of which nothing is asked nothing is said', () => {
  const fields = new RecordedFields({ data: { anything: 1 } });
  ask(fields.view, 'data');
  expect(fields.unread).toEqual([]);
});

test('a field that is null is not there', () => {
  const fields = new RecordedFields({ port: null, name: 'a' });
  expect(Object.keys(fields.view as object)).toEqual(['name']);
  expect(ask(fields.view, 'port')).toBeUndefined();
});

test('a list is a list to its reader, and one value is one view', () => {
  const shared = { a: 1 };
  const { view } = new RecordedFields({ first: [shared, 2], second: shared });
  expect(Array.isArray(ask(view, 'first'))).toBe(true);
  expect(ask(view, 'first', 'length')).toBe(2);
  expect(ask(view, 'first', 0)).toBe(ask(view, 'second'));
});

test('a field that counts as unknown is named though it was asked for, and what is in it is not', () => {
  const fields = new RecordedFields({ spec: { newer: { a: 1 }, older: 1 } }, (path) => path.join('.') === 'spec.newer');
  ask(fields.view, 'spec', 'newer', 'b');
  ask(fields.view, 'spec', 'older');
  expect(fields.unread.map(({ path }) => path.join('.'))).toEqual(['spec.newer']);
});
