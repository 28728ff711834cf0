import { App } from 'cdk8s';
import type { PolicyRule } from '../../imports/kubernetes';
import { collectObjects } from '../objects/collect';
import { Phase } from '../objects/phase';
import { addRbac } from './rbac';

const rules = (tls: boolean): PolicyRule[] => {
  const phase = new Phase(new App(), 'networking');
  addRbac(phase, { tls });
  const roles = collectObjects(phase).filter(({ manifest }) => manifest.kind === 'ClusterRole');
  return roles.flatMap(({ manifest }) => manifest.rules as unknown as PolicyRule[]);
};

const reads = new Set(['get', 'list', 'watch']);

test('it writes statuses alone', () => {
  for (const { verbs, resources } of rules(true)) {
    if (verbs.every((verb) => reads.has(verb))) continue;
    expect(verbs).toEqual(['update']);
    expect(resources?.every((resource) => resource.endsWith('/status'))).toBe(true);
  }
});

test('nothing is granted by a wildcard', () => {
  for (const { apiGroups = [], resources = [], verbs } of rules(true)) {
    expect([...apiGroups, ...resources, ...verbs]).not.toContain('*');
  }
});

test('Secrets can be read where TLS needs it, and nowhere else', () => {
  const readsSecrets = (tls: boolean): boolean => rules(tls).some(({ resources }) => resources?.includes('secrets'));
  expect([readsSecrets(true), readsSecrets(false)]).toEqual([true, false]);
});

test("Knative's Ingresses can be read, and their statuses updated", () => {
  const group = 'networking.internal.knative.dev';
  expect(rules(false).filter(({ apiGroups }) => apiGroups?.includes(group))).toEqual([
    { apiGroups: [group], resources: ['ingresses'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: [group], resources: ['ingresses/status'], verbs: ['update'] },
  ]);
});
