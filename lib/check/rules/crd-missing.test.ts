import { found, objectsOf, testExamples } from '../testing/doc-examples';
import { crdMissing } from './crd-missing';

testExamples(crdMissing);

const CRDS = [
  'certificaterequests.cert-manager.io',
  'certificates.cert-manager.io',
  'clusterissuers.cert-manager.io',
  'issuers.cert-manager.io',
  'challenges.acme.cert-manager.io',
].map((name) =>
  JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name },
    spec: { group: name.slice(name.indexOf('.') + 1), names: { kind: name } },
  }),
);
const network = (data: object, name = 'config-network'): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'knative-serving' }, data });

test.each<[string, string[], string[]]>([
  ['certificates for services', [network({ 'external-domain-tls': 'Enabled' })], ['data.external-domain-tls']],
  [
    '… and for the system',
    [network({ 'auto-tls': 'enabled', 'system-internal-tls': 'Enabled' })],
    ['data.auto-tls', 'data.system-internal-tls'],
  ],
  ['… with the CRDs', [network({ 'external-domain-tls': 'Enabled' }), ...CRDS], []],
  [
    '… with all but one',
    [network({ 'external-domain-tls': 'Enabled' }), ...CRDS.slice(0, 4)],
    ['data.external-domain-tls'],
  ],
  ['no certificates', [network({ 'external-domain-tls': 'Disabled' })], []],
  ['the key elsewhere', [network({ 'external-domain-tls': 'Enabled' }, 'config-features')], []],
])('%s', (_, documents, paths) => {
  const lines = found(crdMissing, objectsOf(...documents));
  expect(lines).toHaveLength(paths.length);
  paths.forEach((path, index) => {
    expect(lines[index]).toContain(
      `${path}: Serving's controller ends at its start, and nothing of Knative works, unless the cluster has cert-manager's CRDs, which are not among the objects`,
    );
  });
});

test('the Operator is told by the same keys', () => {
  const operated = JSON.stringify({
    apiVersion: 'operator.knative.dev/v1beta1',
    kind: 'KnativeServing',
    metadata: { name: 'serving', namespace: 'knative-serving' },
    spec: { config: { network: { 'external-domain-tls': 'Enabled' } } },
  });
  expect(found(crdMissing, objectsOf(operated)).join()).toContain('spec.config.network.external-domain-tls: Serving');
});
