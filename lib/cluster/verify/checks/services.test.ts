import { Rendered } from '../rendered';
import { newCluster, problems, rendered, renderedOf, see } from '../testing/verify-main';
import { services } from './services';

test('all have endpoints', async () => {
  expect(await problems(services, newCluster())).toEqual([]);
});

test('a Service without a pod that is Ready, and one that is gone', async () => {
  const cluster = newCluster();
  cluster.pod('autoscaler').status.conditions = [{ type: 'Ready', status: 'False' }];
  cluster.remove('Service', 'activator-service');
  expect(await problems(services, cluster)).toEqual([
    'Service knative-serving/activator-service: is not in the cluster',
    'Service knative-serving/autoscaler: has no endpoint that is ready',
  ]);
});

test('a Service whose pods are rendered with replicas: 0 has none, and that is told', async () => {
  const cluster = newCluster();
  cluster.pods.splice(cluster.pods.indexOf(cluster.pod('autoscaler')), 1);
  const objects = rendered.objects.map((object) => {
    const { manifest } = object;
    if (manifest.kind !== 'Deployment' || manifest.metadata.name !== 'autoscaler') return object;
    return { ...object, manifest: { ...manifest, spec: { ...(manifest.spec as object), replicas: 0 } } };
  });
  const { problems, notes } = await see(services, cluster, {}, new Rendered(objects, rendered.layer));
  expect(problems).toEqual([]);
  expect(notes).toEqual([
    { object: 'Service knative-serving/autoscaler', reason: 'its pods are rendered with replicas: 0' },
  ]);
});

test('a platform without any is not judged', async () => {
  const none = renderedOf(({ manifest }) => manifest.kind !== 'Service');
  expect(await see(services, newCluster(), {}, none)).toEqual({ problems: [], skipped: 'none with pods is rendered' });
});
