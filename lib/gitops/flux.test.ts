import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KustomizationProps } from '../../imports/kustomize.toolkit.fluxcd.io';
import { testWith } from '../../testing/requirements';
import type { Manifest, PlatformObject } from '../objects/manifest';
import { objectKey } from '../objects/manifest';
import { filesOf, renderFiles } from '../render/files';
import type { FluxDelivery } from './flux';
import { FLUX_FIRST_LINE, fluxDelivery } from './flux';
import type { FluxChoices } from './flux-settings';
import { fluxSettings } from './flux-settings';
import { inParts, platformObjects } from '../../testing/platform-objects';

/** Rendered once. */
const OBJECTS = platformObjects();

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'knitmesh-'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const deliver = (choices: FluxChoices = {}, objects = OBJECTS, { dist = 'dist', folder = 'flux' } = {}) =>
  fluxDelivery(filesOf(objects), fluxSettings(choices), { root, dist: join(root, dist), folder: join(root, folder) });

function objectsIn({ files }: FluxDelivery, name: string): Manifest[] {
  const text = files.find((file) => file.name === name)?.text ?? '';
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}

const kustomizations = (delivery: FluxDelivery): Map<string, KustomizationProps['spec']> =>
  new Map(
    objectsIn(delivery, 'kustomizations.yaml').map(({ metadata, spec }) => [
      metadata.name ?? '',
      spec as unknown as KustomizationProps['spec'],
    ]),
  );

/** Writes what is delivered, and the platform's files, and builds a folder as Flux does: without restricting where files are from. */
function build(delivery: FluxDelivery, objects: readonly PlatformObject[], folder: string, dist = 'dist'): Manifest[] {
  const files = [
    ...delivery.files.map(({ name, text }) => ({ name: join('flux', name), text })),
    ...renderFiles(objects).map(({ name, text }) => ({ name: join(dist, name), text })),
  ];
  for (const { name, text } of files) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const built = execFileSync(
    'kubectl',
    ['kustomize', '--load-restrictor', 'LoadRestrictionsNone', join(root, folder)],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  return parseAllDocuments(built).map((document) => document.toJS() as Manifest);
}

const byKey = (manifests: readonly Manifest[]): Record<string, Manifest> =>
  Object.fromEntries(manifests.map((manifest) => [objectKey(manifest), manifest]));

describe.each([
  ['one file a phase', OBJECTS],
  ['phases in parts', inParts(OBJECTS, '20-linkerd', ['1', '2', '3'])],
])('%s', (_, objects) => {
  testWith('kubectl')('what Flux builds from all folders is exactly what is rendered, each object once', () => {
    const delivery = deliver({}, objects);
    const built = [...kustomizations(delivery).values()].flatMap(({ path }) => build(delivery, objects, path));
    expect(built).toHaveLength(objects.length);
    expect(byKey(built)).toEqual(byKey(objects.map(({ manifest }) => manifest)));
  });
});

testWith('kubectl')('what Flux builds from the folder itself is its Kustomizations', () => {
  const delivery = deliver();
  const objects = OBJECTS;
  const [root] = objectsIn(delivery, 'cluster.yaml');
  const { path } = root?.spec as unknown as { path: string };
  expect(path).toBe('./flux');
  expect(byKey(build(delivery, objects, path))).toEqual(byKey(objectsIn(delivery, 'kustomizations.yaml')));
});

test('namespaces and CRDs are never deleted, and all else goes when it is no longer rendered', () => {
  const pruned = [...kustomizations(deliver({ decryptionSecret: 'sops-age' }))];
  expect(pruned.filter(([, { prune }]) => !prune).map(([name]) => name)).toEqual([
    'knitmesh-namespaces',
    'knitmesh-secrets',
    'knitmesh-crds',
  ]);
  for (const [, { prune, deletionPolicy }] of pruned) {
    expect(deletionPolicy).toBe(prune ? 'WaitForTermination' : undefined);
  }
});

test('every Kustomization waits for its objects, has a time limit, and is retried before its interval', () => {
  for (const [, spec] of kustomizations(deliver({ decryptionSecret: 'sops-age' }))) {
    expect(spec).toMatchObject({ wait: true, interval: '10m', retryInterval: '1m' });
    expect(spec.timeout).toMatch(/^[1-9]m$/);
    // Substituting variables would take what stands in ConfigMaps for its own.
    expect(spec).not.toHaveProperty('postBuild');
  }
});

test('the health of a Knative Service and of an APIService is told by their own conditions', () => {
  const health = [...kustomizations(deliver())].flatMap(([name, { healthCheckExprs = [] }]) =>
    healthCheckExprs.map(({ kind, failed }) => [name, kind, failed !== undefined]),
  );
  expect(health).toEqual([
    ['knitmesh-linkerd-viz', 'APIService', false],
    ['knitmesh-services', 'Service', true],
  ]);
});

test('deleting what applies the folder deletes nothing of the platform', () => {
  const objects = objectsIn(deliver(), 'cluster.yaml');
  expect(objects).toEqual([expect.objectContaining({ kind: 'Kustomization' })]);
  expect(objects[0]?.spec).toMatchObject({ prune: true, deletionPolicy: 'Orphan' });
});

test('without a URL, the repository is the one that flux bootstrap has set up, or another that is there', () => {
  for (const [choices, sourceRef] of [
    [{}, { kind: 'GitRepository', name: 'flux-system' }],
    [{ source: 'Bucket/backups' }, { kind: 'Bucket', name: 'backups' }],
  ] as const) {
    const delivery = deliver(choices);
    for (const [, spec] of kustomizations(delivery)) expect(spec.sourceRef).toEqual(sourceRef);
    expect(objectsIn(delivery, 'cluster.yaml')[0]?.spec).toMatchObject({ sourceRef });
  }
});

test.each<[FluxChoices, object]>([
  [
    { url: 'https://git.example.com/a.git' },
    { kind: 'GitRepository', spec: { url: 'https://git.example.com/a.git', ref: { branch: 'main' } } },
  ],
  [
    { url: 'ssh://git@git.example.com/a', tag: 'v1', secretRef: 'git' },
    { kind: 'GitRepository', spec: { ref: { tag: 'v1' }, secretRef: { name: 'git' } } },
  ],
  [
    { url: 'oci://registry.example.com/a' },
    { kind: 'OCIRepository', spec: { url: 'oci://registry.example.com/a', ref: { tag: 'latest' } } },
  ],
])('with %j, the source is one more object, and all come from it', (choices, source) => {
  const delivery = deliver({ ...choices, name: 'mesh', namespace: 'gitops' });
  const [first, second] = objectsIn(delivery, 'cluster.yaml');
  expect(first).toMatchObject({ ...source, metadata: { name: 'mesh', namespace: 'gitops' } });
  expect(first?.spec).toMatchObject({ ignore: '/*\n!/dist\n!/flux\n' });
  const { kind } = first ?? {};
  for (const spec of [second?.spec, ...kustomizations(delivery).values()]) {
    expect(spec).toMatchObject({ sourceRef: { kind, name: 'mesh' } });
  }
});

test('Secrets are decrypted after the namespaces and before Linkerd', () => {
  const specs = kustomizations(deliver({ decryptionSecret: 'sops-age' }));
  expect(specs.get('knitmesh-secrets')).toMatchObject({
    path: './flux/secrets',
    decryption: { provider: 'sops', secretRef: { name: 'sops-age' } },
    dependsOn: [{ name: 'knitmesh-namespaces' }],
  });
  expect(specs.get('knitmesh-linkerd')?.dependsOn).toContainEqual({ name: 'knitmesh-secrets' });
  expect([...specs.values()].filter(({ decryption }) => decryption !== undefined)).toHaveLength(1);
});

test('a project within a repository, with a dist/ an environment', () => {
  const objects = OBJECTS;
  const delivery = deliver({ url: 'https://git.example.com/a.git' }, objects, {
    dist: 'platform/dist/staging',
    folder: 'platform/flux/staging',
  });
  expect(kustomizations(delivery).get('knitmesh-crds')?.path).toBe('./platform/flux/staging/10-crds');
  expect(objectsIn(delivery, '10-crds/kustomization.yaml')).toMatchObject([
    { resources: ['../../../dist/staging/10-crds.yaml'] },
  ]);
  expect(objectsIn(delivery, 'cluster.yaml')[0]?.spec).toMatchObject({ ignore: '/*\n!/platform\n' });
});

test.each([{ dist: '../elsewhere' }, { folder: '../elsewhere' }, { folder: '.' }])(
  '%j is not in the repository',
  (paths) => {
    expect(() => deliver({}, OBJECTS, paths)).toThrow(/: is no folder of the repository /);
  },
);

test('every file says who wrote it', () => {
  for (const { text } of deliver({ url: 'https://git.example.com/a.git' }).files) {
    expect(text.startsWith(FLUX_FIRST_LINE)).toBe(true);
  }
});
