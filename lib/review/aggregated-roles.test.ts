import type { Manifest } from '../objects/manifest';
import { withAggregatedRules } from './aggregated-roles';

const rule = (resource: string) => ({ apiGroups: [''], resources: [resource], verbs: ['get'] });
const role = (name: string, fields: object, labels: Record<string, string> = {}): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name, labels },
  ...fields,
});
const selecting = (...labels: Record<string, string>[]) => ({
  aggregationRule: { clusterRoleSelectors: labels.map((matchLabels) => ({ matchLabels })) },
});

const ONE = role('one', { rules: [rule('pods')] }, { of: 'all', size: 'small' });
const TWO = role('two', { rules: [rule('services')] }, { of: 'some', size: 'small' });
const NONE = role('none', {}, { of: 'all' });

test.each<[string, object, string[]]>([
  ['a label', selecting({ of: 'all' }), ['pods']],
  ['two labels', selecting({ of: 'all', size: 'large' }), []],
  ['one label or another', selecting({ of: 'all' }, { of: 'some' }), ['pods', 'services']],
  ['a label, over rules of its own', { ...selecting({ of: 'some' }), rules: [rule('secrets')] }, ['services']],
  [
    'an expression',
    {
      aggregationRule: {
        clusterRoleSelectors: [{ matchExpressions: [{ key: 'of', operator: 'In', values: ['some'] }] }],
      },
    },
    ['services'],
  ],
  ['what is no list of selectors', { aggregationRule: { clusterRoleSelectors: { of: 'all' } } }, []],
])('a role that selects by %s', (_, fields, resources) => {
  const [aggregated, ...others] = withAggregatedRules([role('all', fields), ONE, TWO, NONE]);
  expect(aggregated?.rules).toEqual(resources.map(rule));
  expect(others).toEqual([ONE, TWO, NONE]);
});
