import type { Manifest } from '../objects/manifest';
import { diff } from './diff';
import { reportSections, totalsText } from './diff-report';

const object = (apiVersion: string, kind: string, name: string, fields: object, metadata: object = {}): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, ...metadata },
  ...fields,
});
const deployment = (image: string, replicas: number, metadata: object = {}): Manifest =>
  object('apps/v1', 'Deployment', 'app', {
    spec: { replicas, template: { metadata, spec: { containers: [{ name: 'a', image }] } } },
  });
const role = (...resources: string[]): Manifest =>
  object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'reader', {
    rules: [{ apiGroups: [''], resources, verbs: ['get'] }],
  });
const binding = object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'reader', {
  roleRef: { kind: 'ClusterRole', name: 'reader' },
  subjects: [{ kind: 'ServiceAccount', name: 'app', namespace: 'n' }],
});
const crd = (properties: object): Manifest =>
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'hosts.example.com', {
    spec: { versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { properties } } }] },
  });
const config = (data: object): Manifest => object('v1', 'ConfigMap', 'settings', { data });
const namespace = (annotations: object): Manifest => object('v1', 'Namespace', 'n', {}, { annotations });
const labelled = (version: string): Manifest =>
  object('v1', 'ServiceAccount', 'app', {}, { labels: { 'app.kubernetes.io/version': version } });

const compared = (from: Manifest[], to: Manifest[]) =>
  diff(
    from.map((manifest) => ({ manifest })),
    to.map((manifest) => ({ manifest })),
  );
const sections = (from: Manifest[], to: Manifest[], verbose = false) =>
  Object.fromEntries(
    reportSections(compared(from, to), verbose)
      .filter(({ summary }) => summary !== '')
      .map(({ title, summary, rows }) => [title, [summary, ...rows.map((row) => row.join(' | '))]]),
  );

test('a change of everything, by area', () => {
  const from = [
    deployment('app:1', 1),
    role('pods'),
    binding,
    crd({ a: {}, b: { type: 'string' } }),
    config({ x: '1', y: '1' }),
    namespace({}),
    object('example.com/v1', 'Thing', 'a', { spec: 1 }),
    labelled('1'),
  ];
  const to = [
    deployment('app:2', 2),
    role('pods', 'secrets'),
    binding,
    crd({ b: { type: 'integer' }, c: {} }),
    config({ x: '2' }),
    namespace({ 'linkerd.io/inject': 'enabled' }),
    object('example.com/v1', 'Thing', 'a', { spec: 2 }),
    labelled('2'),
  ];
  expect(sections(from, to)).toEqual({
    images: ['1 image', 'app: 1 → 2 | Deployment app'],
    RBAC: [
      '1 subject gains rights, powerful ones (‼) among them, 1 object',
      '‼ | ServiceAccount n/app | gains | everywhere | get: secrets',
    ],
    CRDs: [
      '1 CRD, 2 breaking changes (‼)',
      '‼ | hosts.example.com | v1 a: removed',
      '‼ | hosts.example.com | v1 b: type string → integer',
      ' | hosts.example.com | v1 c: added',
    ],
    configuration: [
      '2 keys in 1 object',
      'ConfigMap settings | data.x: "1" → "2"',
      'ConfigMap settings | data.y: removed "1"',
    ],
    workloads: [
      '1 object, 1 rolls its pods',
      'Deployment app | rolls its pods | spec.replicas: 1 → 2',
      ' |  | see images',
    ],
    'network and mesh': [
      '1 change in 1 object',
      'Namespace n | metadata.annotations["linkerd.io/inject"]: added "enabled"',
    ],
    other: ['1 change in 1 object', 'Thing a | spec: 1 → 2'],
    'labels and texts': ['1 change in 1 object, not listed'],
  });
  expect(sections(from, to, true)['labels and texts']).toEqual([
    '1 change in 1 object',
    'ServiceAccount app | metadata.labels["app.kubernetes.io/version"]: "1" → "2"',
  ]);
  expect(totalsText(compared(from, to))).toBe('7 of 8 objects differ');
});

test('rights in other rules: nobody gains or loses, and it says so', () => {
  const from = [role('pods'), { ...role('services'), metadata: { name: 'other' } }, binding];
  const one = { ...role('pods'), rules: [{ apiGroups: [''], resources: ['pods', 'pods'], verbs: ['get', 'get'] }] };
  expect(sections(from, [one as Manifest, ...from.slice(1)])).toEqual({});
  const split = [
    ...from,
    { ...role('pods'), metadata: { name: 'again' } },
    { ...binding, metadata: { name: 'again' } },
  ];
  expect(sections(from, split).RBAC?.[0]).toMatch(/^1 subject gains rights, 2 objects$/);
  const bound = object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'again', {
    roleRef: binding.roleRef,
    subjects: binding.subjects,
  });
  expect(sections(from, [...from, bound])).toEqual({
    RBAC: ['nobody gains or loses rights, 1 object', ' | ClusterRoleBinding again | added'],
  });
});

test('many rights on several lines, none of them cut', () => {
  const resources = Array.from({ length: 40 }, (_, index) => `resources-${index}`);
  const rows = sections([binding], [role(...resources), binding]).RBAC ?? [];
  expect(rows.length).toBeGreaterThan(5);
  for (const resource of resources) expect(rows.join(' ')).toMatch(new RegExp(`${resource}\\b`));
});

test('an annotation of the mesh on pods is about the mesh, and rolls them', () => {
  const inject = { annotations: { 'linkerd.io/inject': 'enabled' } };
  expect(sections([deployment('a', 1, { annotations: {} })], [deployment('a', 1, inject)])).toEqual({
    workloads: ['1 object, 1 rolls its pods', 'Deployment app | rolls its pods | see network and mesh'],
    'network and mesh': [
      '1 workload joins the mesh, 1 change in 1 object',
      'Deployment app | joins the mesh',
      'Deployment app | spec.template.metadata.annotations["linkerd.io/inject"]: added "enabled"',
    ],
  });
});

test('what is no change is listed at the end', () => {
  const [from, to] = [config({ a: '1' }), object('v1', 'ConfigMap', 'options', { data: { a: '1' } })];
  const other = { manifest: role('pods'), file: 'a.yaml' };
  const found = diff([{ manifest: from }, other], [{ manifest: to }, { ...other, file: 'b.yaml' }]);
  expect(found.same).toBe(true);
  expect(totalsText(found)).toBe('2 objects, no difference');
  expect(reportSections(found, false).filter(({ rows }) => rows.length > 0)).toEqual([
    {
      title: 'renamed',
      summary: '1 object with the same content: kubectl makes the new one and leaves the old one',
      rows: [['ConfigMap settings', '→ ConfigMap options']],
    },
    { title: 'moved', summary: '1 object in another file', rows: [['ClusterRole reader', 'a.yaml → b.yaml']] },
  ]);
});

test('what Kubernetes refuses', () => {
  const bound = (name: string): Manifest => ({ ...binding, roleRef: { kind: 'ClusterRole', name } });
  expect(sections([role('pods'), bound('reader')], [role('pods'), bound('view')]).refused).toEqual([
    '1 change that the cluster does not take',
    'ClusterRoleBinding reader | roleRef.name cannot be changed in place: delete the object first',
  ]);
});

test('values of Secrets are not shown', () => {
  const secret = (value: string): Manifest => object('v1', 'Secret', 's', { stringData: { password: value } });
  expect(sections([secret('old')], [secret('new')])).toEqual({
    configuration: ['1 key in 1 object', 'Secret s | data.password: changed, not shown'],
  });
});

test('rules of another shape give nobody a right, and are shown as they stand', () => {
  const refused = (rules: unknown): Manifest => ({ ...role('pods'), rules: rules as never });
  const rows = (from: Manifest, to: Manifest): unknown => sections([from], [to]).RBAC;
  expect(rows(refused([]), refused({ verbs: ['*'] }))).toEqual([
    'nobody gains or loses rights, 1 object',
    ' | ClusterRole reader | rules: [] → {"verbs":["*"]}',
  ]);
  expect(rows(refused([]), refused([{ verbs: '*', resources: ['pods'] }]))).toEqual([
    'nobody gains or loses rights, 1 object',
    ' | ClusterRole reader | rules[0]: added {"resources":["pods"],"verbs":"*"}',
  ]);
  expect(rows(role('pods'), refused(null))).toEqual([
    '1 subject loses rights, 1 object',
    ' | whoever is given ClusterRole reader | loses | everywhere | get: pods',
    ' | ClusterRole reader | rules: [{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}] → null',
  ]);
});

test('a binding of another shape is shown as it stands', () => {
  const refused = { ...binding, subjects: { kind: 'Group', name: 'everybody' } };
  expect(sections([role('pods'), binding], [role('pods'), refused]).RBAC).toEqual(
    expect.arrayContaining([expect.stringContaining('ClusterRoleBinding reader | subjects: ')]),
  );
});
