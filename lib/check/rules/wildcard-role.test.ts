import { found, objectsOf, testExamples } from '../testing/doc-examples';
import { wildcardRole } from './wildcard-role';

testExamples(wildcardRole);

const role = (name: string, rule: object): string =>
  JSON.stringify({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name },
    rules: [rule],
  });

test.each<[string, string, string | undefined]>([
  [
    'one that a release is known for',
    role('knative-serving-core', { apiGroups: ['*'], resources: ['*/scale'], verbs: ['patch'] }),
    undefined,
  ],
  [
    '… for more verbs',
    role('knative-serving-core', { apiGroups: ['*'], resources: ['*/scale'], verbs: ['*'] }),
    '"*/*/scale:*"',
  ],
  ['… of another role', role('mine', { apiGroups: ['*'], resources: ['*/scale'], verbs: ['patch'] }), '"*/*/scale"'],
  [
    '… of a name that every object in JavaScript has',
    role('valueOf', { apiGroups: ['*'], resources: ['*/scale'], verbs: ['patch'] }),
    '"*/*/scale"',
  ],
  ['all verbs', role('mine', { apiGroups: [''], resources: ['pods'], verbs: ['*'] }), '"/pods:*"'],
  ['all URLs', role('mine', { nonResourceURLs: ['*'], verbs: ['get'] }), '"*"'],
])('%s', (_, document, message) => {
  const lines = found(wildcardRole, objectsOf(document));
  expect(lines).toHaveLength(message === undefined ? 0 : 1);
  expect(lines.join('')).toContain(message ?? '');
});
