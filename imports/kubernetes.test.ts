import { readFileSync } from 'node:fs';
import { App, Chart } from 'cdk8s';
import type { Container, DeploymentProps, ServiceProps } from './kubernetes';
import { Deployment, KUBERNETES_SPELLING } from './kubernetes';

/** The keys of a JSON Schema itself, which only a CRD's own schema can hold; no object here has them. */
const NOT_TYPED = new Set(['ref', 'schema']);

test('every property that cdk8s-plus-27 spells in its own way is in the table, and no other', () => {
  const source = readFileSync(require.resolve('cdk8s-plus-27/lib/imports/k8s.js'), 'utf8');
  const pairs = [...source.matchAll(/^ +'([^']+)': .*?obj\.([A-Za-z0-9_$]+)/gm)]
    .map(([, wire, property]) => [property, wire] as const)
    .filter(([property, wire]) => property !== wire && !NOT_TYPED.has(String(property)));
  expect(Object.fromEntries(pairs)).toEqual(KUBERNETES_SPELLING);
});

test("an object is written in Kubernetes' own spelling, and nothing of it is lost", () => {
  const props: DeploymentProps = {
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: {
        spec: {
          hostIPC: false,
          initContainers: [
            { name: 'proxy', restartPolicy: 'Always', resources: { requests: { cpu: '100m', memory: 1024 } } },
          ],
          containers: [
            {
              name: 'web',
              readinessProbe: { httpGet: { port: 'http', path: '/' } },
              lifecycle: { postStart: { exec: { command: ['true'] } }, preStop: { sleep: { seconds: 10 } } },
            },
          ],
          volumes: [
            {
              name: 'labels',
              downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] },
            },
          ],
        },
      },
    },
  };
  const deployment = new Deployment(new Chart(new App(), 'chart'), 'web', props);
  expect(deployment.toJson()).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', ...props });
});

test('a typo does not compile', () => {
  const metadata = { name: 'web' };
  const services: ServiceProps[] = [
    { metadata, spec: { clusterIP: 'None', ports: [{ port: 80, targetPort: 'http' }] } },
    // @ts-expect-error -- cdk8s-plus-27's spelling is not Kubernetes'
    { metadata, spec: { clusterIp: 'None' } },
    // @ts-expect-error -- there is no such field
    { metadata, spec: { ports: [{ port: 80, targetport: 8080 }] } },
    // @ts-expect-error -- an object has a name
    { metadata: {} },
  ];
  expect(services).toHaveLength(4);
  const containers: Container[] = [
    { name: 'web', lifecycle: { preStop: { sleep: { seconds: 10 } } } },
    // @ts-expect-error -- a hook sleeps for a number of seconds
    { name: 'web', lifecycle: { preStop: { sleep: { second: 10 } } } },
    // @ts-expect-error -- there is no such hook
    { name: 'web', lifecycle: { preStart: { sleep: { seconds: 10 } } } },
  ];
  expect(containers).toHaveLength(3);
});
