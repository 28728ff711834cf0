import type { Json, Manifest, PlatformObject } from '../../objects/manifest';
import { objectKey } from '../../objects/manifest';
import type { ClusterInventory } from '../inventory';
import { preflight, alsoLookedFor } from './preflight';
import type { Survey } from './survey';
import { configMap, object, rendered } from '../testing/objects';

const EMPTY = { phases: new Map() } as unknown as ClusterInventory;
const survey = (given: Partial<Survey> = {}): Survey => ({
  ...{ server: 's', version: 'v1.34.0', inventory: EMPTY, live: new Map(), denied: [] },
  ...given,
});
const lines = (given: Partial<Survey>, objects: readonly PlatformObject[] = [], takeOwnership = false): string[] =>
  preflight(survey(given), { objects, secrets: 'secrets/', takeOwnership }).mistakes.map(
    ({ where, message }) => `${where}: ${message}`,
  );
const live = (...all: Manifest[]) => new Map(all.map((one) => [objectKey(one), one]));

test.each([
  ['v1.33.9', 1],
  ['v1.34.0', 0],
  ['v1.40.1-gke.7', 0],
  ['v2.0.0', 0],
])('Kubernetes %s', (version, mistakes) => {
  expect(lines({ version })).toHaveLength(mistakes);
});

test('rights that are missing are told in one line, the first of many', () => {
  const denied = Array.from({ length: 7 }, (_, index) => ({ verb: 'patch', group: 'apps', resource: `r${index}` }));
  const more = [
    { verb: 'create', group: 'apps', resource: 'r0' },
    { verb: 'get', group: '', resource: 'secrets', namespace: 'n' },
  ];
  expect(lines({ denied: [...denied, ...more] })).toEqual([
    'rights: you may not patch, create r0.apps; patch r1.apps; patch r2.apps; patch r3.apps; patch r4.apps; and 3 more: ask for these rights, for example the ClusterRole cluster-admin',
  ]);
});

const pod = (secret: string): PlatformObject =>
  rendered({
    ...object('v1', 'Pod', 'p', 'n'),
    spec: { volumes: [{ secret: { secretName: secret } }] },
  });

test('a Secret has to be in the folder or in the cluster', () => {
  expect(alsoLookedFor([pod('s')])).toEqual([object('v1', 'Secret', 's', 'n')]);
  expect(lines({}, [pod('s')])).toEqual([
    expect.stringMatching(/^platform\/p: Secret n\/s is neither in secrets\/ nor in the cluster: /),
  ]);
  expect(lines({}, [pod('s'), rendered(object('v1', 'Secret', 's', 'n'))])).toEqual([]);
  expect(lines({ live: live(object('v1', 'Secret', 's', 'n')) }, [pod('s')])).toEqual([]);
});

const helm = {
  ...configMap('a'),
  metadata: { ...configMap('a').metadata, labels: { 'app.kubernetes.io/managed-by': 'Helm' } },
};

test('what another installer has installed is left to it, unless it is to be taken over', () => {
  const objects = [rendered(configMap('a'))];
  expect(lines({ live: live(helm) }, objects)).toEqual([
    'ConfigMap default/a: this object is in the cluster already, installed by Helm, as its release of unknown name: remove it with helm uninstall, or take over with --take-ownership',
  ]);
  expect(lines({ live: live(helm) }, objects, true)).toEqual([]);
});

const crd = (schema: object, version = 'v1'): Manifest => ({
  ...object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'things.example.com'),
  spec: {
    group: 'example.com',
    versions: [{ name: version, served: true, schema: { openAPIV3Schema: schema } }],
  } as Json,
});
const open = crd({ 'x-kubernetes-preserve-unknown-fields': true });

test('a CRD that is left alone is noted, and is a mistake where it is too old', () => {
  const checked = preflight(survey({ live: live(crd({})) }), {
    objects: [rendered(open)],
    secrets: 's',
    takeOwnership: false,
  });
  expect(checked.mistakes).toEqual([]);
  expect(checked.notes).toEqual([
    'things.example.com: left as it is: the cluster has it with a schema, and the platform has none for it',
  ]);
  expect(lines({ live: live(crd({}, 'v1beta1')) }, [rendered(open)])).toEqual([
    expect.stringMatching(
      /^CustomResourceDefinition things\.example\.com: .* does not serve v1, which the platform uses/,
    ),
  ]);
});

test('all of it is told at once', () => {
  const network = {
    ...configMap('config-network', 'knative-serving'),
    data: { 'external-domain-tls': 'Enabled' },
  };
  const objects = [pod('s'), rendered(configMap('a')), rendered(network)];
  expect(lines({ version: 'v1.20.0', live: live(helm) }, objects)).toHaveLength(4);
  expect(alsoLookedFor(objects).map(objectKey)).toEqual([
    'Secret n/s',
    ...['certificaterequests', 'certificates', 'clusterissuers', 'issuers', 'challenges.acme'].map(
      (name) => `apiextensions.k8s.io/CustomResourceDefinition ${name}.cert-manager.io`,
    ),
  ]);
});
