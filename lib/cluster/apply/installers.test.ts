import type { Manifest } from '../../objects/manifest';
import { objectKey } from '../../objects/manifest';
import { otherInstallations } from './installers';
import { object } from '../testing/objects';

const NONE = new Map<string, string[]>();
const deployment = (metadata: Partial<Manifest['metadata']>, name = 'controller'): Manifest => ({
  ...object('apps/v1', 'Deployment', name, 'knative-serving'),
  metadata: { name, namespace: 'knative-serving', ...metadata },
});
const live = (...all: Manifest[]) => new Map(all.map((one) => [objectKey(one), one]));
const own = deployment({ annotations: { 'linkerd.io/created-by': 'linkerd/helm edge-26.8.3' } });

test.each<[string, Partial<Manifest['metadata']>, string | undefined]>([
  [
    'Helm',
    { labels: { 'app.kubernetes.io/managed-by': 'Helm' }, annotations: { 'meta.helm.sh/release-name': 'serving' } },
    'Helm, as its release serving',
  ],
  [
    'the Knative Operator',
    { ownerReferences: [{ apiVersion: 'operator.knative.dev/v1beta1', kind: 'KnativeServing' }] },
    'the Knative Operator, for KnativeServing',
  ],
  [
    'the Linkerd CLI',
    { annotations: { 'linkerd.io/created-by': 'linkerd/cli edge-26.1.1' } },
    'linkerd/cli edge-26.1.1',
  ],
  ['Flux', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } }, 'Flux, by its Kustomization apps'],
  [
    'Argo CD',
    { annotations: { 'argocd.argoproj.io/tracking-id': 'mesh:apps/Deployment:a/b' } },
    'Argo CD, by its Application mesh',
  ],
  ['this, in another version', { annotations: { 'linkerd.io/created-by': 'linkerd/helm edge-25.1.1' } }, undefined],
  ['nobody that is known', { labels: { 'app.kubernetes.io/managed-by': 'me' } }, undefined],
])('%s is told by what it leaves on its objects', (_, metadata, by) => {
  const found = otherInstallations([own], live(deployment(metadata)), NONE);
  expect(found.map((one) => one.by)).toEqual(by === undefined ? [] : [by]);
});

test('an installation is told once, with how much there is of it; what was taken over before is not', () => {
  const helm = { labels: { 'app.kubernetes.io/managed-by': 'Helm' } };
  const all = ['a', 'b', 'c'].map((name) => deployment(helm, name));
  const taken = new Map([['45-knative-serving', [objectKey(deployment({}, 'a'))]]]);
  expect(otherInstallations(all, live(...all), taken)).toMatchObject([
    { example: 'Deployment knative-serving/b', objects: 2, remedy: 'remove it with helm uninstall' },
  ]);
});
