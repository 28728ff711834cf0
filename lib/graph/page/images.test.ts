import { configMap, deployment, knativeService, object } from '../../model/connections/testing/objects';
import { ObjectIndex } from '../../model/object-index';
import type { PlatformObject } from '../../objects/manifest';
import { imageFactsOf } from './images';

const imagesOf = (objects: PlatformObject[]) => imageFactsOf(new ObjectIndex(objects));

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['registry.example.com/app', { repository: 'registry.example.com/app' }],
  ['registry.example.com:5000/app', { repository: 'registry.example.com:5000/app' }],
  ['registry.example.com:5000/app:1.0', { repository: 'registry.example.com:5000/app', tag: '1.0' }],
  [`registry.example.com/app@${DIGEST}`, { repository: 'registry.example.com/app', digest: DIGEST }],
  [`app:1@${DIGEST}`, { repository: 'app', tag: '1', digest: DIGEST }],
])('%s', (image, parts) => {
  expect(imagesOf([deployment('a', 'web', { container: { image } })])).toEqual([
    { ...parts, objects: ['Deployment a/web'] },
  ]);
});

test('those of init containers, of Knative Services, and the one that Serving adds', () => {
  const objects = [
    deployment('a', 'web', { spec: { initContainers: [{ name: 'first', image: 'init:1' }] } }),
    knativeService('a', 'hello'),
    configMap('knative-serving', 'config-deployment', { 'queue-sidecar-image': 'queue:1' }),
    object({
      apiVersion: 'caching.internal.knative.dev/v1alpha1',
      kind: 'Image',
      metadata: { name: 'queue-proxy', namespace: 'a' },
      spec: { image: 'queue:1' },
    }),
  ];
  expect(imagesOf(objects).map(({ repository, objects: users }) => [repository, users])).toEqual([
    ['init', ['Deployment a/web']],
    ['queue', ['Image a/queue-proxy', 'ConfigMap knative-serving/config-deployment']],
    ['registry.example.com/app', ['Service a/hello']],
    ['registry.example.com/web', ['Deployment a/web']],
  ]);
});
