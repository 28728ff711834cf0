import type { Manifest } from '../objects/manifest';
import { rightChanges } from './right-changes';

const rbac = (kind: string, name: string, fields: object, metadata: object = {}): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name, ...metadata },
  ...fields,
});
const rule = (verbs: string, resources: string, apiGroup = ''): object => ({
  verbs: verbs.split(' '),
  resources: resources.split(' '),
  apiGroups: [apiGroup],
});
const role = (...rules: object[]): Manifest => rbac('ClusterRole', 'a', { rules });
const app = { kind: 'ServiceAccount', name: 'app', namespace: 'default' };
const binding = (subject: object = app, roleRef = 'a'): Manifest =>
  rbac('ClusterRoleBinding', 'a', { roleRef: { kind: 'ClusterRole', name: roleRef }, subjects: [subject] });
const said = (from: Manifest[], to: Manifest[]): string[] =>
  rightChanges(from, to).map(
    ({ subject, kind, namespace, verbs, targets, powerful }) =>
      `${subject} ${kind}${powerful ? '!' : ''} ${verbs.join()} ${targets.join()}${namespace === undefined ? '' : ` in ${namespace}`}`,
  );

const account = 'ServiceAccount default/app';
test.each<[string, Manifest[], Manifest[], string[]]>([
  [
    'a verb more',
    [role(rule('get', 'pods')), binding()],
    [role(rule('get list', 'pods')), binding()],
    [`${account} gains list pods`],
  ],
  [
    'a resource less',
    [role(rule('get', 'pods services')), binding()],
    [role(rule('get', 'pods')), binding()],
    [`${account} loses get services`],
  ],
  [
    'rules in other groups: nobody gains or loses',
    [role(rule('get list', 'pods services')), binding()],
    [role(rule('list get', 'services'), rule('get list', 'pods')), binding()],
    [],
  ],
  [
    'a role under another name: nobody gains or loses',
    [role(rule('get', 'pods')), binding()],
    [rbac('ClusterRole', 'b', { rules: [rule('get', 'pods')] }), binding(app, 'b')],
    [],
  ],
  [
    'a wildcard for what was there by name: the wildcard alone is gained, and nothing is lost',
    [role(rule('get', 'pods')), binding()],
    [role(rule('*', 'pods')), binding()],
    [`${account} gains! * pods`],
  ],
  [
    'what a wildcard includes already is not gained',
    [role(rule('*', '*', '*')), binding()],
    [role(rule('*', '*', '*'), rule('get', 'pods')), binding()],
    [],
  ],
  [
    'a subject more',
    [role(rule('get', 'secrets')), binding()],
    [role(rule('get', 'secrets')), binding({ kind: 'Group', name: 'developers' })],
    ['Group developers gains! get secrets', `${account} loses! get secrets`],
  ],
  [
    'a namespace instead of the cluster',
    [role(rule('get', 'pods')), binding()],
    [
      role(rule('get', 'pods')),
      rbac(
        'RoleBinding',
        'a',
        { roleRef: { kind: 'ClusterRole', name: 'a' }, subjects: [app] },
        { namespace: 'default' },
      ),
    ],
    [`${account} loses get pods`],
  ],
  [
    'a namespaced role',
    [],
    [
      rbac('Role', 'r', { rules: [rule('get', 'pods')] }, { namespace: 'n' }),
      rbac('RoleBinding', 'b', { roleRef: { kind: 'Role', name: 'r' }, subjects: [app] }, { namespace: 'n' }),
    ],
    [`${account} gains get pods in n`],
  ],
  [
    'a role that is not here',
    [],
    [binding(app, 'cluster-admin')],
    [`${account} gains! all of ClusterRole cluster-admin`],
  ],
  [
    'an aggregated role: whoever is bound to it gains',
    [],
    [
      rbac('ClusterRole', 'a', { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { x: 'y' } }] }, rules: [] }),
      rbac('ClusterRole', 'part', { rules: [rule('get', 'pods')] }, { labels: { x: 'y' } }),
      binding(),
    ],
    [`${account} gains get pods`],
  ],
  [
    'a role that adds to one of every cluster',
    [],
    [
      rbac(
        'ClusterRole',
        'a',
        { rules: [rule('get', 'images', 'b')] },
        { labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' } },
      ),
    ],
    ['whoever has ClusterRole view gains get images.b'],
  ],
  [
    'a role that is bound to nobody',
    [],
    [role(rule('get', 'pods'))],
    ['whoever is given ClusterRole a gains get pods'],
  ],
  [
    'a URL',
    [binding()],
    [role({ verbs: ['get'], nonResourceURLs: ['/metrics'] }), binding()],
    [`${account} gains get /metrics`, `${account} loses all of ClusterRole a`],
  ],
])('%s', (_, from, to, expected) => {
  expect(said(from, to)).toEqual(expected);
  expect(said(to, to)).toEqual([]);
});

test('things with the same verbs are in one line, apart from those that are powerful', () => {
  expect(said([], [role(rule('get list', 'pods services secrets')), binding()])).toEqual([
    `${account} gains get,list pods,services`,
    `${account} gains! get,list secrets`,
  ]);
});
