import { resourceOf } from './kinds';
import { object } from './testing/objects';

test.each([
  ['v1', 'ConfigMap', 'configmaps'],
  ['policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets'],
  ['networking.k8s.io/v1', 'Ingress', 'ingresses'],
  ['networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'],
  ['v1', 'Endpoints', 'endpoints'],
  ['gateway.networking.k8s.io/v1', 'Gateway', 'gateways'],
])('%s %s is of the resource %s', (apiVersion, kind, resource) => {
  expect(resourceOf({ apiVersion, kind }, [])).toBe(resource);
});

test('a CRD says it itself', () => {
  const crd = {
    ...object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'oxen.example.com'),
    spec: { group: 'example.com', names: { kind: 'Ox', plural: 'oxen' } },
  };
  expect(resourceOf({ apiVersion: 'example.com/v1', kind: 'Ox' }, [crd])).toBe('oxen');
  expect(resourceOf({ apiVersion: 'other.example.com/v1', kind: 'Ox' }, [crd])).toBe('oxes');
});
