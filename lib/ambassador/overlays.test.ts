import type { Manifest } from '../objects/manifest';
import type { Overlay } from '../releases/overlay';
import type { OwnObjects } from './overlays';
import { ambassadorOverlays } from './overlays';

const metadata = { name: 'ambassador', namespace: 'ambassador' };

const OWN: OwnObjects = {
  deployment: {
    metadata,
    spec: {
      replicas: 5,
      selector: { matchLabels: { of: 'ours' } },
      template: {
        metadata: { labels: { of: 'ours' }, annotations: { 'linkerd.io/inject': 'enabled' } },
        spec: {
          securityContext: { runAsNonRoot: true },
          containers: [
            {
              name: 'emissary-ingress',
              image: 'example.com/emissary:own',
              env: [
                { name: 'A', value: 'own' },
                { name: 'C', value: 'own' },
              ],
            },
          ],
        },
      },
    },
  },
  publicService: { metadata: { ...metadata, annotations: { cloud: 'own' } }, spec: { type: 'NodePort' } },
  adminService: { metadata, spec: { ports: [{ name: 'admin', port: 8877 }] } },
  module: { metadata, spec: { config: { diagnostics: { enabled: false } } } },
  rules: [{ apiGroups: ['getambassador.io'], resources: ['hosts'], verbs: ['get'] }],
};

const apply = (object: Manifest, image = false, own = OWN): Manifest | undefined => {
  const overlays: readonly Overlay[] = ambassadorOverlays(own, { image }).filter(({ selects }) => selects(object));
  expect(overlays).toHaveLength(1);
  return overlays.reduce<Manifest | undefined>(
    (manifest, { change }) => (manifest === undefined ? undefined : change?.(manifest)),
    object,
  );
};

const deployment: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: {
    replicas: 3,
    minReadySeconds: 9,
    selector: { matchLabels: { of: 'theirs' } },
    template: {
      metadata: { labels: { chart: 'theirs' }, annotations: { sum: 'theirs' } },
      spec: {
        dnsPolicy: 'ClusterFirst',
        securityContext: { runAsUser: 1 },
        containers: [
          {
            name: 'emissary-ingress',
            image: 'example.com/emissary:theirs',
            lifecycle: {},
            env: [
              { name: 'A', value: 'theirs' },
              { name: 'B', value: 'theirs' },
            ],
          },
        ],
      },
    },
  },
};

test("the Deployment keeps what the release alone says, and its selector and image; elsewhere the platform's counts", () => {
  expect(apply(deployment)?.spec).toEqual({
    replicas: 5,
    minReadySeconds: 9,
    selector: { matchLabels: { of: 'theirs' } },
    template: {
      metadata: {
        labels: { chart: 'theirs', of: 'ours' },
        annotations: { sum: 'theirs', 'linkerd.io/inject': 'enabled' },
      },
      spec: {
        dnsPolicy: 'ClusterFirst',
        securityContext: { runAsNonRoot: true },
        containers: [
          {
            name: 'emissary-ingress',
            image: 'example.com/emissary:theirs',
            lifecycle: {},
            env: [
              { name: 'A', value: 'own' },
              { name: 'B', value: 'theirs' },
              { name: 'C', value: 'own' },
            ],
          },
        ],
      },
    },
  });
});

test("an image that the platform was given is the Deployment's", () => {
  expect(JSON.stringify(apply(deployment, true))).toContain('example.com/emissary:own');
});

test('a Deployment without a container is refused', () => {
  const empty = { ...deployment, spec: { template: { spec: { containers: [] } } } };
  expect(() => apply(empty)).toThrow('it has no container');
});

test.each(['ambassador-http-listener', 'ambassador-https-listener'])(
  "%s, which takes everybody's Hosts, goes",
  (name) => {
    const listener = { apiVersion: 'getambassador.io/v3alpha1', kind: 'Listener', metadata: { ...metadata, name } };
    expect(apply(listener)).toBeUndefined();
  },
);

const role = (name: string, rest: object): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name },
  ...rest,
});
const service = (name: string, rest: object, labels = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { ...metadata, name, labels },
  ...rest,
});

test.each<[string, Manifest, object]>([
  [
    'the rules of an aggregated role are left to the controller',
    role('ambassador', { aggregationRule: {}, rules: [] }),
    role('ambassador', { aggregationRule: {} }),
  ],
  [
    'definitions are not deleted',
    role('ambassador-crd', { rules: [{ resources: ['x'], verbs: ['get', 'list', 'watch', 'delete'] }] }),
    role('ambassador-crd', { rules: [{ resources: ['x'], verbs: ['get', 'list', 'watch'] }] }),
  ],
  [
    'rights are those of the embedded release',
    role('ambassador-watch', { rules: [{ verbs: ['*'] }] }),
    role('ambassador-watch', { rules: OWN.rules }),
  ],
  [
    'Knative does not use the public Service, which has the options of the platform',
    service(
      'ambassador',
      { spec: { type: 'LoadBalancer', ports: [] } },
      { 'app.kubernetes.io/component': 'ambassador-service', a: 'b' },
    ),
    {
      ...service('ambassador', { spec: { type: 'NodePort', ports: [] } }),
      metadata: { ...metadata, labels: { a: 'b' }, annotations: { cloud: 'own' } },
    },
  ],
  [
    'the port for debugging is closed',
    service('ambassador-admin', { spec: { ports: [{ port: 8877 }, { port: 8005 }] } }),
    service('ambassador-admin', { spec: { ports: [{ name: 'admin', port: 8877 }] } }),
  ],
  [
    'the Module is the embedded one',
    {
      apiVersion: 'getambassador.io/v3alpha1',
      kind: 'Module',
      metadata,
      spec: { config: { diagnostics: { enabled: true } } },
    },
    { apiVersion: 'getambassador.io/v3alpha1', kind: 'Module', metadata, spec: OWN.module.spec },
  ],
])('%s', (_, given, expected) => {
  expect(apply(given)).toEqual(expected);
});

test('a public Service without annotations gets none', () => {
  const own = { ...OWN, publicService: { metadata } };
  expect(apply(service('ambassador', {}), false, own)?.metadata).not.toHaveProperty('annotations');
});
