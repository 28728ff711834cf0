import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { groupOf } from '../../objects/api-group';
import { BUILT_IN_GROUPS, insteadOf, isBuiltInGroup, SERVED_KINDS } from './served-kinds';

const schemas = dirname(createRequire(__filename).resolve('kubernetes-models/package.json'));

/** The folders of the package that are API versions: group and version, or a version of the core. */
const apiVersions = readdirSync(schemas, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /^([a-z0-9.]+\/)?v\d+((alpha|beta)\d+)?$/.test(path),
);

/** The kinds of a stable version that the package has, without those of lists. */
function stableKinds(apiVersion: string): string[] {
  if (!/(^|\/)v\d+$/.test(apiVersion)) return [];
  return readdirSync(join(schemas, apiVersion)).flatMap((name) => {
    const kind = /this\.kind="(\w+)"/.exec(readFileSync(join(schemas, apiVersion, name), 'utf8'))?.[1];
    return name.endsWith('.js') && kind !== undefined && !kind.endsWith('List') ? [`${apiVersion}/${kind}`] : [];
  });
}

/** Kinds of Kubernetes 1.36 that 1.34 has in no stable version. */
const NEWER = ['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding'].map(
  (kind) => `admissionregistration.k8s.io/v1/${kind}`,
);

test('the kinds are all those that the package has in stable versions, but for newer ones', () => {
  const served = SERVED_KINDS.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`);
  expect(served.length).toBeGreaterThan(60);
  expect([...served, ...NEWER].sort()).toEqual(apiVersions.flatMap(stableKinds).sort());
});

test("no group of the package's is missing", () => {
  const groups = new Set(apiVersions.map(groupOf));
  expect(groups.size).toBeGreaterThan(20);
  expect([...groups].filter((group) => !isBuiltInGroup(group))).toEqual([]);
});

test.each([
  ['', true],
  ['apps', true],
  ['networking.k8s.io', true],
  ['resource.k8s.io', true],
  ['storagemigration.k8s.io', true],
  ['gateway.networking.k8s.io', false],
  ['serving.knative.dev', false],
])('the group "%s" is of Kubernetes: %p', (group, builtIn) => {
  expect(isBuiltInGroup(group)).toBe(builtIn);
  expect(BUILT_IN_GROUPS.includes(group)).toBe(builtIn && group.includes('.'));
});

test.each([
  ['extensions/v1beta1', 'Ingress', 'use networking.k8s.io/v1'],
  ['policy/v1beta1', 'PodDisruptionBudget', 'use policy/v1'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'use autoscaling/v1 or autoscaling/v2'],
  ['apps/v1', 'Deploymnt', 'did you mean Deployment?'],
  ['policy/v1beta1', 'PodSecurityPolicy', 'correct apiVersion or kind'],
])('instead of %s %s: %s', (apiVersion, kind, instead) => {
  expect(insteadOf(apiVersion, kind)).toBe(instead);
});
