import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App } from 'cdk8s';
import { Secret } from '../../imports/kubernetes';
import { readCheckSettings } from '../../cli/check-settings';
import { platformCheck } from '../../cli/platform-check';
import { ambassador } from '../../lib/ambassador/ambassador';
import { check } from '../../lib/check/check';
import { findingText } from '../../lib/check/output/text';
import { fluxDelivery } from '../../lib/gitops/flux';
import { fluxSettings } from '../../lib/gitops/flux-settings';
import { collectObjects } from '../../lib/objects/collect';
import type { Manifest, PlatformObject } from '../../lib/objects/manifest';
import { describeObject, objectKey } from '../../lib/objects/manifest';
import { mistakesOf, warningsOf } from '../../lib/objects/mistakes';
import type { PlatformProps } from '../../lib/platform';
import { Platform } from '../../lib/platform';
import { readDocuments } from '../../lib/releases/documents';
import { LOCK_FILE, projectRoot } from '../../lib/releases/project-root';
import { vendor } from '../../lib/releases/vendor';
import { filesOf as objectsInFiles, renderFiles } from '../../lib/render/files';
import { testWith, upstreamDir } from '../../testing/requirements';
import { vendoredPlatform } from './platform';
import { strings } from '../../lib/objects/json';

let root: string;
const withUpstream = process.env.UPSTREAM_DIR !== undefined;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'knitmesh-vendored-'));
  writeFileSync(join(root, LOCK_FILE), readFileSync(join(projectRoot(), LOCK_FILE)));
  cpSync(join(projectRoot(), 'certs'), join(root, 'certs'), { recursive: true });
  if (withUpstream) await vendor({ root, mirror: upstreamDir() });
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const platformWith = (props: Partial<PlatformProps>): Platform =>
  new Platform(new App(), 'platform', { domain: 'example.com', ingress: ambassador(), root, ...props });

/** The example's objects, rendered once. */
let rendered: PlatformObject[] | undefined;
const example = (): PlatformObject[] => (rendered ??= collectObjects(vendoredPlatform(root)));
const exampleFiles = (): Map<string, string> => new Map(renderFiles(example()).map(({ name, text }) => [name, text]));

const objectsOf = (platform: Platform): PlatformObject[] => collectObjects(platform);
const filesOf = (platform: Platform): Map<string, string> =>
  new Map(renderFiles(objectsOf(platform)).map(({ name, text }) => [name, text]));
const find = (objects: readonly PlatformObject[], described: string): Manifest | undefined =>
  objects.find(({ manifest }) => describeObject(manifest) === described)?.manifest;

test('without vendored files every one that is missing is told, with what to do, and nothing is written', () => {
  const empty = mkdtempSync(join(tmpdir(), 'knitmesh-vendored-'));
  try {
    writeFileSync(join(empty, LOCK_FILE), readFileSync(join(projectRoot(), LOCK_FILE)));
    cpSync(join(projectRoot(), 'certs'), join(empty, 'certs'), { recursive: true });
    const platform = vendoredPlatform(empty);
    expect(
      mistakesOf(platform)
        .map(({ message }) => message)
        .sort(),
    ).toEqual(
      [
        'ambassador/4.1.0/crds.yaml',
        'ambassador/4.1.0/emissary.yaml',
        'knative-serving/1.23.0/serving-core.yaml',
        'knative-serving/1.23.0/serving-crds.yaml',
        'linkerd-viz/edge-26.8.3/viz.yaml',
        'linkerd/edge-26.8.3/control-plane.yaml',
        'linkerd/edge-26.8.3/crds.yaml',
      ].map((file) => `vendor/${file} is missing: run npm run vendor`),
    );
    expect(() => collectObjects(platform)).toThrow('serving-core.yaml is missing');
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
});

testWith('UPSTREAM_DIR')('the whole platform is there: what each component has, once', () => {
  const platform = vendoredPlatform(root);
  const objects = objectsOf(platform);
  expect(warningsOf(platform)).toEqual([
    {
      where: 'platform/linkerd/identity',
      message: expect.stringMatching(/^certs: holds the sample, whose keys are gone/) as string,
    },
  ]);
  expect(platform.components).toEqual([
    expect.objectContaining({ name: 'gateway-api', release: 'external' }),
    { name: 'linkerd', release: 'vendored', version: 'edge-26.8.3' },
    { name: 'linkerd-viz', release: 'vendored', version: 'edge-26.8.3' },
    { name: 'knative-serving', release: 'vendored', version: '1.23.0' },
    { name: 'ambassador', release: 'vendored', version: '4.1.0' },
  ]);
  const count = (part: (object: PlatformObject) => boolean): number => objects.filter(part).length;
  const from = (component: string): number => count(({ source }) => source.startsWith(`vendor/${component}/`));
  // The Namespaces of Knative Serving and viz are the platform's.
  expect(from('knative-serving')).toBe(59 - 1);
  expect(from('linkerd')).toBe(10 + 36);
  expect(from('linkerd-viz')).toBe(50 - 1);
  // Two Listeners are the platform's.
  expect(from('ambassador')).toBe(14 + 11 - 2);
  expect(
    objects.filter(({ phase }) => phase === '00-namespaces').map(({ manifest }) => manifest.metadata.name),
  ).toEqual(['ambassador', 'default', 'knative-serving', 'linkerd', 'linkerd-viz']);
  expect(find(objects, 'Service default/helloworld-go')).toMatchObject({ apiVersion: 'serving.knative.dev/v1' });
  expect([...filesOf(platform).keys()]).toEqual([
    '00-namespaces.yaml',
    '10-crds.yaml',
    '20-linkerd.yaml',
    '30-linkerd-viz.yaml',
    '40-knative-config.yaml',
    '45-knative-serving.yaml',
    '50-ambassador.yaml',
    '60-services.yaml',
  ]);
});

/** The vendored objects that overlays change: all others are written as they came. */
const CHANGED = [
  'ConfigMap linkerd/linkerd-config',
  'ConfigMap linkerd/linkerd-identity-trust-roots',
  'Deployment linkerd/linkerd-destination',
  'Deployment linkerd/linkerd-identity',
  'Deployment linkerd/linkerd-proxy-injector',
  'MutatingWebhookConfiguration linkerd-proxy-injector-webhook-config',
  'ValidatingWebhookConfiguration linkerd-sp-validator-webhook-config',
  'ValidatingWebhookConfiguration linkerd-policy-validator-webhook-config',
  'APIService v1alpha1.tap.linkerd.io',
  'MutatingWebhookConfiguration linkerd-tap-injector-webhook-config',
  'ConfigMap knative-serving/config-autoscaler',
  'ConfigMap knative-serving/config-certmanager',
  'ConfigMap knative-serving/config-defaults',
  'ConfigMap knative-serving/config-deployment',
  'ConfigMap knative-serving/config-domain',
  'ConfigMap knative-serving/config-features',
  'ConfigMap knative-serving/config-gc',
  'ConfigMap knative-serving/config-leader-election',
  'ConfigMap knative-serving/config-logging',
  'ConfigMap knative-serving/config-network',
  'ConfigMap knative-serving/config-observability',
  'ConfigMap knative-serving/config-tracing',
  'PodDisruptionBudget knative-serving/activator-pdb',
  'Deployment knative-serving/activator',
  'Deployment knative-serving/autoscaler',
  'Deployment knative-serving/controller',
  'PodDisruptionBudget knative-serving/webhook-pdb',
  'Deployment knative-serving/webhook',
  'MutatingWebhookConfiguration webhook.serving.knative.dev',
  'ValidatingWebhookConfiguration validation.webhook.serving.knative.dev',
  'ClusterRole ambassador',
  'ClusterRole ambassador-crd',
  'ClusterRole ambassador-watch',
  'Service ambassador/ambassador-admin',
  'Service ambassador/ambassador',
  'Deployment ambassador/ambassador',
  'Module ambassador/ambassador',
];

testWith('UPSTREAM_DIR')('documents that no overlay touches are byte for byte those of their files', () => {
  const objects = example();
  const untouched = objects.filter(({ text }) => text !== undefined);
  const files = exampleFiles();
  for (const { source, text = '', phase } of untouched) {
    const [file = ''] = source.split(':');
    expect(readFileSync(join(root, file), 'utf8')).toContain(text);
    expect(files.get(`${phase}.yaml`)).toContain(text);
  }
  const changed = objects.filter(({ source, text }) => source.startsWith('vendor/') && text === undefined);
  expect(changed.map(({ manifest }) => describeObject(manifest))).toEqual(CHANGED);
  expect(untouched).toHaveLength(58 + 46 + 49 + 23 - changed.length);
});

testWith('UPSTREAM_DIR', 'kubectl')(
  'kubectl reads every document of every file, and reads in it what was meant',
  () => {
    const objects = example();
    const folder = mkdtempSync(join(tmpdir(), 'knitmesh-dist-'));
    try {
      for (const { name, text } of renderFiles(objects)) {
        const file = join(folder, name);
        writeFileSync(file, text);
        const args = ['label', '--local', '--overwrite', '-f', file, 'read=true', '-o', 'jsonpath={@}{"\\n"}'];
        const lines = execFileSync('kubectl', args, { encoding: 'utf8', maxBuffer: 1e8 }).trim().split('\n');
        const meant = objects.filter(({ phase }) => `${phase}.yaml` === name).map(({ manifest }) => manifest);
        const labelled = meant.map(({ metadata, ...rest }) => ({
          ...rest,
          metadata: { ...metadata, labels: { ...strings(metadata.labels), read: 'true' } },
        }));
        expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(labelled);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

testWith('UPSTREAM_DIR', 'kubectl')('Flux builds each object of it once from the files as they are', () => {
  const objects = example();
  const folder = mkdtempSync(join(tmpdir(), 'knitmesh-flux-'));
  try {
    const paths = { root: folder, dist: join(folder, 'dist'), folder: join(folder, 'flux') };
    const { files, kustomizations } = fluxDelivery(objectsInFiles(objects), fluxSettings({}), paths);
    for (const { name, text } of [
      ...files.map((file) => ({ ...file, name: join('flux', file.name) })),
      ...renderFiles(objects).map((file) => ({ ...file, name: join('dist', file.name) })),
    ]) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const built = kustomizations.flatMap(({ path }) => {
      const args = ['kustomize', '--load-restrictor', 'LoadRestrictionsNone', join(folder, path)];
      return readDocuments(execFileSync('kubectl', args, { encoding: 'utf8', maxBuffer: 1e8 }), path).documents;
    });
    const keys = (all: readonly { readonly manifest: Manifest }[]): string[] =>
      all.map(({ manifest }) => objectKey(manifest)).sort();
    expect(keys(built)).toEqual(keys(objects));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

testWith('UPSTREAM_DIR')('no object is too large for client-side apply', () => {
  const sizes = example().map(({ manifest }) => Buffer.byteLength(JSON.stringify(manifest)));
  expect(Math.max(...sizes)).toBeLessThan(262_144);
});

testWith('UPSTREAM_DIR')('the same bytes twice, and from another working folder', () => {
  const first = exampleFiles();
  expect(filesOf(vendoredPlatform(root))).toEqual(first);
  const before = process.cwd();
  try {
    process.chdir(tmpdir());
    expect(filesOf(vendoredPlatform(root))).toEqual(first);
  } finally {
    process.chdir(before);
  }
});

testWith('UPSTREAM_DIR')("Knative Serving's settings, budgets and webhooks are the platform's", () => {
  const objects = example();
  const config = (name: string): unknown => find(objects, `ConfigMap knative-serving/${name}`)?.data;
  expect(config('config-domain')).toEqual({ 'example.com': '' });
  expect(config('config-network')).toEqual({
    'ingress-class': 'ambassador.ingress.networking.knative.dev',
    'mesh-compatibility-mode': 'disabled',
  });
  expect(Object.keys(config('config-deployment') as object)).toEqual(['queue-sidecar-image']);
  const configMaps = exampleFiles().get('40-knative-config.yaml') ?? '';
  expect(configMaps).not.toMatch(/_example|example-checksum|\$\{|data: \{\}/);
  for (const name of ['activator-pdb', 'webhook-pdb']) {
    expect(find(objects, `PodDisruptionBudget knative-serving/${name}`)?.spec).toMatchObject({ maxUnavailable: 1 });
    expect(find(objects, `PodDisruptionBudget knative-serving/${name}`)?.spec).not.toHaveProperty('minAvailable');
  }
  for (const name of ['activator', 'webhook']) {
    expect(find(objects, `Deployment knative-serving/${name}`)?.spec).not.toHaveProperty('replicas');
  }
  expect(find(objects, 'Secret knative-serving/webhook-certs')).not.toHaveProperty('data');
  expect(JSON.stringify(find(objects, 'MutatingWebhookConfiguration webhook.serving.knative.dev'))).not.toContain(
    'caBundle',
  );
  expect(find(objects, 'Namespace knative-serving')?.metadata).toMatchObject({
    labels: { 'app.kubernetes.io/version': '1.23.0' },
    annotations: { 'linkerd.io/inject': 'enabled' },
  });
});

testWith('UPSTREAM_DIR')('the check finds nothing in what is vendored, besides what its files are known for', () => {
  const withAll = platformWith({
    releases: { 'knative-serving': 'vendored' },
    knativeServing: { hpaAutoscaler: true, postInstallJobs: true },
  });
  const settings = readCheckSettings(join(projectRoot(), 'check.yaml'));
  const found = (objects: readonly PlatformObject[]): string[] =>
    check(objects, platformCheck('', withAll, settings)).findings.map(findingText);
  expect([...found(example()), ...found(objectsOf(withAll))]).toEqual([]);
});

testWith('UPSTREAM_DIR')('the autoscaler for CPU and the Jobs of an upgrade come when asked for', () => {
  const objects = objectsOf(
    platformWith({
      releases: { 'knative-serving': 'vendored' },
      knativeServing: { hpaAutoscaler: true, postInstallJobs: true },
    }),
  );
  expect(find(objects, 'Deployment knative-serving/autoscaler-hpa')).toBeDefined();
  for (const name of ['storage-version-migration-serving-1.23.0', 'cleanup-serving-1.23.0']) {
    expect(find(objects, `Job knative-serving/${name}`)?.spec).not.toHaveProperty('ttlSecondsAfterFinished');
    expect(find(objects, `Job knative-serving/${name}`)?.metadata).not.toHaveProperty('generateName');
  }
});

testWith('UPSTREAM_DIR')("Linkerd is of the platform's CA everywhere, and pods are born meshed", () => {
  const files = exampleFiles();
  const linkerd = (files.get('20-linkerd.yaml') ?? '') + (files.get('30-linkerd-viz.yaml') ?? '');
  const values = readFileSync(join(upstreamDir(), 'linkerd/edge-26.8.3/control-plane.yaml'), 'utf8');
  const theirs = /trust-root-sha256: (\w+)/.exec(values)?.[1] ?? 'none';
  const [theirBundle = 'none'] = /LS0tLS1CRUdJTi\S+/.exec(values) ?? [];
  const [theirLine = 'none'] = /MII\S+/.exec(values) ?? [];
  expect(values).toContain(theirBundle);
  for (const foreign of [theirs, theirBundle, theirLine]) expect(linkerd).not.toContain(foreign);
  const objects = example();
  expect(find(objects, 'Deployment linkerd/linkerd-proxy-injector')?.spec).toMatchObject({ replicas: 2 });
  const meshed = { operator: 'In', values: ['ambassador', 'default', 'knative-serving', 'linkerd-viz'] };
  expect(
    find(objects, 'MutatingWebhookConfiguration linkerd-proxy-injector-meshed-namespaces')?.webhooks,
  ).toMatchObject([
    { failurePolicy: 'Fail', namespaceSelector: { matchExpressions: [{}, meshed] } },
    { failurePolicy: 'Ignore', namespaceSelector: { matchExpressions: [{}, meshed] } },
  ]);
  expect(find(objects, 'MutatingWebhookConfiguration linkerd-proxy-injector-webhook-config')?.webhooks).toMatchObject([
    { failurePolicy: 'Ignore', namespaceSelector: { matchExpressions: [{}, {}, { operator: 'NotIn' }] } },
  ]);
});

testWith('UPSTREAM_DIR')("the networks of callers without an identity are the platform's in Linkerd and viz", () => {
  const objects = objectsOf(
    platformWith({
      releases: { linkerd: 'vendored', 'linkerd-viz': 'vendored' },
      mtls: 'required',
      nodeNetworks: ['10.0.1.0/24'],
      apiServerNetworks: ['10.0.0.0/24'],
    }),
  );
  const linkerd = JSON.stringify(
    objects.filter(({ phase }) => phase === '20-linkerd' || phase === '30-linkerd-viz').map(({ manifest }) => manifest),
  );
  expect(linkerd).not.toContain('0.0.0.0/0');
  expect(linkerd).toContain('"--probe-networks=10.0.1.0/24,10.0.0.0/24"');
  const networks = (name: string): unknown => find(objects, `NetworkAuthentication linkerd-viz/${name}`)?.spec;
  expect(networks('kubelet')).toEqual({ networks: [{ cidr: '10.0.1.0/24' }] });
  expect(networks('kube-api-server')).toEqual({ networks: [{ cidr: '10.0.0.0/24' }] });
});

testWith('UPSTREAM_DIR')("explicit nulls of Linkerd's Deployments are kept", () => {
  const { documents } = readDocuments(
    readFileSync(join(root, 'vendor/linkerd/edge-26.8.3/control-plane.yaml'), 'utf8'),
    'f',
  );
  const nulls = (value: unknown): number =>
    value === null
      ? 1
      : typeof value === 'object'
        ? Object.values(value).reduce<number>((sum, one) => sum + nulls(one), 0)
        : 0;
  const objects = example();
  const deployments = documents.filter(({ manifest }) => manifest.kind === 'Deployment');
  expect(deployments).toHaveLength(3);
  for (const { manifest } of deployments) {
    expect(nulls(manifest)).toBeGreaterThan(0);
    expect(nulls(find(objects, describeObject(manifest)))).toBe(nulls(manifest));
  }
});

testWith('UPSTREAM_DIR')('Ambassador is as closed as the embedded one', () => {
  const objects = example();
  const embedded = objectsOf(platformWith({}));
  for (const described of [
    'Service ambassador/ambassador-admin',
    'Service ambassador/ambassador',
    'Module ambassador/ambassador',
  ]) {
    expect(find(objects, described)?.spec).toEqual(find(embedded, described)?.spec);
  }
  const own = objects
    .filter(({ source }) => source.startsWith('platform/networking/'))
    .map(({ manifest }) => describeObject(manifest));
  expect(own).toEqual([
    'Service ambassador/ambassador-internal',
    'Host ambassador/any-default',
    'Host ambassador/any-example-com',
    'Host ambassador/any-svc',
    'Host ambassador/any-svc-cluster-local',
    'Listener ambassador/ambassador-http',
    'Listener ambassador/ambassador-internal',
    'PodDisruptionBudget ambassador/ambassador',
  ]);
  const rights = objects.filter(
    ({ manifest }) => manifest.kind === 'ClusterRole' && manifest.metadata.name?.startsWith('ambassador'),
  );
  expect(JSON.stringify(rights)).not.toMatch(/"(delete|create|patch|\*)"/);
  expect(find(objects, 'ClusterRole ambassador')).not.toHaveProperty('rules');
  expect(find(objects, 'Service ambassador/ambassador')?.metadata.labels).not.toHaveProperty(
    'app.kubernetes.io/component',
  );
});

testWith('UPSTREAM_DIR')('an overlay for another version than the one that is there is a mistake that names it', () => {
  const platform = platformWith({ releases: { 'knative-serving': 'vendored' } });
  const core = join(root, 'vendor/knative-serving/1.23.0/serving-core.yaml');
  const original = readFileSync(core);
  try {
    expect(() => collectObjects(platform)).not.toThrow();
    // Of the same size, so that the lock's sum is what is looked at next.
    writeFileSync(core, original.toString().replaceAll('activator-pdb', 'activator-xyz'));
    expect(() => collectObjects(platformWith({ releases: { 'knative-serving': 'vendored' } }))).toThrow(
      /serving-core\.yaml has the SHA-256 \w+, releases\.lock\.yaml says \w+: run npm run vendor/,
    );
    const lock = join(root, LOCK_FILE);
    const pinned = readFileSync(lock, 'utf8');
    writeFileSync(lock, pinned.replace(/^ +(size|sha256): .*\n/gm, ''));
    expect(() => collectObjects(platformWith({ releases: { 'knative-serving': 'vendored' } }))).toThrow(
      'platform/knative-serving/release: overlay of PodDisruptionBudget knative-serving/activator-pdb (80 % of one replica is one, so that no node with it could be drained): knative-serving 1.23.0 has no such object: adapt the overlay to this version',
    );
    writeFileSync(lock, pinned);
  } finally {
    writeFileSync(core, original);
  }
});

testWith('UPSTREAM_DIR')(
  'a release that another folder of the lock names is rendered too: Knative Serving 1.22.1',
  async () => {
    const other = mkdtempSync(join(tmpdir(), 'knitmesh-vendored-'));
    try {
      writeFileSync(join(other, LOCK_FILE), readFileSync(join(projectRoot(), LOCK_FILE)));
      await vendor({ root: other, mirror: upstreamDir(), versions: { 'knative-serving': '1.22.1' } });
      expect(readdirSync(join(other, 'vendor/knative-serving'))).toEqual(['1.22.1']);
      const releases = { 'knative-serving': 'vendored', linkerd: 'external', 'linkerd-viz': 'external' } as const;
      const platform = platformWith({ root: other, releases });
      expect(objectsOf(platform).filter(({ source }) => source.startsWith('vendor/'))).toHaveLength(58);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  },
);

testWith('UPSTREAM_DIR')(
  'what is declared beside a vendored object of the same name is a mistake that names both places',
  () => {
    const platform = vendoredPlatform(root);
    new Secret(platform.services, 'mine', { metadata: { name: 'webhook-certs', namespace: 'knative-serving' } });
    expect(() => collectObjects(platform)).toThrow(
      /platform\/services\/mine: Secret knative-serving\/webhook-certs is declared already by vendor\/knative-serving\/1\.23\.0\/serving-core\.yaml:\d+/,
    );
  },
);
