import fc from 'fast-check';
import { parsePath, pathText } from './json-path';

test.each([
  [['spec', 'containers', 0, 'image'], 'spec.containers[0].image'],
  [['metadata', 'annotations', 'linkerd.io/inject'], 'metadata.annotations["linkerd.io/inject"]'],
  [['data', 'a"b.c'], 'data["a\\"b.c"]'],
  [[], ''],
])('%j is %s', (path, text) => {
  expect(pathText(path)).toBe(text);
});

test('a text of a path is the path again', () => {
  const step = fc.oneof(fc.string({ minLength: 1 }), fc.nat());
  fc.assert(
    fc.property(fc.array(step), (path) => {
      expect(parsePath(pathText(path))).toEqual(path);
    }),
  );
});
