import { expandedRules, rulesProblem } from './webhook-rules';

test('one rule a resource, with its status, in the order of group, version and plural', () => {
  const rules = expandedRules(['CREATE']);
  const sortKeys = rules.map(({ apiGroups, apiVersions, resources }) =>
    [...apiGroups, ...apiVersions, ...resources].join(' '),
  );
  expect(sortKeys).toEqual([...sortKeys].sort());
  expect(rules).toHaveLength(10);
  expect(rules[0]).toEqual({
    apiGroups: ['autoscaling.internal.knative.dev'],
    apiVersions: ['v1alpha1'],
    operations: ['CREATE'],
    resources: ['metrics', 'metrics/status'],
    scope: '*',
  });
});

test('expanding rules for other resources is refused', () => {
  expect(rulesProblem(expandedRules(['CREATE']))).toBeUndefined();
  expect(rulesProblem([...expandedRules(['CREATE']), { resources: ['things'] }])).toMatch(
    /^its rules are for .*, things, known are .*: this version's rules are not known here$/,
  );
  expect(rulesProblem(undefined)).toMatch(/^its rules are for , known are certificates, /);
});
