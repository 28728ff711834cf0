import { DEEPEST, readManifest } from './read-manifest';

const given = (metadata: unknown, fields: object = {}) => ({ apiVersion: 'v1', kind: 'A', metadata, ...fields });
const nested = (depth: number): unknown => Array.from({ length: depth }).reduce((within) => [within], 'x');
const NEEDS = 'is no Kubernetes object: it needs apiVersion, kind and metadata.name';

test.each<[string, unknown, string]>([
  ['nothing', null, NEEDS],
  ['a text', 'text', NEEDS],
  ['a list', [given({ name: 'a' })], NEEDS],
  ['no metadata', given(undefined), NEEDS],
  ['metadata that is null', given(null), NEEDS],
  ['metadata that is a list', given(['name']), NEEDS],
  ['an empty name', given({ name: '' }), NEEDS],
  ['a name that is null', given({ name: null }), NEEDS],
  [
    'a name that is a number',
    given({ name: 2024 }),
    'is no Kubernetes object: metadata.name is 2024, which is no text: write "2024"',
  ],
  [
    'a namespace that is a boolean',
    given({ name: 'a', namespace: true }),
    'is no Kubernetes object: metadata.namespace is true, which is no text: write "true"',
  ],
  [
    'a kind that is a mapping',
    given({ name: 'a' }, { kind: {} }),
    'is no Kubernetes object: kind is a mapping, which is no text: write a text',
  ],
  [
    'an API version that is a list',
    given({ name: 'a' }, { apiVersion: ['v1'] }),
    'is no Kubernetes object: apiVersion is a list, which is no text: write a text',
  ],
  [
    'what is nested too deep',
    given({ name: 'a' }, { spec: nested(DEEPEST) }),
    'is nested more than 500 deep: flatten it',
  ],
])('%s', (_, value, problem) => {
  expect(readManifest(value)).toEqual({ problem });
});

test.each([
  ['a name', { name: 'a' }],
  ['a name that the API server makes', { generateName: 'a-' }],
  ['labels of any shape', { name: 'a', labels: 5 }],
])('an object with %s', (_, metadata) => {
  expect(readManifest(given(metadata))).toEqual({ manifest: given(metadata) });
});

test('a name or namespace that is null is not there', () => {
  const metadata = { name: null, generateName: 'a-', namespace: null, labels: null };
  expect(readManifest(given(metadata))).toEqual({ manifest: given({ generateName: 'a-', labels: null }) });
});

test('what is not too deep is taken', () => {
  expect(readManifest(given({ name: 'a' }, { spec: nested(DEEPEST - 1) }))).toHaveProperty('manifest');
});
