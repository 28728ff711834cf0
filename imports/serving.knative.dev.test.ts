import { App, Chart } from 'cdk8s';
import type { Container, RevisionSpec, ServiceProps } from './serving.knative.dev';
import { Service } from './serving.knative.dev';

test('a Knative Service is written as it is declared', () => {
  const props: ServiceProps = {
    metadata: { name: 'hello', namespace: 'default' },
    spec: {
      template: { spec: { containers: [{ image: 'hello', volumeMounts: [{ name: 'empty', mountPath: '/e' }] }] } },
      traffic: [{ latestRevision: true, percent: 100 }],
    },
  };
  const service = new Service(new Chart(new App(), 'chart'), 'hello', props);
  expect(Service.GVK).toEqual({ apiVersion: 'serving.knative.dev/v1', kind: 'Service' });
  expect(service.toJson()).toEqual({ ...Service.GVK, ...props });
});

test('a typo, a value of another type and what Serving never takes do not compile', () => {
  const image = 'hello';
  const containers: Container[] = [
    { image, env: [{ name: 'A', value: 'a' }], readinessProbe: { httpGet: { path: '/' } } },
    // @ts-expect-error -- a container has an image
    {},
    // @ts-expect-error -- a misspelled field
    { image, imagePulPolicy: 'Always' },
    // @ts-expect-error -- a misspelled value
    { image, imagePullPolicy: 'always' },
    // @ts-expect-error -- a value is a text
    { image, env: [{ name: 'A', value: 1 }] },
    // @ts-expect-error -- a port has a number
    { image, ports: [{ containerPort: '8080' }] },
    // @ts-expect-error -- there are two protocols
    { image, ports: [{ containerPort: 8080, name: 'grpc' }] },
    // @ts-expect-error -- Serving takes no lifecycle hooks
    { image, lifecycle: { preStop: { exec: { command: ['true'] } } } },
    // @ts-expect-error -- Serving takes no privileged containers
    { image, securityContext: { privileged: true } },
    // @ts-expect-error -- cdk8s-plus-27's spelling is not Kubernetes'
    { image, readinessProbe: { grpc: { portNumber: 1 } } },
  ];
  const specs: RevisionSpec[] = [
    { containers: [{ image }], hostIPC: true, timeoutSeconds: 10, affinity: { nodeAffinity: {} } },
    // @ts-expect-error -- Serving counts it from timeoutSeconds
    { containers: [{ image }], terminationGracePeriodSeconds: 10 },
    // @ts-expect-error -- pods of a Deployment are always started again
    { containers: [{ image }], restartPolicy: 'Never' },
    // @ts-expect-error -- only false is taken
    { containers: [{ image }], automountServiceAccountToken: true },
    // @ts-expect-error -- a volume of a kind that Serving does not take
    { containers: [{ image }], volumes: [{ name: 'v', nfs: { server: 's', path: '/' } }] },
    // @ts-expect-error -- misspelled within Kubernetes' own types
    { containers: [{ image }], tolerations: [{ keey: 'a' }] },
    // @ts-expect-error -- the service has containers
    {},
  ];
  const services: ServiceProps['spec'][] = [
    { template: { spec: { containers: [] } }, traffic: [{ revisionName: 'hello-00001', percent: 100, tag: 'v1' }] },
    // @ts-expect-error -- traffic has no such field
    { template: { spec: { containers: [] } }, traffic: [{ revision: 'hello-00001' }] },
    // @ts-expect-error -- a template has a spec
    { template: {} },
  ];
  expect([containers.length, specs.length, services.length]).toEqual([10, 7, 3]);
});
