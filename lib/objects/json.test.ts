import { at, list, mapping, number, strings, stringsWithin, text, texts, valueAt, whole } from './json';
import type { JsonPath } from './manifest';

const SHAPES = [undefined, null, 'text', 1.5, true, ['a', 1, null], { a: 'b', c: 1 }];

test.each<[string, (value: unknown) => unknown, readonly unknown[]]>([
  ['mapping', mapping, [{}, {}, {}, {}, {}, {}, { a: 'b', c: 1 }]],
  ['list', list, [[], [], [], [], [], ['a', 1, null], []]],
  ['texts', texts, [[], [], [], [], [], ['a'], []]],
  ['text', text, [undefined, undefined, 'text', undefined, undefined, undefined, undefined]],
  ['number', number, [undefined, undefined, undefined, 1.5, undefined, undefined, undefined]],
  ['whole', whole, Array.from({ length: 7 })],
  ['strings', strings, [{}, {}, {}, {}, {}, {}, { a: 'b' }]],
  ['stringsWithin', stringsWithin, [[], [], ['text'], [], [], ['a'], ['b']]],
  ['at', (value) => at(value, 'a'), [undefined, undefined, undefined, undefined, undefined, undefined, 'b']],
])('%s of every shape', (_, read, expected) => {
  expect(SHAPES.map(read)).toEqual(expected);
});

test('a whole number is one', () => {
  expect([whole(80), whole(1e300), whole(NaN)]).toEqual([80, 1e300, undefined]);
});

test('what stands under keys, one within the other', () => {
  const value = { a: { b: ['c'] } };
  expect([at(value), at(value, 'a', 'b'), at(value, 'a', 'b', '0'), at(value, 'x', 'b')]).toEqual([
    value,
    ['c'],
    undefined,
    undefined,
  ]);
});

test('what every object of JavaScript has is no field, and a field of that name is one', () => {
  expect(['constructor', 'toString', '__proto__'].map((key) => at({}, key))).toEqual([undefined, undefined, undefined]);
  expect(at(JSON.parse('{"__proto__":"a"}'), '__proto__')).toBe('a');
});

test('what stands at a path, through lists too', () => {
  const value = { a: [{ b: null }, 'c'] };
  expect([valueAt(value, []), valueAt(value, ['a', 0, 'b']), valueAt(value, ['a', 1])]).toEqual([value, null, 'c']);
  const nothing: JsonPath[] = [['a', 2], ['a', '0'], ['a', 'length'], ['a', 1, 0], ['constructor']];
  expect(nothing.map((path) => valueAt(value, path))).toEqual(nothing.map(() => undefined));
});
