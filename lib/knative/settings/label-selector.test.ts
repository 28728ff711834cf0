import type { LabelSelector } from './label-selector';
import { labelSelectorProblem } from './label-selector';

const KEY = 'is not the key of a label: write for example "app" or "app.kubernetes.io/name"';

it.each<[LabelSelector, string | undefined]>([
  [{}, undefined],
  [{ matchLabels: { 'app.kubernetes.io/name': 'a_B.c', empty: '' } }, undefined],
  [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }, undefined],
  [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }, undefined],
  [{ matchLabels: { '': 'a' } }, `"" ${KEY}`],
  [{ matchLabels: { '-a': 'a' } }, `"-a" ${KEY}`],
  [{ matchLabels: { 'Example/a': 'a' } }, `"Example/a" ${KEY}`],
  [{ matchLabels: { 'a/b/c': 'a' } }, `"a/b/c" ${KEY}`],
  [
    { matchLabels: { a: 'x'.repeat(64) } },
    `"${'x'.repeat(64)}" is not the value of a label: use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends`,
  ],
  [
    { matchExpressions: [{ key: 'a', operator: 'NotIn', values: [] as unknown as ['b'] }] },
    '"a" has 0 values: NotIn takes at least one',
  ],
  [
    {
      matchExpressions: [
        { key: 'a', operator: 'Exists', values: ['b'] } as unknown as { key: 'a'; operator: 'Exists' },
      ],
    },
    '"a" has 1 values: Exists takes none',
  ],
  [{ matchExpressions: [{ key: 'a b', operator: 'Exists' }] }, `"a b" ${KEY}`],
])('of %j', (selector, problem) => {
  expect(labelSelectorProblem(selector)).toBe(problem);
});
