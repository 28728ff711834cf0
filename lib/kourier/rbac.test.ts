import { App } from 'cdk8s';
import type { PolicyRule } from '../../imports/kubernetes';
import { collectObjects } from '../objects/collect';
import { Phase } from '../objects/phase';
import { addRbac } from './rbac';

const declared = (): Phase => {
  const phase = new Phase(new App(), 'networking');
  addRbac(phase);
  return phase;
};

const rights = (kind: string): string[] =>
  collectObjects(declared())
    .filter(({ manifest }) => manifest.kind === kind)
    .flatMap(({ manifest }) => (manifest as unknown as { rules: PolicyRule[] }).rules)
    .flatMap(({ resources = [], verbs }) =>
      resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`)),
    );

test('in all namespaces it reads, writes events, and of Ingresses finalizers and statuses alone', () => {
  const writes = rights('ClusterRole').filter((right) => !/^(get|list|watch) /.test(right));
  expect(writes).toEqual([
    'create events',
    'update events',
    'patch events',
    'patch ingresses',
    'update ingresses/status',
  ]);
  expect(rights('ClusterRole').filter((right) => right.startsWith('get '))).toEqual([
    'get pods',
    'get services',
    'get secrets',
    'get endpointslices',
    'get ingresses',
  ]);
});

test('ConfigMaps and Leases are those of its own namespace', () => {
  expect(rights('Role')).toEqual([
    'get configmaps',
    'list configmaps',
    'watch configmaps',
    'get leases',
    'create leases',
    'update leases',
  ]);
});

test('gateways have no rights', () => {
  const subjects = collectObjects(declared()).flatMap(
    ({ manifest }) => (manifest as { subjects?: { name: string }[] }).subjects ?? [],
  );
  expect([...new Set(subjects.map(({ name }) => name))]).toEqual(['net-kourier']);
});
