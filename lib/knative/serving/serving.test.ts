import { App } from 'cdk8s';
import { inventory } from '../../../testing/inventory';
import { Namespaces } from '../../namespaces';
import { collectObjects } from '../../objects/collect';
import type { Manifest } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import { mistakesOf, warningsOf } from '../../objects/mistakes';
import { Phase } from '../../objects/phase';
import type { Release } from '../../releases/release';
import { TemporaryRoot } from '../../releases/testing/temporary-root';
import type { KnativeServingSettings } from '../settings/settings';
import type { ServingOptions } from './serving';
import { addServing } from './serving';

let root: TemporaryRoot | undefined;
afterEach(() => {
  root?.remove();
});

function add(options?: ServingOptions, release: Release = 'embedded', settings: KnativeServingSettings = {}) {
  root?.remove();
  root = new TemporaryRoot();
  const app = new App();
  const namespaces = new Namespaces(app);
  const version = addServing(
    app,
    {
      crds: new Phase(app, 'crds'),
      config: new Phase(app, 'knative-config'),
      serving: new Phase(app, 'knative-serving'),
      namespaces,
      settings,
      values: {
        domain: 'example.com',
        networking: { name: 'layer', ingressClass: 'layer.ingress.networking.knative.dev', limits: {} },
      },
      podAnnotations: { 'viz.linkerd.io/tap-enabled': 'true' },
      root: root.path,
    },
    release,
    options,
  );
  const find = (description: string): Manifest | undefined =>
    collectObjects(app).find(({ manifest }) => describeObject(manifest) === description)?.manifest;
  return {
    app,
    version,
    find,
    namespace: namespaces.find('knative-serving')?.toJson() as Manifest,
    mistakes: () => mistakesOf(app).map(({ message }) => message),
  };
}

const ALL: Required<ServingOptions> = {
  highAvailability: true,
  hpaAutoscaler: true,
  postInstallJobs: true,
  imageRegistry: 'registry.example.com/gcr',
  components: { controller: { replicas: 2 } },
  pods: { annotations: { 'example.com/owner': 'platform' } },
  namespace: { mtls: 'required', proxy: { memoryLimit: '200Mi' }, labels: { team: 'serving' } },
};

test('with the least props', () => {
  const { app, version } = add();
  expect(version).toBe('1.23.0');
  expect(inventory(collectObjects(app))).toMatchSnapshot();
});

test('with all props', () => {
  expect(inventory(collectObjects(add(ALL).app))).toMatchSnapshot();
});

describe('its namespace', () => {
  test.each<[Release]>([['embedded'], ['vendored'], ['external']])(
    'is meshed, with a CPU request for the proxies, %s',
    (release) => {
      expect(add({}, release).namespace.metadata.annotations).toEqual({
        'linkerd.io/inject': 'enabled',
        'config.linkerd.io/proxy-cpu-request': '100m',
      });
    },
  );

  test.each<[Release]>([['embedded'], ['vendored'], ['external']])(
    'is as the user has it beyond that, %s',
    (release) => {
      const { labels, annotations } = add({ namespace: ALL.namespace }, release).namespace.metadata;
      expect(labels).toMatchObject({ team: 'serving', 'pod-security.kubernetes.io/enforce': 'privileged' });
      expect(annotations).toMatchObject({
        'config.linkerd.io/default-inbound-policy': 'all-authenticated',
        'config.linkerd.io/proxy-cpu-request': '100m',
        'config.linkerd.io/proxy-memory-limit': '200Mi',
      });
    },
  );
});

test("pods have the platform's annotations and the user's", () => {
  expect(add(ALL).find('Deployment knative-serving/activator')).toMatchObject({
    spec: {
      template: {
        metadata: { annotations: { 'viz.linkerd.io/tap-enabled': 'true', 'example.com/owner': 'platform' } },
      },
    },
  });
});

describe('a mirror of images', () => {
  const queueProxy = (settings?: KnativeServingSettings): unknown =>
    (
      add(ALL, 'embedded', settings).find('ConfigMap knative-serving/config-deployment')?.data as Record<string, string>
    )['queue-sidecar-image'];

  test("has the queue proxy's, too", () => {
    expect(queueProxy()).toMatch(/^registry\.example\.com\/gcr\/.*@sha256:/);
  });

  test('leaves it where the settings say it', () => {
    const queueSidecarImage = 'other.example.com/queue:v1.23.0';
    expect(queueProxy({ deployment: { queueSidecarImage } })).toBe(queueSidecarImage);
  });
});

describe('external', () => {
  test('leaves out everything but the namespace, and says what the ConfigMaps need', () => {
    const { app, version } = add({}, 'external');
    expect(version).toBeUndefined();
    expect(collectObjects(app).map(({ manifest }) => describeObject(manifest))).toEqual(['Namespace knative-serving']);
    const [warning] = warningsOf(app);
    expect(warning?.message).toMatch(/^releases\.knative-serving: is "external", so settings are not rendered/);
    expect(warning?.message).toContain('layer.ingress.networking.knative.dev');
  });
});

describe('vendored', () => {
  test('refuses what only the embedded release has', () => {
    const refused = add(ALL, 'vendored')
      .mistakes()
      .filter((message) => message.startsWith('knativeServing.'));
    expect(refused.map((message) => message.slice(0, message.indexOf(':')))).toEqual([
      'knativeServing.highAvailability',
      'knativeServing.imageRegistry',
      'knativeServing.components',
      'knativeServing.pods',
    ]);
  });

  test('looks for the release in the given folder', () => {
    expect(add({}, 'vendored').mistakes()).toEqual([
      expect.stringMatching(/^component: releases\.lock\.yaml has no "knative-serving"/),
    ]);
  });
});

test.each<[Release]>([['embedded'], ['vendored']])('settings are looked at, %s', (release) => {
  expect(add({}, release, { gc: { minNonActiveRevisions: -1 } }).mistakes()).toContain(
    'settings.gc.minNonActiveRevisions: -1 is not a whole number of at least 0',
  );
});
