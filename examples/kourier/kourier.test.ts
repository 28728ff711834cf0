import { collectObjects } from '../../lib/objects/collect';
import type { Manifest } from '../../lib/objects/manifest';
import { describeObject } from '../../lib/objects/manifest';
import { check } from '../../lib/check/check';
import { renderFiles } from '../../lib/render/files';
import { kourierPlatform } from './platform';

const platform = kourierPlatform();
const objects = collectObjects(platform);

const service = (name: string): Manifest | undefined =>
  objects.find(({ manifest }) => describeObject(manifest) === `Service default/${name}`)?.manifest;

test('the files are those of the walk-through, with one for Kourier', () => {
  expect(renderFiles(objects).map(({ name }) => name)).toEqual([
    '00-namespaces.yaml',
    '10-crds.yaml',
    '20-linkerd.yaml',
    '30-linkerd-viz.yaml',
    '40-knative-config.yaml',
    '45-knative-serving.yaml',
    '50-kourier.yaml',
    '60-services.yaml',
  ]);
});

test('no rule finds an error in them', () => {
  const { findings, rules } = check(objects, { networking: platform.networking });
  expect(rules.map(({ id }) => id)).toContain('networking-limits');
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('nothing of the other layer is left', () => {
  expect(objects.filter(({ text, manifest }) => /ambassador/i.test(text ?? JSON.stringify(manifest)))).toEqual([]);
});

test('its services are split, stay connected and speak gRPC', () => {
  expect(service('helloworld-go')).toMatchObject({
    spec: { template: { spec: { containers: [{ env: [{ name: 'TARGET' }] }] } } },
  });
  expect(service('shop')?.spec).toMatchObject({
    traffic: [
      { revisionName: 'shop-00001', percent: 90, tag: 'stable' },
      { latestRevision: true, percent: 10, tag: 'candidate' },
    ],
  });
  expect(service('chat')?.spec).toMatchObject({ template: { spec: { timeoutSeconds: 600 } } });
  expect(service('greeter')?.spec).toMatchObject({
    template: { spec: { containers: [{ ports: [{ name: 'h2c', containerPort: 50051 }] }] } },
  });
});
