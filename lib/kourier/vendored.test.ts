import { App } from 'cdk8s';
import { collectObjects } from '../objects/collect';
import type { Json, Manifest, PlatformObject } from '../objects/manifest';
import { describeObject } from '../objects/manifest';
import { mistakesOf } from '../objects/mistakes';
import { Platform } from '../platform';
import { TemporaryRoot, VERSION } from '../releases/testing/temporary-root';
import { toYaml } from '../render/yaml';
import type { KourierProps } from './kourier';
import { kourier } from './kourier';

const edge = (name: string) => ({ name, namespace: 'kourier-system' });
const serving = (name: string) => ({ name, namespace: 'knative-serving' });
const core = (kind: string, metadata: object, rest: object = {}): Manifest =>
  ({ apiVersion: 'v1', kind, metadata, ...rest }) as Manifest;
const rbac = (kind: string): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name: 'net-kourier' },
  rules: [],
});
const deployment = (metadata: object, container: string): Manifest =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      selector: {},
      template: {
        spec: {
          containers: [
            { name: container, image: `example.com/${container}:${VERSION}`, env: [{ name: 'THEIRS', value: 'x' }] },
          ],
        },
      },
    },
  }) as unknown as Manifest;
const scaled = (apiVersion: string, kind: string, name: string, spec: object): Manifest =>
  ({ apiVersion, kind, metadata: edge(name), spec }) as unknown as Manifest;

/** A release in miniature. */
const OBJECTS: readonly Manifest[] = [
  core('Namespace', { name: 'kourier-system' }),
  core('ConfigMap', edge('kourier-bootstrap'), { data: { 'envoy-bootstrap.yaml': 'admin: everything' } }),
  core('ConfigMap', serving('config-kourier'), { data: { _example: 'an example' } }),
  core('ServiceAccount', serving('net-kourier')),
  ...['ClusterRole', 'ClusterRoleBinding'].map(rbac),
  deployment(serving('net-kourier-controller'), 'controller'),
  core('Service', serving('net-kourier-controller'), { spec: {} }),
  deployment(edge('3scale-kourier-gateway'), 'kourier-gateway'),
  ...['kourier', 'kourier-internal'].map((name) => core('Service', edge(name), { spec: {} })),
  scaled('autoscaling/v2', 'HorizontalPodAutoscaler', '3scale-kourier-gateway', { minReplicas: 1 }),
  scaled('policy/v1', 'PodDisruptionBudget', '3scale-kourier-gateway-pdb', { minAvailable: '80%' }),
];

let root: TemporaryRoot | undefined;
afterEach(() => {
  root?.remove();
});

function render(props?: KourierProps, objects = OBJECTS): Platform {
  root?.remove();
  const text = objects.map((object) => toYaml(object as Json)).join('---\n');
  root = new TemporaryRoot({ kourier: { 'kourier.yaml': { text } } });
  return new Platform(new App(), 'platform', {
    domain: 'example.com',
    ingress: kourier(props),
    releases: { networking: 'vendored', 'knative-serving': 'external', linkerd: 'external', 'linkerd-viz': 'external' },
    root: root.path,
  });
}

const ofKourier = (platform: Platform): PlatformObject[] =>
  collectObjects(platform).filter(({ phase }) => phase === '50-kourier');
const find = (objects: readonly PlatformObject[], described: string): Manifest | undefined =>
  objects.find(({ manifest }) => describeObject(manifest) === described)?.manifest;

test('each object is there once: the release’s, changed where it must be, and what the platform alone has', () => {
  const platform = render();
  const objects = ofKourier(platform).map(({ source, manifest }) => {
    const from = source.startsWith('vendor/') ? 'release' : 'platform';
    return `${from} ${describeObject(manifest)}`;
  });
  expect(objects.filter((object) => object.startsWith('platform')).sort()).toEqual([
    'platform Role knative-serving/net-kourier',
    'platform RoleBinding knative-serving/net-kourier',
    'platform ServiceAccount kourier-system/3scale-kourier-gateway',
  ]);
  expect(objects.filter((object) => object.startsWith('release'))).toHaveLength(OBJECTS.length - 1);
  expect(new Set(objects.map((object) => object.split(' ').slice(1).join(' '))).size).toBe(objects.length);
  expect(platform.networking.version).toBe(VERSION);
});

test('it is no more open than the embedded one', () => {
  const objects = ofKourier(render());
  const bootstrap = find(objects, 'ConfigMap kourier-system/kourier-bootstrap')?.data as Record<string, string>;
  expect(bootstrap['envoy-bootstrap.yaml']).toContain('path: /stats/prometheus');
  expect(JSON.stringify(find(objects, 'ClusterRole net-kourier'))).not.toContain('configmaps');
  expect(find(objects, 'PodDisruptionBudget kourier-system/3scale-kourier-gateway-pdb')?.spec).toMatchObject({
    maxUnavailable: 1,
  });
});

test('images are those of the release, and the options of the platform reach its objects', () => {
  const objects = ofKourier(
    render({
      service: { type: 'NodePort' },
      drainSeconds: 60,
      config: { trustedHops: 1 },
      replicas: { min: 2, max: 4 },
    }),
  );
  expect(find(objects, 'Deployment kourier-system/3scale-kourier-gateway')?.spec).toMatchObject({
    template: {
      spec: {
        terminationGracePeriodSeconds: 75,
        containers: [
          {
            image: `example.com/kourier-gateway:${VERSION}`,
            env: [
              { name: 'THEIRS', value: 'x' },
              { name: 'DRAIN_TIME_SECONDS', value: '60' },
            ],
          },
        ],
      },
    },
  });
  expect(find(objects, 'Service kourier-system/kourier')?.spec).toMatchObject({ type: 'NodePort' });
  expect(find(objects, 'ConfigMap knative-serving/config-kourier')?.data).toEqual({
    _example: 'an example',
    'trusted-hops-count': '1',
  });
  expect(find(objects, 'HorizontalPodAutoscaler kourier-system/3scale-kourier-gateway')?.spec).toMatchObject({
    minReplicas: 2,
  });
});

test('with a fixed number of gateways nothing scales them, and images that are given count', () => {
  const objects = ofKourier(render({ replicas: 5, image: 'a/envoy:1', controller: { image: 'a/kourier:1' } }));
  expect(objects.filter(({ manifest }) => manifest.kind === 'HorizontalPodAutoscaler')).toEqual([]);
  const images = [
    'Deployment kourier-system/3scale-kourier-gateway',
    'Deployment knative-serving/net-kourier-controller',
  ];
  expect(images.map((name) => /"image":"([^"]*)"/.exec(JSON.stringify(find(objects, name)))?.[1])).toEqual([
    'a/envoy:1',
    'a/kourier:1',
  ]);
  expect(find(objects, 'Deployment kourier-system/3scale-kourier-gateway')?.spec).toMatchObject({ replicas: 5 });
});

test('without settings config-kourier stays as it is in the release', () => {
  const objects = ofKourier(render());
  expect(find(objects, 'ConfigMap knative-serving/config-kourier')?.data).toEqual({ _example: 'an example' });
});

test('a release without what is hardened is a mistake', () => {
  const platform = render(
    {},
    OBJECTS.filter(({ metadata }) => metadata.name !== 'kourier-bootstrap'),
  );
  expect(mistakesOf(platform).map(({ message }) => message)).toEqual([
    expect.stringContaining(`kourier ${VERSION} has no such object`),
  ]);
});
