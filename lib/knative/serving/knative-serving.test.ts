import { App } from 'cdk8s';
import { inventory } from '../../../testing/inventory';
import { collectObjects } from '../../objects/collect';
import type { Manifest, PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import { Phase } from '../../objects/phase';
import type { KnativeServingOptions, KnativeServingProps } from './knative-serving';
import { KnativeServing } from './knative-serving';
import type { AutoscaledComponentOptions, ComponentsOptions, FixedComponentOptions, PodOptions } from './options';
import type { WebhookRule } from './webhook-rules';

const NAMESPACE = 'knative-serving';

const render = (options: KnativeServingOptions = {}, namespace = NAMESPACE): PlatformObject[] => {
  const app = new App();
  const phases = {
    crds: new Phase(app, 'crds'),
    config: new Phase(app, 'knative-config'),
    serving: new Phase(app, 'knative-serving'),
  };
  new KnativeServing(app, 'serving', { phases, namespace, ...options });
  return collectObjects(app);
};

const find = (objects: PlatformObject[], object: string): Manifest | undefined =>
  objects.find(({ manifest }) => describeObject(manifest) === object)?.manifest;

const names = (objects: PlatformObject[]): string[] => objects.map(({ manifest }) => describeObject(manifest));

const RESOURCES = { requests: { cpu: '200m', memory: '100Mi' }, limits: { cpu: 1, memory: '1Gi' } };
const FIXED: Required<FixedComponentOptions> = { replicas: 2, resources: RESOURCES };
const AUTOSCALED: Required<AutoscaledComponentOptions> = { minReplicas: 2, maxReplicas: 4, resources: RESOURCES };
const COMPONENTS: Required<ComponentsOptions> = {
  activator: AUTOSCALED,
  autoscaler: FIXED,
  'autoscaler-hpa': FIXED,
  controller: FIXED,
  webhook: AUTOSCALED,
};
const PODS: Required<PodOptions> = {
  labels: { team: 'blue' },
  annotations: { 'example.com/owner': 'blue@example.com' },
  nodeSelector: { 'kubernetes.io/os': 'linux' },
  tolerations: [{ key: 'system', operator: 'Exists', effect: 'NoSchedule' }],
};
const ALL: Required<Omit<KnativeServingProps, 'phases' | 'namespace'>> = {
  highAvailability: true,
  hpaAutoscaler: true,
  postInstallJobs: true,
  imageRegistry: 'registry.example.com/gcr',
  components: COMPONENTS,
  pods: PODS,
};

const WORKLOADS = ['activator', 'autoscaler', 'autoscaler-hpa', 'controller', 'webhook'];
test('with the least props', () => {
  expect(inventory(render())).toMatchSnapshot();
});

test('with all props', () => {
  expect(inventory(render(ALL))).toMatchSnapshot();
});

test('a Deployment with all props, in full', () => {
  expect(find(render(ALL), 'Deployment knative-serving/activator')).toMatchSnapshot();
});

describe('what a cluster fills in is not rendered', () => {
  const objects = render({ hpaAutoscaler: true });

  test('certificates of the webhook', () => {
    expect(find(objects, 'Secret knative-serving/webhook-certs')).not.toHaveProperty('data');
    expect(JSON.stringify(objects)).not.toContain('caBundle');
  });

  test('rules of aggregated roles', () => {
    const aggregated = objects.filter(({ manifest }) => 'aggregationRule' in manifest);
    expect(aggregated).toHaveLength(2);
    for (const { manifest } of aggregated) expect(manifest).not.toHaveProperty('rules');
  });

  test.each(['activator', 'webhook'])('how many pods of %s run, which an HPA decides', (name) => {
    expect(find(objects, `Deployment knative-serving/${name}`)?.spec).not.toHaveProperty('replicas');
    expect(find(objects, `HorizontalPodAutoscaler knative-serving/${name}`)).toMatchObject({
      spec: { scaleTargetRef: { kind: 'Deployment', name } },
    });
  });

  test('the namespace and the ConfigMaps, which others declare', () => {
    expect(objects.filter(({ manifest }) => ['Namespace', 'ConfigMap'].includes(manifest.kind))).toEqual([]);
  });
});

test('a disruption budget lets one pod go even where a single one runs', () => {
  const budgets = render().filter(({ manifest }) => manifest.kind === 'PodDisruptionBudget');
  expect(budgets.map(({ manifest }) => manifest.spec)).toEqual([
    { maxUnavailable: 1, selector: { matchLabels: { app: 'activator' } } },
    { maxUnavailable: 1, selector: { matchLabels: { app: 'webhook' } } },
  ]);
});

test('every Service finds the pods of its Deployment', () => {
  const objects = render({ hpaAutoscaler: true });
  for (const name of WORKLOADS) {
    const service = find(objects, `Service knative-serving/${name === 'activator' ? 'activator-service' : name}`);
    const deployment = find(objects, `Deployment knative-serving/${name}`);
    const { selector } = service?.spec as { selector: Record<string, string> };
    expect(deployment).toMatchObject({ spec: { template: { metadata: { labels: selector } } } });
  }
});

test('high availability runs three of each component, spreads them and lets drains take one at a time', () => {
  const objects = render({ highAvailability: true, hpaAutoscaler: true });
  for (const name of ['autoscaler', 'autoscaler-hpa', 'controller']) {
    expect(find(objects, `Deployment knative-serving/${name}`)).toMatchObject({ spec: { replicas: 3 } });
  }
  for (const [name, maxReplicas] of [
    ['activator', 20],
    ['webhook', 5],
  ] as const) {
    const autoscaler = find(objects, `HorizontalPodAutoscaler knative-serving/${name}`);
    expect(autoscaler).toMatchObject({ spec: { minReplicas: 3, maxReplicas } });
  }
  for (const name of WORKLOADS) {
    expect(find(objects, `PodDisruptionBudget knative-serving/${name}-pdb`)).toMatchObject({
      spec: { maxUnavailable: 1 },
    });
    expect(find(objects, `Deployment knative-serving/${name}`)).toMatchObject({
      spec: {
        template: {
          spec: {
            topologySpreadConstraints: [
              { topologyKey: 'topology.kubernetes.io/zone', labelSelector: { matchLabels: { app: name } } },
              { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: name } } },
            ],
          },
        },
      },
    });
  }
});

test('numbers and resources of a component count before those of high availability', () => {
  const objects = render(ALL);
  expect(find(objects, 'Deployment knative-serving/controller')).toMatchObject({
    spec: { replicas: 2, template: { spec: { containers: [{ resources: RESOURCES }] } } },
  });
  expect(find(objects, 'HorizontalPodAutoscaler knative-serving/webhook')).toMatchObject({
    spec: { minReplicas: 2, maxReplicas: 4 },
  });
});

test('every image moves to another registry, and keeps its digest', () => {
  const options = { hpaAutoscaler: true, postInstallJobs: true };
  const images = (all: PlatformObject[]): string[] => JSON.stringify(all).match(/[^"]+@sha256:[0-9a-f]{64}/g) ?? [];
  const released = images(render(options));
  expect(released).toHaveLength(8);
  expect(images(render({ ...options, imageRegistry: 'r.example/gcr' }))).toEqual(
    released.map((image) => image.replace(/^gcr\.io/, 'r.example/gcr')),
  );
});

test('what all pods have goes to Jobs too, beside what Serving says of them', () => {
  const objects = render({ hpaAutoscaler: true, postInstallJobs: true, pods: PODS });
  const workloads = objects.filter(({ manifest }) => ['Deployment', 'Job'].includes(manifest.kind));
  expect(workloads).toHaveLength(WORKLOADS.length + 2);
  for (const { manifest } of workloads) {
    expect(manifest).toMatchObject({
      spec: {
        template: {
          metadata: {
            labels: { ...PODS.labels, 'app.kubernetes.io/name': 'knative-serving' },
            annotations: PODS.annotations,
          },
          spec: { nodeSelector: PODS.nodeSelector, tolerations: PODS.tolerations },
        },
      },
    });
  }
});

test('the autoscaler by CPU and memory is an option', () => {
  expect(names(render()).filter((name) => name.includes('autoscaler-hpa'))).toEqual([]);
  expect(names(render({ hpaAutoscaler: true })).filter((name) => name.includes('autoscaler-hpa'))).toEqual([
    'Service knative-serving/autoscaler-hpa',
    'Deployment knative-serving/autoscaler-hpa',
  ]);
});

test('the Jobs of an upgrade are an option; they are named by the version and stay', () => {
  expect(names(render()).filter((name) => name.startsWith('Job '))).toEqual([]);
  const jobs = render({ postInstallJobs: true }).filter(({ manifest }) => manifest.kind === 'Job');
  expect(names(jobs)).toEqual([
    'Job knative-serving/cleanup-serving-1.23.0',
    'Job knative-serving/storage-version-migration-serving-1.23.0',
  ]);
  for (const { manifest } of jobs) expect(manifest.spec).not.toHaveProperty('ttlSecondsAfterFinished');
});

test('another namespace is in all that names one', () => {
  const objects = render({ ...ALL, highAvailability: false }, 'serverless');
  expect(JSON.stringify(objects.map(({ manifest }) => manifest))).not.toMatch(/"namespace":"knative-serving"/);
  expect(find(objects, 'MutatingWebhookConfiguration webhook.serving.knative.dev')).toMatchObject({
    webhooks: [{ clientConfig: { service: { name: 'webhook', namespace: 'serverless' } } }],
  });
});

test.each<[KnativeServingOptions, string]>([
  [
    { imageRegistry: 'my mirror' },
    'imageRegistry: "my mirror" is not a registry: write its host and where needed a port and a path, for example "registry.example.com/gcr"',
  ],
  [
    { components: { controller: { replicas: 0 } } },
    'components.controller.replicas: 0 is not a whole number of at least 1',
  ],
  [
    { components: { activator: { minReplicas: 1.5 } } },
    'components.activator.minReplicas: 1.5 is not a whole number of at least 1',
  ],
  [
    { components: { webhook: { maxReplicas: 0 } } },
    'components.webhook.maxReplicas: 0 is not a whole number of at least 1',
  ],
  [
    { highAvailability: true, components: { webhook: { maxReplicas: 2 } } },
    'components.webhook.maxReplicas: 2 is less than minReplicas, 3: raise it, or lower minReplicas',
  ],
  [
    { components: { activator: { resources: { limits: { cpu: 1 } } } } },
    'components.activator.resources.requests.cpu: missing, and pods are added by how much of it they use: write for example "300m"',
  ],
  [
    { components: { autoscaler: { resources: { requests: { memory: '100 MB' } } } } },
    'components.autoscaler.resources.requests.memory: "100 MB" is not a quantity: write for example "200m" of CPU or "300Mi" of memory',
  ],
  [
    { components: { autoscaler: { resources: { requests: { cpu: 2 }, limits: { cpu: '500m' } } } } },
    'components.autoscaler.resources.requests.cpu: 2 is more than the limit "500m": lower it, or raise the limit',
  ],
  [
    { components: { 'autoscaler-hpa': { replicas: 2 } } },
    'components.autoscaler-hpa: it is not installed: set hpaAutoscaler: true, or leave this out',
  ],
  [{ pods: { labels: { app: 'mine' } } }, `pods.labels: "app" is Serving's own: use another key`],
  [
    { pods: { labels: { team: 'blue & red' } } },
    `pods.labels.team: "blue & red" is not the value of a label: use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends`,
  ],
  [
    { pods: { nodeSelector: { 'disk type': 'ssd' } } },
    `pods.nodeSelector: "disk type" is not the key of a label or annotation: write at most 63 letters, digits, '-', '_' and '.', where wanted behind a domain and '/', for example "example.com/team"`,
  ],
  [
    { pods: { annotations: { '/owner': 'blue' } } },
    `pods.annotations: "/owner" is not the key of a label or annotation: write at most 63 letters, digits, '-', '_' and '.', where wanted behind a domain and '/', for example "example.com/team"`,
  ],
])('refuses %j', (options, message) => {
  expect(() => render(options)).toThrow(`serving: ${message}`);
});

test('nothing that the webhook is asked about is in its own phase, or else its repair would wait for it', () => {
  const objects = render();
  const webhooks = objects.flatMap(
    ({ manifest }) => (manifest.webhooks ?? []) as unknown as readonly { readonly rules: readonly WebhookRule[] }[],
  );
  const guarded = new Set(webhooks.flatMap(({ rules }) => rules.flatMap(({ apiGroups }) => apiGroups)));
  expect(guarded).toContain('networking.internal.knative.dev');
  const phases = objects
    .filter(({ manifest: { apiVersion } }) => guarded.has(apiVersion.split('/')[0] ?? ''))
    .map(({ phase, manifest }) => `${phase} ${describeObject(manifest)}`);
  expect(phases).toEqual(['40-knative-config Certificate knative-serving/routing-serving-certs']);
});

test('refuses a namespace that is none', () => {
  expect(() => render({}, 'Knative')).toThrow('serving: namespace: "Knative" is not a DNS label');
});
