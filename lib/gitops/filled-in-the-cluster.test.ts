import type { Manifest, PlatformObject } from '../objects/manifest';
import { filledInTheCluster } from './filled-in-the-cluster';
import { platformObjects } from '../../testing/platform-objects';

const object = (apiVersion: string, kind: string, rest: Partial<Manifest>): PlatformObject => ({
  manifest: { apiVersion, kind, metadata: { name: 'one', namespace: 'a' }, ...rest },
  source: 'test',
  phase: '60-services',
});

const WEBHOOK = { name: 'a', rules: [] };

test.each<[string, PlatformObject, object | undefined]>([
  [
    'a role that others add up to',
    object('a/v1', 'ClusterRole', { aggregationRule: {} }),
    { jsonPointers: ['/rules'] },
  ],
  ['a role of its own', object('a/v1', 'ClusterRole', { rules: [] }), undefined],
  [
    'a webhook without an authority',
    object('a/v1', 'ValidatingWebhookConfiguration', { webhooks: [{ ...WEBHOOK, clientConfig: {} }] }),
    { jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
  ],
  [
    'a webhook with its authority',
    object('a/v1', 'ValidatingWebhookConfiguration', { webhooks: [{ ...WEBHOOK, clientConfig: { caBundle: 'a' } }] }),
    undefined,
  ],
  [
    'a webhook without rules',
    object('a/v1', 'MutatingWebhookConfiguration', { webhooks: [{ name: 'a', clientConfig: { caBundle: 'a' } }] }),
    { jqPathExpressions: ['.webhooks[]?.rules'] },
  ],
  ['an API without an authority', object('a/v1', 'APIService', { spec: {} }), { jsonPointers: ['/spec/caBundle'] }],
  ['an API with its authority', object('a/v1', 'APIService', { spec: { caBundle: 'a' } }), undefined],
  ['a Secret that is empty', object('v1', 'Secret', {}), { jsonPointers: ['/data'] }],
  ['a Secret that is not', object('v1', 'Secret', { stringData: {} }), undefined],
  ['a ConfigMap', object('v1', 'ConfigMap', {}), undefined],
])('%s', (_, one, fields) => {
  const group = one.manifest.apiVersion.includes('/') ? { group: 'a' } : {};
  const named = { ...group, kind: one.manifest.kind, name: 'one', namespace: 'a' };
  expect(filledInTheCluster([one])).toEqual(fields === undefined ? [] : [{ ...named, ...fields }]);
});

test('the number of pods that an autoscaler sets, of its own target alone', () => {
  const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'one' };
  const scaler = object('autoscaling/v2', 'HorizontalPodAutoscaler', { spec: { scaleTargetRef: target } });
  const scaled = object('apps/v1', 'Deployment', {});
  const elsewhere = object('apps/v1', 'Deployment', { metadata: { name: 'one', namespace: 'b' } });
  expect(filledInTheCluster([scaler, scaled, elsewhere])).toEqual([
    { group: 'apps', kind: 'Deployment', name: 'one', namespace: 'a', jsonPointers: ['/spec/replicas'] },
  ]);
});

test('no field that is filled in is rendered: whoever applies on the server side never owns one', () => {
  const objects = platformObjects();
  const pointers = filledInTheCluster(objects).flatMap(({ kind, name, jsonPointers = [] }) =>
    jsonPointers.map((pointer) => ({ kind, name, path: pointer.split('/').slice(1) })),
  );
  expect(pointers.length).toBeGreaterThan(3);
  for (const { kind, name, path } of pointers) {
    const found = objects.find(({ manifest }) => manifest.kind === kind && manifest.metadata.name === name);
    const value = path.reduce<unknown>(
      (at, key) => (at as Record<string, unknown> | undefined)?.[key],
      found?.manifest,
    );
    expect({ kind, name, value }).toEqual({ kind, name, value: undefined });
  }
});
