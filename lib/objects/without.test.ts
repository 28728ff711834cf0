import { without } from './without';

test('leaves out keys and the object as it is', () => {
  const object = { a: 1, b: 2, c: undefined };
  expect(without(object, 'a', 'c')).toStrictEqual({ b: 2 });
  expect(without(object)).toStrictEqual(object);
  expect(object.a).toBe(1);
});
