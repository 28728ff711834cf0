import { App } from 'cdk8s';
import { collectObjects } from '../../objects/collect';
import { Phase } from '../../objects/phase';
import { addServingCrds } from './crds';

const phase = new Phase(new App(), 'crds');
addServingCrds(phase);
const crds = collectObjects(phase).map(({ manifest }) => manifest);

test('the kinds of Serving', () => {
  expect(crds.map(({ metadata }) => metadata.name)).toEqual([
    'certificates.networking.internal.knative.dev',
    'clusterdomainclaims.networking.internal.knative.dev',
    'configurations.serving.knative.dev',
    'domainmappings.serving.knative.dev',
    'images.caching.internal.knative.dev',
    'ingresses.networking.internal.knative.dev',
    'metrics.autoscaling.internal.knative.dev',
    'podautoscalers.autoscaling.internal.knative.dev',
    'revisions.serving.knative.dev',
    'routes.serving.knative.dev',
    'serverlessservices.networking.internal.knative.dev',
    'services.serving.knative.dev',
  ]);
});

test('the kind that users write, in full', () => {
  expect(crds.find(({ metadata }) => metadata.name === 'services.serving.knative.dev')).toMatchSnapshot();
});

test('the status of every kind is written apart, as the controllers do', () => {
  for (const crd of crds) expect(crd).toMatchObject({ spec: { versions: [{ subresources: { status: {} } }] } });
});

test('only a claim to a domain is not within a namespace', () => {
  const clusterScoped = crds.filter((crd) => (crd.spec as { scope: string }).scope === 'Cluster');
  expect(clusterScoped.map(({ metadata }) => metadata.name)).toEqual([
    'clusterdomainclaims.networking.internal.knative.dev',
  ]);
});
