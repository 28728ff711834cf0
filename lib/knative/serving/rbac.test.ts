import { App } from 'cdk8s';
import type { ClusterRoleBindingProps, ClusterRoleProps } from '../../../imports/kubernetes';
import { collectObjects } from '../../objects/collect';
import { Phase } from '../../objects/phase';
import { addRbac } from './rbac';

const phase = new Phase(new App(), 'knative-serving');
addRbac(phase, 'knative-serving');
const manifests = collectObjects(phase).map(({ manifest }) => manifest);
const of = <Props>(...kinds: string[]): Props[] =>
  manifests.filter(({ kind }) => kinds.includes(kind)) as unknown as Props[];

const roles = of<ClusterRoleProps>('ClusterRole', 'Role');
const bindings = of<ClusterRoleBindingProps>('ClusterRoleBinding', 'RoleBinding');

test('every binding gives a role that is there to an account that is there', () => {
  const accounts = manifests.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => metadata.name);
  expect(bindings).toHaveLength(4);
  for (const { roleRef, subjects = [] } of bindings) {
    expect(roles.map(({ metadata }) => metadata.name)).toContain(roleRef.name);
    expect(subjects.map(({ namespace }) => namespace)).toEqual(['knative-serving']);
    expect(accounts).toEqual(expect.arrayContaining(subjects.map(({ name }) => name)));
  }
});

test.each([
  ['knative-serving-admin', ['knative-serving-activator-cluster', 'knative-serving-core']],
  ['knative-serving-aggregated-addressable-resolver', ['knative-serving-addressable-resolver']],
])('the rules of %s are gathered from %j, and not declared', (name, from) => {
  const aggregated = of<ClusterRoleProps>('ClusterRole').find(({ metadata }) => metadata.name === name);
  const [selector] = aggregated?.aggregationRule?.clusterRoleSelectors ?? [];
  const gathered = of<ClusterRoleProps>('ClusterRole').filter(({ metadata: { labels = {} } }) =>
    Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value),
  );
  expect(gathered.map(({ metadata }) => metadata.name)).toEqual(from);
  expect(aggregated).not.toHaveProperty('rules');
});

test('the activator reads, and changes nothing', () => {
  const rules = roles
    .filter(({ metadata }) => metadata.name.startsWith('knative-serving-activator'))
    .flatMap((role) => role.rules ?? []);
  expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list', 'watch']));
});
