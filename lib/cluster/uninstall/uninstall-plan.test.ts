import type { Manifest } from '../../objects/manifest';
import { objectKey } from '../../objects/manifest';
import { FakeKubectl } from '../testing/fake-kubectl';
import { configMap, managedBy, object, rendered } from '../testing/objects';
import type { UninstallPlan } from './uninstall-plan';
import { isOfCrd, planUninstall } from './uninstall-plan';

const crd: Manifest = {
  ...managedBy(object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'things.example.com'), 'kubectl'),
  spec: { group: 'example.com', names: { kind: 'Thing', plural: 'things' } },
};
const there = [
  managedBy(configMap('recorded'), 'kubectl'),
  managedBy(configMap('rendered'), 'kubectl-client-side-apply'),
  managedBy(configMap('theirs'), 'helm'),
  managedBy(object('v1', 'Namespace', 'default'), 'kubectl'),
  managedBy(object('v1', 'Namespace', 'n'), 'kubectl'),
  crd,
];
const owned = { ...object('example.com/v1', 'Thing', 'child', 'x') };
const things = [
  object('example.com/v1', 'Thing', 'ours', 'x'),
  object('example.com/v1', 'Thing', 'theirs', 'x'),
  { ...owned, metadata: { ...owned.metadata, ownerReferences: [{ kind: 'Thing', name: 'theirs' }] } },
];

let fake: FakeKubectl;
afterEach(() => {
  fake.remove();
});

test('what is recorded and what is rendered, as far as it is there and ours, and what of others would go with it', async () => {
  const all = [...there, managedBy(things[0] as Manifest, 'kubectl')];
  fake = new FakeKubectl(`
const all = ${JSON.stringify(all)};
const same = (a, b) => a.kind === b.kind && a.metadata.name === b.metadata.name;
if (args[0] === 'api-resources') print('x v1 true ConfigMap\\nx v1 false Namespace\\nx apiextensions.k8s.io/v1 false CustomResourceDefinition\\nx example.com/v1 true Thing');
else if (args.includes('--filename=-')) list(all.filter((one) => objects.some((asked) => same(one, asked))));
else if (args[1] === 'things.example.com') list(${JSON.stringify(things)});
else list([${JSON.stringify(object('apps/v1', 'Deployment', 'neighbour', 'n'))}]);`);
  const inventory = new Map([
    ['00-namespaces', ['Namespace default', 'Namespace n']],
    ['60-services', ['ConfigMap default/recorded', 'ConfigMap default/gone', 'unknown.example.com/Kind a']],
  ]);
  const phase = {
    name: '60-services',
    objects: [configMap('rendered'), configMap('theirs'), things[0] as Manifest].map((one) => rendered(one)),
  };
  const plan = await planUninstall(fake.kubectl, inventory, [
    { name: '10-crds', objects: [rendered(crd, '10-crds')] },
    phase,
  ]);
  const names = (objects: readonly Manifest[]): string[] => objects.map(objectKey);
  expect(plan.phases.map(({ name, objects }) => [name, names(objects)])).toEqual([
    ['60-services', ['ConfigMap default/recorded', 'ConfigMap default/rendered', 'example.com/Thing x/ours']],
    ['10-crds', []],
    ['00-namespaces', []],
  ]);
  expect(names(plan.crds)).toEqual(['apiextensions.k8s.io/CustomResourceDefinition things.example.com']);
  expect([names(plan.namespaces), names(plan.cleaned)]).toEqual([['Namespace n'], ['Namespace default']]);
  expect(names(plan.othersOfCrds)).toEqual(['example.com/Thing x/theirs']);
  expect(names(plan.othersInNamespaces)).toEqual(['apps/Deployment n/neighbour']);
  expect(names(plan.disowned)).toEqual(['ConfigMap default/theirs']);
});

/** The plan of what is recorded, on a cluster that has some objects, and further ones that a list of all finds. */
async function planOf(live: readonly Manifest[], others: readonly Manifest[] = []): Promise<UninstallPlan> {
  fake = new FakeKubectl(`
const live = ${JSON.stringify(live)};
const same = (a, b) => a.kind === b.kind && a.metadata.name === b.metadata.name;
if (args[0] === 'api-resources') print('x v1 true ConfigMap\\nx v1 false Namespace\\nx apiextensions.k8s.io/v1 false CustomResourceDefinition\\nx apps/v1 true Deployment');
else if (args.includes('--filename=-')) list(live.filter((one) => objects.some((asked) => same(one, asked))));
else list(${JSON.stringify(others)});`);
  return planUninstall(fake.kubectl, new Map([['60-services', live.map(objectKey)]]), []);
}

test('a CRD and a namespace that others have installed stay, with all that is of them', async () => {
  const theirs = ['Namespace', 'CustomResourceDefinition'].map((kind) =>
    managedBy(
      kind === 'Namespace' ? object('v1', kind, 'n') : { ...crd, metadata: { name: 'things.example.com' } },
      'helm',
    ),
  );
  const plan = await planOf(theirs, things);
  expect([plan.crds, plan.namespaces, plan.cleaned, plan.othersOfCrds, plan.othersInNamespaces]).toEqual([
    [],
    [],
    [],
    [],
    [],
  ]);
  expect(plan.phases.flatMap(({ objects }) => objects)).toEqual([]);
  expect(plan.disowned.map(objectKey).sort()).toEqual([
    'Namespace n',
    'apiextensions.k8s.io/CustomResourceDefinition things.example.com',
  ]);
});

test('what somebody would miss in a namespace: workloads and claims, but none of ours and none that is made on behalf of another', async () => {
  const ours = managedBy(object('apps/v1', 'Deployment', 'ours', 'n'), 'kubectl');
  const made = object('apps/v1', 'Deployment', 'made', 'n');
  const plan = await planOf(
    [managedBy(object('v1', 'Namespace', 'n'), 'kubectl'), ours],
    [
      ours,
      { ...made, metadata: { ...made.metadata, ownerReferences: [{ kind: 'Revision', name: 'a' }] } },
      object('v1', 'PersistentVolumeClaim', 'theirs', 'n'),
    ],
  );
  expect(plan.othersInNamespaces.map(objectKey)).toEqual(['PersistentVolumeClaim n/theirs']);
  const asked = fake.calls.find(({ args }) => args.includes('--namespace'))?.args;
  expect(asked?.[1]?.split(',').sort()).toEqual([
    'cronjobs',
    'daemonsets',
    'deployments',
    'persistentvolumeclaims',
    'statefulsets',
  ]);
  expect(asked).toContain('n');
});

test.each(['default', 'kube-node-lease', 'kube-public', 'kube-system'])(
  'the namespace %s stays, which every cluster has',
  async (name) => {
    const theirs = managedBy(object('v1', 'Namespace', name), 'kubectl');
    fake = new FakeKubectl(`
if (args[0] === 'api-resources') print('x v1 false Namespace');
else if (args.includes('--filename=-')) list(${JSON.stringify([theirs])});
else fail('nothing else is to be asked');`);
    const plan = await planUninstall(fake.kubectl, new Map([['00-namespaces', [`Namespace ${name}`]]]), []);
    expect([plan.namespaces, plan.cleaned.map(objectKey)]).toEqual([[], [`Namespace ${name}`]]);
  },
);

test('objects of a CRD are told by group and kind', () => {
  fake = new FakeKubectl('');
  expect(isOfCrd(object('example.com/v2', 'Thing', 'a'), [crd])).toBe(true);
  expect(isOfCrd(object('example.org/v1', 'Thing', 'a'), [crd])).toBe(false);
});
