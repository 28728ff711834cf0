import { App } from 'cdk8s';
import { Namespaces } from '../../namespaces';
import { collectObjects } from '../../objects/collect';
import type { Json, Manifest } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import { mistakesOf } from '../../objects/mistakes';
import { Phase } from '../../objects/phase';
import { TemporaryRoot, VERSION } from '../../releases/testing/temporary-root';
import { toYaml } from '../../render/yaml';
import type { VendoredServingProps } from './vendored';
import { addVendoredServing } from './vendored';
import { expandedRules } from './webhook-rules';

const namespace = 'knative-serving';
const labels = { 'app.kubernetes.io/version': VERSION };

const budget = (name: string): Manifest => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, namespace },
  spec: { minAvailable: '80%' },
});
const webhook = (kind: string, name: string): Manifest => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind,
  metadata: { name },
  webhooks: [{ name, rules: expandedRules(['*']) as unknown as Json }],
});
const CRD: Manifest = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'services.serving.knative.dev' },
};

/** A release in miniature. */
const FILES: Readonly<Record<string, readonly Manifest[]>> = {
  'serving-crds.yaml': [CRD],
  'serving-core.yaml': [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } },
    CRD,
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config-network', namespace }, data: { _example: 'a' } },
    {
      apiVersion: 'networking.internal.knative.dev/v1alpha1',
      kind: 'Certificate',
      metadata: { name: 'routing-serving-certs', namespace },
    },
    budget('activator-pdb'),
    budget('webhook-pdb'),
    webhook('MutatingWebhookConfiguration', 'webhook.serving.knative.dev'),
    webhook('ValidatingWebhookConfiguration', 'validation.webhook.serving.knative.dev'),
  ],
  'serving-hpa.yaml': [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'autoscaler-hpa', namespace } }],
  'serving-post-install-jobs.yaml': [
    { apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'cleanup-', namespace, labels }, spec: {} },
  ],
};

let root: TemporaryRoot | undefined;
afterEach(() => {
  root?.remove();
});

function render(props?: VendoredServingProps, settings: Record<string, Record<string, string>> = {}) {
  const files = Object.entries(FILES).map(([name, objects]): [string, { text: string }] => [
    name,
    { text: objects.map((object) => toYaml(object as Json)).join('---\n') },
  ]);
  root?.remove();
  root = new TemporaryRoot({ 'knative-serving': Object.fromEntries(files) });
  const app = new App();
  const namespaces = new Namespaces(app);
  namespaces.add(namespace);
  const phases = {
    phase: new Phase(app, 'knative-serving'),
    crds: new Phase(app, 'crds'),
    config: new Phase(app, 'knative-config'),
  };
  const { version } = addVendoredServing({ ...phases, namespaces, settings, root: root.path }, props);
  const objects = (): string[] =>
    collectObjects(app).map(({ phase, manifest }) => `${phase} ${describeObject(manifest)}`);
  return { app, version, objects };
}

const CORE = [
  '00-namespaces Namespace knative-serving',
  '10-crds CustomResourceDefinition services.serving.knative.dev',
  '40-knative-config ConfigMap knative-serving/config-network',
  '40-knative-config Certificate knative-serving/routing-serving-certs',
  '45-knative-serving PodDisruptionBudget knative-serving/activator-pdb',
  '45-knative-serving PodDisruptionBudget knative-serving/webhook-pdb',
  '45-knative-serving MutatingWebhookConfiguration webhook.serving.knative.dev',
  '45-knative-serving ValidatingWebhookConfiguration validation.webhook.serving.knative.dev',
];

test('least props: the core, each object once and in its phase', () => {
  const { version, objects } = render();
  expect(version).toBe(VERSION);
  expect(objects()).toEqual(CORE);
});

test('all props: with the autoscaler for CPU and the Jobs of an upgrade', () => {
  const all: Required<VendoredServingProps> = { hpaAutoscaler: true, postInstallJobs: true };
  expect(render(all).objects()).toEqual([
    ...CORE,
    '45-knative-serving Deployment knative-serving/autoscaler-hpa',
    `45-knative-serving Job knative-serving/cleanup-${VERSION}`,
  ]);
});

test('a setting for a ConfigMap that the release lacks is a mistake', () => {
  const { app } = render({}, { 'config-network': { a: 'b' }, 'config-other': { a: 'b' } });
  expect(mistakesOf(app).map(({ message }) => message)).toEqual([
    `overlay of ConfigMap knative-serving/config-other (the platform has settings for it): knative-serving ${VERSION} has no such object: adapt the overlay to this version`,
  ]);
});
