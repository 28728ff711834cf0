import type { Manifest } from '../objects/manifest';
import { objectChanges } from './object-changes';
import { refusedChanges } from './refused-changes';

const object = (kind: string, fields: object): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'a' },
  ...fields,
});
const refused = (kind: string, from: object, to: object): string[] =>
  objectChanges([{ manifest: object(kind, from) }], [{ manifest: object(kind, to) }]).changes.flatMap((change) =>
    refusedChanges(change).map(({ why }) => why.replace(/ cannot be changed in place: .*/, '')),
  );
const selector = (app: string): object => ({ spec: { selector: { matchLabels: { app } } } });

test.each<[string, object, object, string[]]>([
  ['Deployment', selector('a'), selector('b'), ['spec.selector.matchLabels.app']],
  ['Deployment', { spec: { replicas: 1 } }, { spec: { replicas: 2 } }, []],
  ['Service', selector('a'), selector('b'), []],
  ['Job', { spec: { template: { a: 1 } } }, { spec: { template: { a: 2 } } }, ['spec.template.a']],
  ['StatefulSet', { spec: { serviceName: 'a' } }, { spec: { serviceName: 'b' } }, ['spec.serviceName']],
  ['ClusterRoleBinding', { roleRef: { name: 'a' } }, { roleRef: { name: 'b' } }, ['roleRef.name']],
  ['CustomResourceDefinition', { spec: { scope: 'Cluster' } }, { spec: { scope: 'Namespaced' } }, ['spec.scope']],
  ['Secret', { type: 'Opaque' }, { type: 'kubernetes.io/tls' }, ['type']],
  ['ConfigMap', { immutable: true, data: { a: '1' } }, { immutable: true, data: { a: '2' } }, ['data.a']],
  ['ConfigMap', { data: { a: '1' } }, { data: { a: '2' } }, []],
])('%s %j %j', (kind, from, to, expected) => {
  expect(refused(kind, from, to)).toEqual(expected);
});
