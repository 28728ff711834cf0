import { AREAS, areaOf } from './areas';

const of = (apiVersion: string, kind: string, path = ''): string =>
  areaOf({ apiVersion, kind, metadata: { name: 'a' } }, path);

test.each([
  ['images', 'apps/v1', 'Deployment', 'spec.template.spec.containers[name=a].image'],
  ['images', 'serving.knative.dev/v1', 'Service', 'spec.template.spec.containers[0].image'],
  ['images', 'v1', 'ConfigMap', 'data.queue-sidecar-image'],
  ['labels and texts', 'v1', 'Service', 'metadata.labels["app.kubernetes.io/version"]'],
  ['labels and texts', 'v1', 'ConfigMap', 'data._example[comments]'],
  [
    'labels and texts',
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'spec.versions[name=v1].schema.openAPIV3Schema.description',
  ],
  ['network and mesh', 'v1', 'Namespace', 'metadata.annotations["linkerd.io/inject"]'],
  [
    'network and mesh',
    'apps/v1',
    'Deployment',
    'spec.template.metadata.annotations["config.linkerd.io/proxy-cpu-request"]',
  ],
  ['network and mesh', 'v1', 'Service', 'spec.ports[port=80].targetPort'],
  ['network and mesh', 'policy.linkerd.io/v1beta3', 'Server', ''],
  ['network and mesh', 'getambassador.io/v3alpha1', 'Host', 'spec.hostname'],
  ['network and mesh', 'admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', ''],
  ['RBAC', 'rbac.authorization.k8s.io/v1', 'ClusterRole', 'rules[get pods]'],
  ['RBAC', 'v1', 'ServiceAccount', ''],
  ['CRDs', 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'spec.versions[name=v1].served'],
  ['configuration', 'v1', 'ConfigMap', 'data.a'],
  ['configuration', 'v1', 'Secret', 'data.a'],
  ['workloads', 'apps/v1', 'Deployment', 'spec.replicas'],
  ['workloads', 'serving.knative.dev/v1', 'Service', 'spec.template.spec.timeoutSeconds'],
  ['workloads', 'autoscaling/v2', 'HorizontalPodAutoscaler', ''],
  ['workloads', 'policy/v1', 'PodDisruptionBudget', ''],
  ['other', 'v1', 'Namespace', 'metadata.labels.team'],
  ['other', 'caching.internal.knative.dev/v1alpha1', 'Image', ''],
  ['other', 'example.com/v1', 'Service', ''],
])('%s: %s %s %s', (area, apiVersion, kind, path) => {
  expect(of(apiVersion, kind, path)).toBe(area);
  expect(AREAS.map((one) => one.area)).toContain(area);
});
