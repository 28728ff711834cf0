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
  [true, right('get', 'secrets', 'a'), right('get', 'secrets', 'a')],
  [false, right('get', '/spods'), right('get', '/tpods')],
  [false, { verb: 'get', url: '/healthz/*' }, { verb: 'get', url: '/metrics' }],
  [false, { verb: 'get', url: '/healthz' }, { verb: 'get', url: '/healthz/etcd' }],
  [false, { verb: 'get', url: '/healthz/*' }, { verb: 'post', url: '/healthz/etcd' }],
  [false, { verb: 'get', url: '*' }, right('get', 'pods')],
  [true, { role: 'ClusterRole view' }, { role: 'ClusterRole view' }],
  [false, { role: 'ClusterRole view' }, { role: 'ClusterRole edit' }],
  [false, { role: 'ClusterRole view' }, right('get', 'pods')],
  [false, { role: 'ClusterRole view' }, { verb: 'get', url: '/metrics' }],
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

describe('a powerful right', () => {
  const WRITES = ['create', 'update', 'patch'];
  const RBAC = 'rbac.authorization.k8s.io';
  const POWERFUL: readonly [string, readonly string[], readonly string[]][] = [
    ['', ['secrets'], ['get', 'list', 'watch']],
    ['', ['pods', 'persistentvolumes'], WRITES],
    ['', ['pods/exec', 'pods/attach', 'nodes/proxy'], ['create', 'get']],
    ['', ['serviceaccounts/token'], ['create']],
    ['', ['users', 'groups', 'serviceaccounts'], ['impersonate']],
    ['apps', ['deployments', 'daemonsets', 'statefulsets', 'replicasets'], WRITES],
    ['batch', ['jobs', 'cronjobs'], WRITES],
    [RBAC, ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'], [...WRITES, 'escalate', 'bind']],
    ['admissionregistration.k8s.io', ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'], WRITES],
    ['certificates.k8s.io', ['certificatesigningrequests/approval', 'signers'], ['update', 'approve', 'sign']],
  ];

  test.each(
    POWERFUL.flatMap(([group, resources, verbs]) =>
      resources.flatMap((resource) => verbs.map((verb): [string, string, string] => [verb, resource, group])),
    ),
  )('is to %s %s of "%s", and no longer of another group', (verb, resource, group) => {
    expect(isPowerful({ verb, group, resource, name: '' })).toBe(true);
    expect(isPowerful({ verb, group, resource, name: 'a' })).toBe(true);
    expect(isPowerful({ verb, group: 'example.com', resource, name: '' })).toBe(false);
    expect(isPowerful({ verb: 'deletecollection', group, resource, name: '' })).toBe(false);
  });

  test.each<[boolean, Right]>([
    [true, right('*', 'configmaps')],
    [true, right('get', '*/*')],
    [true, right('get', '*/configmaps')],
    [true, right('get', '/*')],
    [true, { role: 'ClusterRole cluster-admin' }],
    [true, { verb: 'get', url: '*' }],
    [true, { verb: '*', url: '/metrics' }],
    [false, { role: 'ClusterRole view' }],
    [false, { role: 'Role kube-system/cluster-admin' }],
    [false, { verb: 'get', url: '/metrics' }],
    [false, right('get', 'configmaps')],
    [false, right('get', 'apps/deployments')],
    [false, right('create', 'secrets')],
    [false, right('create', 'serviceaccounts')],
  ])('%s: %j', (powerful, one) => {
    expect(isPowerful(one)).toBe(powerful);
  });
});
