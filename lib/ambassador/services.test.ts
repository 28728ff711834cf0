import { App } from 'cdk8s';
import { collectObjects } from '../objects/collect';
import type { Manifest } from '../objects/manifest';
import { mistakesOf } from '../objects/mistakes';
import { Phase } from '../objects/phase';
import { POD_LABELS } from './labels';
import type { PublicServiceProps } from '../networking/public-service';
import { addServices } from './services';

const declare = (props: PublicServiceProps, preserveClientAddress = false): Phase => {
  const phase = new Phase(new App(), 'networking');
  addServices(phase, { ...props, preserveClientAddress });
  return phase;
};

const service = (name: string, props: PublicServiceProps = {}, preserveClientAddress = false): Manifest | undefined =>
  collectObjects(declare(props, preserveClientAddress))
    .map(({ manifest }) => manifest)
    .find(({ metadata }) => metadata.name === name);

test('Emissary finds the internal Service by its label and the labels of its pod, and no other', () => {
  const labelled = collectObjects(declare({}))
    .map(({ manifest }) => manifest)
    .filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/component'] === 'ambassador-service');
  expect(labelled.map(({ metadata }) => metadata.name)).toEqual(['ambassador-internal']);
  expect(POD_LABELS).toMatchObject((labelled[0]?.spec as unknown as { selector: object }).selector);
});

test('cluster-local names have a port of their own, which nothing outside the cluster reaches', () => {
  expect(service('ambassador-internal')?.spec).toMatchObject({
    type: 'ClusterIP',
    ports: [{ port: 80, targetPort: 8081 }],
  });
  expect(service('ambassador')?.spec).toMatchObject({ ports: [{ targetPort: 8080 }, { targetPort: 8443 }] });
});

test('the admin Service has the admin port alone', () => {
  expect(service('ambassador-admin')?.spec).toMatchObject({ type: 'ClusterIP', ports: [{ port: 8877 }] });
});

test("clients' addresses are kept by keeping to the node", () => {
  expect(service('ambassador', {}, true)?.spec).toMatchObject({ externalTrafficPolicy: 'Local' });
  expect(service('ambassador', { type: 'NodePort' }, true)?.spec).toMatchObject({ externalTrafficPolicy: 'Local' });
  expect(service('ambassador')?.spec).not.toHaveProperty('externalTrafficPolicy');
});

test('node ports are as given', () => {
  expect(service('ambassador', { type: 'NodePort', nodePorts: { http: 30080 } })?.spec).toMatchObject({
    type: 'NodePort',
    ports: [
      { name: 'http', port: 80, targetPort: 8080, nodePort: 30080 },
      { name: 'https', port: 443, targetPort: 8443 },
    ],
  });
});

test.each<[PublicServiceProps, boolean, string]>([
  [
    { loadBalancerSourceRanges: ['192.0.2.0/24', '192.0.2.300/32'] },
    false,
    'service.loadBalancerSourceRanges[1]: "192.0.2.300/32" is not a network: write for example "10.0.0.0/8" or "2001:db8::/32"',
  ],
  [
    { type: 'Loadbalancer' as 'LoadBalancer' },
    false,
    'service.type: "Loadbalancer" is none of "LoadBalancer", "NodePort", "ClusterIP"',
  ],
  [
    { externalTrafficPolicy: 'local' as 'Local' },
    false,
    'service.externalTrafficPolicy: "local" is none of "Cluster", "Local"',
  ],
  [
    { type: 'NodePort', loadBalancerSourceRanges: ['192.0.2.0/24'] },
    false,
    'service.loadBalancerSourceRanges: a Service of type "NodePort" has none: leave it out, or use LoadBalancer',
  ],
  [
    { type: 'NodePort', loadBalancerClass: 'example.com/lb' },
    false,
    'service.loadBalancerClass: a Service of type "NodePort" has none: leave it out, or use LoadBalancer',
  ],
  [
    { type: 'ClusterIP', externalTrafficPolicy: 'Local' },
    false,
    'service.externalTrafficPolicy: a Service of type "ClusterIP" has none: leave it out, or use LoadBalancer or NodePort',
  ],
  [
    { type: 'ClusterIP', nodePorts: { http: 30080 } },
    false,
    'service.nodePorts: a Service of type "ClusterIP" has none: leave it out, or use LoadBalancer or NodePort',
  ],
  [
    { nodePorts: { https: 70000 } },
    false,
    'service.nodePorts.https: 70000 is not a port: use a whole number from 1 to 65535',
  ],
  [
    { nodePorts: { http: 30080, https: 30080 } },
    false,
    'service.nodePorts.https: 30080 is the port of http already: give each its own',
  ],
  [
    { annotations: { 'a b': '' } },
    false,
    `service.annotations: "a b" is not the key of a label or annotation: write at most 63 letters, digits, '-', '_' and '.', where wanted behind a domain and '/', for example "example.com/team"`,
  ],
  [
    { type: 'ClusterIP' },
    true,
    'preserveClientAddress: true is not possible with service.type "ClusterIP": use LoadBalancer or NodePort, or leave it out',
  ],
  [
    { externalTrafficPolicy: 'Cluster' },
    true,
    'service.externalTrafficPolicy: "Cluster" hides the addresses that preserveClientAddress keeps: leave one of the two out',
  ],
])('%j is refused', (props, preserveClientAddress, message) => {
  expect(mistakesOf(declare(props, preserveClientAddress)).map((mistake) => mistake.message)).toEqual([message]);
});
