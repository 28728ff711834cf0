import { deployment, objectsOf } from '../check/testing/doc-examples';
import type { Json, Manifest } from '../objects/manifest';
import type { AmbassadorIds } from './emissary';
import { ambassadorIdOfPods, ambassadorIdsOf, commonIds, shareAmbassador } from './emissary';
import { podTemplateOf } from './pod-template';

const host = (spec: Json): Manifest => ({
  apiVersion: 'getambassador.io/v3alpha1',
  kind: 'Host',
  metadata: { name: 'a' },
  spec,
});
const service = (annotations: Record<string, string>): Manifest => ({
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: { name: 'a', annotations },
});

test.each<[Manifest, AmbassadorIds]>([
  [host({}), ['default']],
  [host({ ambassador_id: ['a', 'b'] }), ['a', 'b']],
  [host({ ambassador_id: 'a' }), ['a']],
  [host({ ambassadorId: ['a'], ambassador_id: ['b'] }), ['a']],
  [host({ ambassador_id: [] }), []],
  [host({ ambassador_id: ['_automatic_'] }), 'every'],
  [host({ ambassador_id: ['_automatic_', 'a'] }), ['_automatic_', 'a']],
  [service({}), ['default']],
  [service({ 'getambassador.io/ambassador-id': 'a' }), ['a']],
])('%j is for %j', (manifest, ids) => {
  expect(ambassadorIdsOf(manifest)).toEqual(ids);
});

test.each<[Json[], AmbassadorIds]>([
  [[], ['default']],
  [[{ name: 'AMBASSADOR_ID', value: 'a' }], ['a']],
  [[{ name: 'AMBASSADOR_ID', valueFrom: { configMapKeyRef: { name: 'a', key: 'id' } } }], 'every'],
])('pods with the environment %j are %j', (env, ids) => {
  const [object] = objectsOf(deployment('ambassador', { container: { env } }));
  const template = object && podTemplateOf(object);
  expect(template && ambassadorIdOfPods(template)).toEqual(ids);
});

test('objects share an Ambassador that all of them name', () => {
  const [a, b, both, every] = [['a'], ['b'], ['a', 'b'], ['_automatic_']].map((ids) =>
    host({ ambassador_id: ids }),
  ) as [Manifest, Manifest, Manifest, Manifest];
  expect([shareAmbassador(a, both), shareAmbassador(a, b), shareAmbassador(a, both, b)]).toEqual([true, false, false]);
  expect([shareAmbassador(a, every), shareAmbassador(every, every), shareAmbassador(a, host({}))]).toEqual([
    true,
    true,
    false,
  ]);
  expect(commonIds(['a', 'b'], 'every', ['b'])).toEqual(['b']);
});
