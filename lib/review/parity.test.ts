import type { Manifest, PlatformObject } from '../objects/manifest';
import { ANYTHING, NOTHING } from '../releases/meant-difference';
import { differenceText } from './object-diff';
import type { Parity } from './parity';
import { isParity, parity } from './parity';

const configMap = (name: string, data: Record<string, string> = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'a' },
  data,
});
const own = (...manifests: Manifest[]): PlatformObject[] =>
  manifests.map((manifest, index) => ({ manifest, source: `platform/${index}`, phase: '40-config' }));
const real = (...manifests: Manifest[]) =>
  manifests.map((manifest, index) => ({ manifest, source: `f.yaml:${index}` }));
const results = ({ objects }: Parity): Record<string, unknown> =>
  Object.fromEntries(
    objects.map(({ object, result, differences }) => [object, [result, ...differences.map(differenceText)]]),
  );

test('each object is equal, meant, different, missing or extra', () => {
  const compared = parity(
    own(configMap('same'), configMap('set', { a: '2' }), configMap('other', { a: '1', b: '2' }), configMap('more')),
    real(configMap('same'), configMap('set', { a: '1' }), configMap('other', { b: '1' }), configMap('less')),
    [
      { objects: 'ConfigMap a/set', path: 'data.a', becomes: '2', reason: 'set' },
      { objects: 'ConfigMap a/other', path: 'data.a', becomes: '1', reason: 'set' },
    ],
  );
  expect(results(compared)).toEqual({
    'ConfigMap a/same': ['equal'],
    'ConfigMap a/set': ['meant'],
    'ConfigMap a/other': ['differs', 'data.b: "1" → "2"'],
    'ConfigMap a/less': ['missing'],
    'ConfigMap a/more': ['extra'],
  });
  expect(compared.objects.find(({ result }) => result === 'missing')).toMatchObject({
    real: 'f.yaml:3',
    embedded: undefined,
  });
  expect(compared.objects.find(({ result }) => result === 'extra')).toMatchObject({
    real: undefined,
    embedded: 'platform/3',
  });
  expect(compared.stale).toEqual([]);
  expect(isParity(compared)).toBe(false);
});

test('objects that are meant to be missing or extra', () => {
  const compared = parity(own(configMap('more')), real(configMap('less')), [
    { objects: 'ConfigMap a/less', path: '', becomes: NOTHING, reason: 'not needed' },
    { objects: 'ConfigMap a/more', path: '', becomes: ANYTHING, reason: 'our own' },
  ]);
  expect(results(compared)).toEqual({ 'ConfigMap a/less': ['meant'], 'ConfigMap a/more': ['meant'] });
  expect(isParity(compared)).toBe(true);
});

test('a meant difference that is not there any more stands in the way', () => {
  const compared = parity(own(configMap('same')), real(configMap('same')), [
    { objects: 'ConfigMap a/same', path: 'data.a', becomes: '2', reason: 'set' },
  ]);
  expect(results(compared)).toEqual({ 'ConfigMap a/same': ['equal'] });
  expect(compared.stale).toEqual([{ objects: 'ConfigMap a/same', path: 'data.a', reason: 'set' }]);
  expect(isParity(compared)).toBe(false);
});

test('the API group tells objects apart, its version is a difference', () => {
  const thing = (apiVersion: string): Manifest => ({ apiVersion, kind: 'Thing', metadata: { name: 'a' } });
  const compared = parity(own(thing('one/v1'), thing('two/v2')), real(thing('two/v1')), []);
  expect(compared.objects.map(({ result, differences }) => [result, ...differences.map(differenceText)])).toEqual([
    ['differs', 'apiVersion: "two/v1" → "two/v2"'],
    ['extra'],
  ]);
});

test('an object that the API server would name is the one whose name starts so', () => {
  const job = (metadata: Manifest['metadata']): Manifest => ({ apiVersion: 'batch/v1', kind: 'Job', metadata });
  const compared = parity(
    own(job({ name: 'migrate-1.0.0', namespace: 'a' }), job({ name: 'migrate-1.0.0', namespace: 'b' })),
    real(job({ generateName: 'migrate-', namespace: 'a' })),
    [],
  );
  expect(results(compared)).toEqual({
    'Job a/migrate-1.0.0': [
      'differs',
      'metadata.generateName: removed "migrate-"',
      'metadata.name: added "migrate-1.0.0"',
    ],
    'Job b/migrate-1.0.0': ['extra'],
  });
});
