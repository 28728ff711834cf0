import type { Manifest } from '../../objects/manifest';
import type { Overlay } from '../../releases/overlay';
import { postInstallJobsOverlay, servingOverlays } from './overlays';
import { expandedRules } from './webhook-rules';

const apply = (overlays: readonly Overlay[], object: Manifest): Manifest =>
  overlays
    .filter(({ selects }) => selects(object))
    .reduce((manifest, { change }) => change?.(manifest) ?? manifest, object);

const configMap = (name: string, data: Record<string, string>, annotations: Record<string, string> = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name,
    namespace: 'knative-serving',
    annotations: { 'knative.dev/example-checksum': '1', ...annotations },
  },
  data: { _example: 'a: ${B}', ...data },
});

test('settings reach their ConfigMap, and its example goes with its checksum', () => {
  const overlays = servingOverlays({ 'config-network': { 'ingress-class': 'x' }, 'config-gc': {} });
  expect(apply(overlays, configMap('config-network', { kept: 'y' }, { other: 'z' }))).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config-network', namespace: 'knative-serving', annotations: { other: 'z' } },
    data: { kept: 'y', 'ingress-class': 'x' },
  });
});

test('a ConfigMap that has nothing but an example has no data, nor annotations, after it', () => {
  expect(apply(servingOverlays({ 'config-gc': {} }), configMap('config-gc', {}))).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config-gc', namespace: 'knative-serving' },
  });
});

test('a ConfigMap without settings needs no overlay of its own', () => {
  const targets = servingOverlays({ 'config-gc': {}, 'config-network': { a: 'b' } }).map(({ target }) => target);
  expect(targets).toContain('ConfigMap knative-serving/config-network');
  expect(targets).not.toContain('ConfigMap knative-serving/config-gc');
});

test.each(['activator-pdb', 'webhook-pdb'])('%s lets one pod go', (name) => {
  const budget: Manifest = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'knative-serving' },
    spec: { minAvailable: '80%', selector: { matchLabels: { app: name } } },
  };
  expect(apply(servingOverlays({}), budget)).toEqual({
    ...budget,
    spec: { maxUnavailable: 1, selector: { matchLabels: { app: name } } },
  });
});

const rules = [{ apiGroups: ['*'], resources: expandedRules([]).flatMap(({ resources }) => [...resources]) }];
const webhook = (kind: string, name: string, changes = {}): Manifest => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind,
  metadata: { name },
  webhooks: [{ name, clientConfig: { service: { name: 'webhook', namespace: 'knative-serving' } }, rules, ...changes }],
});

test.each([
  ['MutatingWebhookConfiguration', 'webhook.serving.knative.dev', ['CREATE', 'UPDATE']],
  ['ValidatingWebhookConfiguration', 'validation.webhook.serving.knative.dev', ['CREATE', 'UPDATE', 'DELETE']],
])('%s %s is as the controller writes it, and the caBundle stays its own', (kind, name, operations) => {
  const label = { key: 'a', operator: 'Exists' };
  const given = webhook(kind, name, { namespaceSelector: { matchExpressions: [label], matchLabels: { b: 'c' } } });
  expect(apply(servingOverlays({}), given).webhooks).toEqual([
    {
      name,
      clientConfig: { service: { name: 'webhook', namespace: 'knative-serving' } },
      namespaceSelector: {
        matchLabels: { b: 'c' },
        matchExpressions: [{ key: 'webhooks.knative.dev/exclude', operator: 'DoesNotExist' }, label],
      },
      rules: expandedRules(operations),
    },
  ]);
});

test('rules for other resources than are known are refused', () => {
  const given = webhook('MutatingWebhookConfiguration', 'webhook.serving.knative.dev', { rules: [] });
  expect(() => apply(servingOverlays({}), given)).toThrow("this version's rules are not known here");
});

const job = (labels: Record<string, string>): Manifest => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { generateName: 'migrate-', namespace: 'knative-serving', labels },
  spec: { ttlSecondsAfterFinished: 600, template: {} },
});

test('a Job is named by its version and stays once it has run', () => {
  const labels = { 'app.kubernetes.io/version': '1.23.0' };
  expect(apply([postInstallJobsOverlay()], job(labels))).toEqual({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'migrate-1.23.0', namespace: 'knative-serving', labels },
    spec: { template: {} },
  });
  expect(() => apply([postInstallJobsOverlay()], job({}))).toThrow(
    'it has no label app.kubernetes.io/version to name it by',
  );
});

const TAPPABLE = { 'viz.linkerd.io/tap-enabled': 'true' };
const deployment = (annotations?: Record<string, string>): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'activator', namespace: 'knative-serving' },
  spec: {
    replicas: 1,
    template: { metadata: { labels: { app: 'activator' }, ...(annotations && { annotations }) }, spec: {} },
  },
});

test('annotations of pods reach every Deployment and Job, beside those of the release', () => {
  const own = { own: 'a' };
  expect(apply(servingOverlays({}, TAPPABLE), deployment(own))).toEqual(deployment({ ...own, ...TAPPABLE }));
  expect(apply(servingOverlays({}, TAPPABLE), deployment())).toEqual(deployment(TAPPABLE));
  const template = { metadata: { annotations: own }, spec: {} };
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { generateName: 'cleanup-', labels: { 'app.kubernetes.io/version': '1' } },
    spec: { template },
  } as Manifest;
  expect(apply([postInstallJobsOverlay(TAPPABLE)], job).spec).toEqual({
    template: { ...template, metadata: { annotations: { ...own, ...TAPPABLE } } },
  });
});

test('without any, Deployments stay as they are', () => {
  expect(apply(servingOverlays({}), deployment())).toEqual(deployment());
});
