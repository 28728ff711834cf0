import { newSince } from './newer-fields';

test.each([
  ['Deployment', ['spec', 'template', 'spec', 'schedulingGroup'], '1.36'],
  ['Pod', ['spec', 'volumes', 0, 'projected', 'sources', 1, 'podCertificate', 'userAnnotations'], '1.35'],
  ['CSIDriver', ['spec', 'serviceAccountTokenInSecrets'], '1.35'],
  ['CSIDriver', ['spec', 'preventPodSchedulingIfMissing'], '1.36'],
  ['ResourceSlice', ['spec', 'devices', 0, 'nodeAllocatableResourceMappings'], '1.36'],
  ['ResourceSlice', ['spec', 'devices', 0, 'attributes', 'example.com/driver', 'versions'], '1.36'],
  ['ResourceSlice', ['spec', 'devices', 0, 'attributes', 'versions'], undefined],
  ['CustomResourceDefinition', ['spec', 'versions'], undefined],
  ['ConfigMap', ['data', 'schedulingGroup'], undefined],
  ['ConfigMap', ['schedulingGroup'], undefined],
  ['Pod', ['spec', 'hostnameOverride'], undefined],
  ['Pod', [], undefined],
])('%s %j is new since %s', (kind, path, version) => {
  expect(newSince(kind, path)).toBe(version);
});
