import type { Json, Manifest, PlatformObject } from '../../objects/manifest';
import { objectKey } from '../../objects/manifest';
import { object, rendered } from '../testing/objects';
import { certManagerMistakes, certManagerToLookFor } from './cert-manager';

const CRDS = [
  'certificaterequests.cert-manager.io',
  'certificates.cert-manager.io',
  'clusterissuers.cert-manager.io',
  'issuers.cert-manager.io',
  'challenges.acme.cert-manager.io',
];
const network = (data: Json): PlatformObject =>
  rendered({ ...object('v1', 'ConfigMap', 'config-network', 'knative-serving'), data });
const TLS = network({ 'external-domain-tls': 'Enabled', 'system-internal-tls': 'Enabled' });
const crd = (name: string, version = 'v1', served = true): Manifest => ({
  ...object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', name),
  spec: { versions: [{ name: version, served }] },
});
const lines = (objects: readonly PlatformObject[], live: readonly Manifest[] = []): string[] =>
  certManagerMistakes(objects, new Map(live.map((one) => [objectKey(one), one]))).map(
    ({ where, message }) => `${where}: ${message}`,
  );

test('the cluster is asked for the CRDs where a setting needs them', () => {
  expect(certManagerToLookFor([TLS]).map(({ metadata }) => metadata.name)).toEqual(CRDS);
  expect(certManagerToLookFor([network({ 'external-domain-tls': 'Disabled' })])).toEqual([]);
});

test('what is missing is said of the ConfigMap, with the keys', () => {
  expect(lines([TLS])).toEqual([
    `platform/config-network: with external-domain-tls, system-internal-tls in config-network Serving's controller ends at its start, and nothing of Knative works, unless the cluster has cert-manager's CRDs, and ${CRDS.join(', ')} are neither there nor among what is applied: install cert-manager first`,
  ]);
});

test.each<[string, readonly PlatformObject[], readonly Manifest[], number]>([
  ['no setting needs them', [network({ 'ingress-class': 'a' })], [], 0],
  ['they are on the cluster', [TLS], CRDS.map((name) => crd(name)), 0],
  ['they are applied as well', [TLS, ...CRDS.map((name) => rendered(crd(name)))], [], 0],
  [
    'some are here and some there',
    [TLS, rendered(crd('issuers.cert-manager.io'))],
    CRDS.filter((name) => !name.startsWith('issuers')).map((name) => crd(name)),
    0,
  ],
  ['one is missing', [TLS], CRDS.slice(1).map((name) => crd(name)), 1],
  ['the one of another group is', [TLS], CRDS.slice(0, 4).map((name) => crd(name)), 1],
  ['they are of another version', [TLS], CRDS.map((name) => crd(name, 'v1alpha2')), 1],
  ['they are no longer served', [TLS], CRDS.map((name) => crd(name, 'v1', false)), 1],
  [
    'another ConfigMap has the key',
    [
      rendered({
        ...object('v1', 'ConfigMap', 'config-network', 'elsewhere'),
        data: { 'external-domain-tls': 'Enabled' },
      }),
    ],
    [],
    0,
  ],
  [
    'the Operator is told',
    [
      rendered({
        ...object('operator.knative.dev/v1beta1', 'KnativeServing', 'serving', 'knative-serving'),
        spec: { config: { network: { 'external-domain-tls': 'Enabled' } } },
      }),
    ],
    [],
    1,
  ],
])('%s', (_, objects, live, mistakes) => {
  expect(lines(objects, live)).toHaveLength(mistakes);
});
