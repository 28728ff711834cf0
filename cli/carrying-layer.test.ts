import type { Manifest } from '../lib/objects/manifest';
import { carryingLayerIn } from './carrying-layer';
import { REFERENCE_LAYERS, referenceObjects } from './reference-platform';

const LAYERS = REFERENCE_LAYERS.map(({ ingress }) => [ingress.name, ingress] as const);

test.each(LAYERS)('the objects of a platform with %s say that it carries', (name, ingress) => {
  expect(carryingLayerIn(referenceObjects(ingress))?.name).toBe(name);
});

test('of a class that is not known nothing is said', () => {
  const config: Manifest = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config-network', namespace: 'knative-serving' },
    data: { 'ingress-class': 'contour.ingress.networking.knative.dev' },
  };
  expect(carryingLayerIn([{ manifest: config, phase: '40-knative-config', source: 'a' }])).toBeUndefined();
  expect(carryingLayerIn([])).toBeUndefined();
});
