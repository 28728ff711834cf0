import type { Right } from './rights';
import { covers, isPowerful, rightsOf, targetText } from './rights';

const right = (verb: string, resource: string, name = ''): Right => {
  const [group = '', kind = ''] = resource.includes('/') ? resource.split(/\/(.*)/s) : ['', resource];
  return { verb, group, resource: kind, name };
};

test('rules are one right for each verb and resource, name and URL', () => {
  expect(
    rightsOf([
      { verbs: ['get', 'list'], apiGroups: ['', 'apps'], resources: ['pods'] },
      { verbs: ['update'], apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'] },
      { verbs: ['get'], nonResourceURLs: ['/metrics'] },
    ]),
  ).toEqual([
    right('get', 'pods'),
    right('get', 'apps/pods'),
    right('list', 'pods'),
    right('list', 'apps/pods'),
    right('update', 'secrets', 'a'),
    right('update', 'secrets', 'b'),
    { verb: 'get', url: '/metrics' },
  ]);
});

test.each([
  undefined,
  null,
  'get',
  { verbs: ['get'], nonResourceURLs: ['/metrics'] },
  [null, 'get', ['get']],
  [{ verbs: 'get', nonResourceURLs: ['/metrics'] }],
  [{ verbs: ['get'], nonResourceURLs: { a: '/metrics' } }],
  [{ verbs: [1, null], apiGroups: [''], resources: ['pods'] }],
])('what the API server refuses gives no right: %j', (rules) => {
  expect(rightsOf(rules)).toEqual([]);
});

test.each<[boolean, Right, Right]>([
  [true, right('get', 'pods'), right('get', 'pods')],
  [false, right('get', 'pods'), right('list', 'pods')],
  [true, right('*', 'pods'), right('list', 'pods')],
  [true, right('get', '*/*'), right('get', 'apps/deployments/status')],
  [false, right('get', 'pods'), right('get', '/pods/log')],
  [true, right('get', '*/*/scale'), right('get', 'apps/deployments/scale')],
  [false, right('get', '*/*/scale'), right('get', 'apps/deployments/status')],
  [true, right('get', 'secrets'), right('get', 'secrets', 'a')],
  [false, right('get', 'secrets', 'a'), right('get', 'secrets')],
  [false, right('get', 'secrets', 'a'), right('get', 'secrets', 'b')],
  [false, right('*', '*/*'), { verb: 'get', url: '/metrics' }],
  [true, { verb: 'get', url: '/healthz/*' }, { verb: 'get', url: '/healthz/etcd' }],
  [false, { verb: 'get', url: '/healthz' }, { verb: 'get', url: '/metrics' }],
  [true, { role: 'ClusterRole view' }, { role: 'ClusterRole view' }],
  [false, right('*', '*/*'), { role: 'ClusterRole view' }],
])('%s: %j includes %j', (included, wide, narrow) => {
  expect(covers(wide, narrow)).toBe(included);
});

test.each<[string, Right]>([
  ['deployments.apps/status', right('get', 'apps/deployments/status')],
  ['pods', right('get', 'pods')],
  ['secrets "ca"', right('get', 'secrets', 'ca')],
  ['/metrics', { verb: 'get', url: '/metrics' }],
  ['ClusterRole view', { role: 'ClusterRole view' }],
])('%s', (text, one) => {
  expect(targetText(one)).toBe(text);
});

test.each<[boolean, Right]>([
  [true, right('get', 'secrets')],
  [true, right('*', 'configmaps')],
  [true, right('get', '*/*')],
  [true, right('create', '/pods/exec')],
  [true, right('bind', 'rbac.authorization.k8s.io/clusterroles')],
  [true, { role: 'ClusterRole cluster-admin' }],
  [true, { verb: 'get', url: '*' }],
  [false, { role: 'ClusterRole view' }],
  [false, { verb: 'get', url: '/metrics' }],
  [false, right('get', 'configmaps')],
  [false, right('get', 'apps/deployments')],
])('%s: %j is powerful', (powerful, one) => {
  expect(isPowerful(one)).toBe(powerful);
});
