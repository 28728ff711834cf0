import type { Manifest } from '../objects/manifest';
import { withPlainSecrets } from './plain-secrets';

const object = (kind: string, fields: object, metadata: object = {}): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'a', ...metadata },
  ...fields,
});
const COPY = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };

test.each<[string, Manifest, Manifest]>([
  [
    'a Secret in clear is one in base64, and what is in clear counts',
    object('Secret', { data: { a: 'eA==', b: 'eA==' }, stringData: { b: 'y', c: 'é' } }),
    object('Secret', { data: { a: 'eA==', b: 'eQ==', c: 'w6k=' } }),
  ],
  [
    "kubectl's copy goes, other annotations stay",
    object('ConfigMap', {}, { annotations: { ...COPY, x: 'y' } }),
    object('ConfigMap', {}, { annotations: { x: 'y' } }),
  ],
  [
    'of another shape it stays as it is',
    object('Secret', { data: 'eA==', stringData: { b: 'y' } }, { annotations: ['x'] }),
    object('Secret', { data: 'eA==', stringData: { b: 'y' } }, { annotations: ['x'] }),
  ],
  [
    'a value of another shape too',
    object('Secret', { stringData: { a: ['y'], b: 'y' } }),
    object('Secret', { data: { a: ['y'], b: 'eQ==' } }),
  ],
  ['other kinds may have a field of that name', object('Thing', { stringData: 1 }), object('Thing', { stringData: 1 })],
])('%s', (_, given, plain) => {
  expect(withPlainSecrets(given)).toEqual(plain);
});
