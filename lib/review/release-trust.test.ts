import { toYaml } from '../render/yaml';
import type { Json, Manifest } from '../objects/manifest';
import type { ReleaseObject } from './release-objects';
import { caOf } from './release-trust';

const PEM = '-----BEGIN CERTIFICATE-----\nMAo=\n-----END CERTIFICATE-----\n';

const object = (kind: string, name: string, rest: Record<string, Json>): ReleaseObject => ({
  manifest: { apiVersion: 'v1', kind, metadata: { name }, ...rest } satisfies Manifest,
  source: 'release.yaml:1',
});

const OTHERS = [
  object('ConfigMap', 'other', { data: {} }),
  object('APIService', 'v1.apps', { spec: { group: 'apps' } }),
];

test('the CA of a control plane is the trust anchors in its values', () => {
  const values = toYaml({ identityTrustAnchorsPEM: PEM });
  expect(caOf([...OTHERS, object('ConfigMap', 'linkerd-config', { data: { values } })])).toBe(PEM);
});

test("the CA of viz is the one of tap's API", () => {
  const caBundle = Buffer.from(PEM).toString('base64');
  expect(caOf([...OTHERS, object('APIService', 'v1alpha1.tap.linkerd.io', { spec: { caBundle } })])).toBe(PEM);
});

test('a release of neither has none', () => {
  expect(caOf(OTHERS)).toBeUndefined();
  expect(caOf([])).toBeUndefined();
});
