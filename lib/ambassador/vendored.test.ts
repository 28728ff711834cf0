import { App } from 'cdk8s';
import { collectObjects } from '../objects/collect';
import type { Json, Manifest, PlatformObject } from '../objects/manifest';
import { describeObject } from '../objects/manifest';
import { mistakesOf } from '../objects/mistakes';
import { Platform } from '../platform';
import { TemporaryRoot, VERSION } from '../releases/testing/temporary-root';
import { toYaml } from '../render/yaml';
import type { AmbassadorProps } from './ambassador';
import { ambassador } from './ambassador';

const metadata = { name: 'ambassador', namespace: 'ambassador' };
const service = (name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { ...metadata, name },
  spec: {},
});
const role = (name: string): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name },
  rules: [],
});
const ambassadorObject = (kind: string, name: string): Manifest => ({
  apiVersion: 'getambassador.io/v3alpha1',
  kind,
  metadata: { ...metadata, name },
  spec: {},
});

/** A release in miniature. */
const OBJECTS: readonly Manifest[] = [
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'hosts.getambassador.io' },
  },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
  ...['ambassador', 'ambassador-crd', 'ambassador-watch'].map(role),
  ...['ambassador', 'ambassador-admin'].map(service),
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      selector: {},
      template: { spec: { containers: [{ name: 'emissary-ingress', image: `example.com/emissary:${VERSION}` }] } },
    },
  },
  ambassadorObject('Module', 'ambassador'),
  ...['ambassador-http-listener', 'ambassador-https-listener'].map((name) => ambassadorObject('Listener', name)),
];

let root: TemporaryRoot | undefined;
afterEach(() => {
  root?.remove();
});

function render(props?: AmbassadorProps, objects = OBJECTS): Platform {
  const text = objects.map((object) => toYaml(object as Json)).join('---\n');
  root?.remove();
  root = new TemporaryRoot({ ambassador: { 'emissary.yaml': { text } } });
  return new Platform(new App(), 'platform', {
    domain: 'example.com',
    ingress: ambassador(props),
    releases: { networking: 'vendored', 'knative-serving': 'external', linkerd: 'external', 'linkerd-viz': 'external' },
    root: root.path,
  });
}

const ofAmbassador = (platform: Platform): PlatformObject[] =>
  collectObjects(platform).filter(({ phase }) => phase === '10-crds' || phase === '50-ambassador');

test("each object is there once, the release's where it has it, else the platform's", () => {
  const platform = render();
  expect(platform.components).toContainEqual({ name: 'ambassador', release: 'vendored', version: VERSION });
  const places = ofAmbassador(platform).map(
    ({ manifest, source }) => `${source.split('/', 1)[0] ?? ''} ${describeObject(manifest)}`,
  );
  expect(places).toEqual([
    'vendor CustomResourceDefinition hosts.getambassador.io',
    'vendor ServiceAccount ambassador/ambassador',
    'vendor ClusterRole ambassador',
    'vendor ClusterRole ambassador-crd',
    'vendor ClusterRole ambassador-watch',
    'vendor Service ambassador/ambassador',
    'vendor Service ambassador/ambassador-admin',
    'vendor Deployment ambassador/ambassador',
    'vendor Module ambassador/ambassador',
    'platform Service ambassador/ambassador-internal',
    'platform Host ambassador/any-example-com',
    'platform Host ambassador/any-svc',
    'platform Host ambassador/any-svc-cluster-local',
    'platform Listener ambassador/ambassador-http',
    'platform Listener ambassador/ambassador-internal',
    'platform PodDisruptionBudget ambassador/ambassador',
  ]);
});

test('the options of the platform reach the vendored Deployment and Service', () => {
  const objects = ofAmbassador(
    render({ replicas: 7, env: { MINE: 'x' }, drainSeconds: 20, service: { type: 'NodePort' } }),
  );
  const find = (kind: string): Manifest | undefined =>
    objects.find(({ manifest }) => manifest.kind === kind && manifest.metadata.name === 'ambassador')?.manifest;
  const containers = [
    {
      image: `example.com/emissary:${VERSION}`,
      lifecycle: { preStop: { sleep: { seconds: 20 } } },
      env: expect.arrayContaining([{ name: 'MINE', value: 'x' }]) as Json,
    },
  ];
  expect(find('Deployment')).toMatchObject({
    spec: { replicas: 7, template: { spec: { terminationGracePeriodSeconds: 50, containers } } },
  });
  expect(find('Service')).toMatchObject({ spec: { type: 'NodePort' } });
});

test('mistakes in options are told as for the embedded release', () => {
  expect(mistakesOf(render({ replicas: 0 })).map(({ message }) => message)).toEqual([
    expect.stringContaining('replicas: 0 is not a whole number'),
  ]);
});

test('a release without what is hardened is a mistake', () => {
  const [mistake] = mistakesOf(
    render(
      {},
      OBJECTS.filter(({ kind }) => kind !== 'Module'),
    ),
  );
  expect(mistake?.message).toContain(`ambassador ${VERSION} has no such object`);
});
