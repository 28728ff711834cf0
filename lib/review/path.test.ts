import fc from 'fast-check';
import type { Json } from '../objects/manifest';
import { canonicalJson, fieldsStep, glob, itemStep, keyStep, parsePath, pathText } from './path';

test.each([
  [['spec', 'replicas'], 'spec.replicas'],
  [['metadata', keyStep('labels'), keyStep('app.kubernetes.io/name')], 'metadata.labels["app.kubernetes.io/name"]'],
  [['spec', 'containers', fieldsStep([['name', 'web']]), 'image'], 'spec.containers[name=web].image'],
  [
    [
      'ports',
      fieldsStep([
        ['port', 53],
        ['protocol', 'UDP'],
      ]),
    ],
    'ports[port=53,protocol=UDP]',
  ],
  [['args', itemStep(0)], 'args[0]'],
  [['values', itemStep('a b')], 'values["a b"]'],
  [['values', itemStep('1')], 'values["1"]'],
  [['values', itemStep(1)], 'values[1]'],
  [['values', itemStep('true')], 'values["true"]'],
  [[], ''],
])('%j is written %s', (path, text) => {
  expect(pathText(path)).toBe(text);
});

test('a path can be read again', () => {
  const step = fc.oneof(
    fc.string().map(keyStep),
    fc.jsonValue().map((value) => itemStep(value as Json)),
    fc.string().map((name) => fieldsStep([['name', name]])),
  );
  fc.assert(
    fc.property(fc.array(step), (path) => {
      expect(parsePath(pathText(path))).toEqual(path);
    }),
  );
});

test('steps of different values differ', () => {
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom('1', 1, 'true', true, 'null', null, '', '[]', '"a"', 'a'));
  fc.assert(
    fc.property(value, value, (a, b) => {
      fc.pre(canonicalJson(a as Json) !== canonicalJson(b as Json));
      expect(itemStep(a as Json)).not.toBe(itemStep(b as Json));
    }),
  );
});

test.each([
  ['Deployment *', 'Deployment a/b', true],
  ['Deployment *', 'Service a/b', false],
  ['[get *.example.com]', '[get things.example.com]', true],
  ['[get *.example.com]', '[get things.exampleXcom]', false],
  ['[get ~*.example.com]', '[get *.example.com]', true],
  ['[get ~*.example.com]', '[get things.example.com]', false],
  ['spec', 'specs', false],
])('the pattern %s and %s: %s', (pattern, text, matches) => {
  expect(glob(pattern)(text)).toBe(matches);
});
