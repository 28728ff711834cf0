import { selects } from './selector';

const labels = { app: 'web', tier: 'front' };
const expression = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }],
});

test.each<[unknown, boolean]>([
  [{}, true],
  [undefined, true],
  [{ matchLabels: { app: 'web' } }, true],
  [{ matchLabels: { app: 'web', tier: 'back' } }, false],
  [expression('app', 'In', 'web', 'api'), true],
  [expression('app', 'In', 'api'), false],
  [expression('other', 'In', 'web'), false],
  [expression('app', 'NotIn', 'api'), true],
  [expression('other', 'NotIn', 'api'), true],
  [expression('app', 'NotIn', 'web'), false],
  [expression('app', 'Exists'), true],
  [expression('other', 'Exists'), false],
  [expression('other', 'DoesNotExist'), true],
  [expression('app', 'DoesNotExist'), false],
  [{ matchLabels: { app: 'web' }, ...expression('tier', 'In', 'back') }, false],
  [expression('app', 'Like', 'web'), false],
])('%j: %p', (selector, taken) => {
  expect(selects(selector, labels)).toBe(taken);
});
