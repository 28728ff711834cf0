import { App, Chart } from 'cdk8s';
import type { ServiceProps } from '../../imports/kubernetes';
import { mistakesOf } from '../objects/mistakes';
import type { PublicServiceProps } from './public-service';
import { publicService } from './public-service';

const declare = (props: PublicServiceProps, preserveClientAddress = false): { scope: Chart; service: ServiceProps } => {
  const scope = new Chart(new App(), 'networking');
  const service = publicService(scope, props, {
    metadata: { name: 'gateway', namespace: 'edge' },
    selector: { app: 'gateway' },
    ports: {
      http: { name: 'http', port: 80, targetPort: 8080 },
      https: { name: 'https', port: 443, targetPort: 8443 },
    },
    preserveClientAddress,
  });
  return { scope, service };
};

const serviceOf = (props: PublicServiceProps = {}, preserveClientAddress = false): ServiceProps =>
  declare(props, preserveClientAddress).service;

test('by default it is a LoadBalancer for both ports', () => {
  expect(serviceOf()).toEqual({
    metadata: { name: 'gateway', namespace: 'edge' },
    spec: {
      type: 'LoadBalancer',
      selector: { app: 'gateway' },
      ports: [
        { name: 'http', port: 80, targetPort: 8080 },
        { name: 'https', port: 443, targetPort: 8443 },
      ],
    },
  });
});

test("clients' addresses are kept by keeping to the node", () => {
  expect(serviceOf({}, true).spec).toMatchObject({ externalTrafficPolicy: 'Local' });
  expect(serviceOf({ type: 'NodePort' }, true).spec).toMatchObject({ externalTrafficPolicy: 'Local' });
  expect(serviceOf().spec).not.toHaveProperty('externalTrafficPolicy');
});

test('node ports are as given', () => {
  expect(serviceOf({ type: 'NodePort', nodePorts: { http: 30080 } }).spec).toMatchObject({
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
  expect(mistakesOf(declare(props, preserveClientAddress).scope).map((mistake) => mistake.message)).toEqual([message]);
});
