import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testWith, upstreamDir } from '../../testing/requirements';
import { readDocuments } from '../releases/documents';
import { check } from './check';

const KNATIVE = ['serving-core.yaml', 'serving-crds.yaml', 'serving-hpa.yaml', 'serving-post-install-jobs.yaml'];

/** Upstream's own files, one phase each, as `kubectl apply -f` takes a folder. */
function findings(folder: string, files: readonly string[]): string[] {
  const objects = files.flatMap((file, index) => {
    const { documents } = readDocuments(readFileSync(join(upstreamDir(), folder, file), 'utf8'), file);
    return documents.map((document) => ({ ...document, phase: String(index) }));
  });
  const { findings: found } = check(objects);
  return found
    .filter(({ rule }) => rule !== 'image-digest')
    .map(({ rule, source, object, path }) => `${rule} ${source} ${object} ${path}`.trim());
}

testWith('UPSTREAM_DIR')("the known defects of Knative's files are found, with file and line", () => {
  const found = findings('knative-serving/1.23.0', KNATIVE);
  expect(found.filter((line) => line.startsWith('declared-twice'))).toHaveLength(12);
  expect(found.filter((line) => !line.startsWith('declared-twice'))).toEqual([
    'resource-before-crd serving-core.yaml:571 Certificate knative-serving/routing-serving-certs kind',
    'resource-before-crd serving-core.yaml:7161 Image knative-serving/queue-proxy kind',
    'generate-name serving-post-install-jobs.yaml:18 Job knative-serving/storage-version-migration-serving-* metadata.generateName',
    'generate-name serving-post-install-jobs.yaml:87 Job knative-serving/cleanup-serving-* metadata.generateName',
    'budget-blocks-drain serving-core.yaml:8765 PodDisruptionBudget knative-serving/activator-pdb spec.minAvailable',
    'budget-blocks-drain serving-core.yaml:9229 PodDisruptionBudget knative-serving/webhook-pdb spec.minAvailable',
    'not-meshed serving-core.yaml:8795 Deployment knative-serving/activator metadata.namespace',
    'not-meshed serving-core.yaml:8948 Deployment knative-serving/autoscaler metadata.namespace',
    'not-meshed serving-core.yaml:9078 Deployment knative-serving/controller metadata.namespace',
    'not-meshed serving-core.yaml:9259 Deployment knative-serving/webhook metadata.namespace',
    'not-meshed serving-hpa.yaml:15 Deployment knative-serving/autoscaler-hpa metadata.namespace',
    'not-meshed serving-post-install-jobs.yaml:18 Job knative-serving/storage-version-migration-serving-* metadata.namespace',
    'not-meshed serving-post-install-jobs.yaml:87 Job knative-serving/cleanup-serving-* metadata.namespace',
  ]);
});

testWith('UPSTREAM_DIR')("the race of Linkerd's defaults is found, with file and line", () => {
  expect(findings('linkerd/edge-26.8.3', ['crds.yaml', 'control-plane.yaml', 'viz.yaml'])).toEqual([
    'not-meshed control-plane.yaml:2106 CronJob linkerd/linkerd-heartbeat metadata.namespace',
    'injector-fails-open control-plane.yaml:2189 MutatingWebhookConfiguration linkerd-proxy-injector-webhook-config webhooks[0].failurePolicy',
  ]);
});

testWith('UPSTREAM_DIR')('the other files', () => {
  expect(findings('linkerd/edge-26.8.3', ['crds.yaml', 'control-plane-ha.yaml'])).toEqual([
    'not-meshed control-plane-ha.yaml:2314 CronJob linkerd/linkerd-heartbeat metadata.namespace',
  ]);
  expect(findings('emissary/4.1.0', ['crds.yaml', 'emissary.yaml'])).toEqual([
    'not-meshed emissary.yaml:198 Deployment ambassador/ambassador metadata.namespace',
    'wildcard-role emissary.yaml:68 ClusterRole ambassador-watch rules[1]',
    'wildcard-role emissary.yaml:68 ClusterRole ambassador-watch rules[4]',
  ]);
  expect(findings('kourier/1.23', ['kourier.yaml'])).toEqual([
    'budget-blocks-drain kourier.yaml:723 PodDisruptionBudget kourier-system/3scale-kourier-gateway-pdb spec.minAvailable',
    'not-meshed kourier.yaml:397 Deployment knative-serving/net-kourier-controller metadata.namespace',
    'not-meshed kourier.yaml:528 Deployment kourier-system/3scale-kourier-gateway metadata.namespace',
  ]);
});
