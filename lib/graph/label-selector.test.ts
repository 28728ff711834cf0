import { selects } from './label-selector';

const LABELS = { app: 'web', tier: 'front' };
const expression = (operator: string, key = 'app', values = ['web']): unknown => ({
  matchExpressions: [{ key, operator, values }],
});

test.each([
  ['nothing', undefined, true],
  ['an empty one', {}, true],
  ['a label', { matchLabels: { app: 'web' } }, true],
  ['another value', { matchLabels: { app: 'api' } }, false],
  ['two labels, one of them missing', { matchLabels: { app: 'web', zone: 'a' } }, false],
  ['In', expression('In'), true],
  ['In, missing', expression('In', 'zone'), false],
  ['NotIn', expression('NotIn'), false],
  ['NotIn, missing', expression('NotIn', 'zone'), true],
  ['Exists', expression('Exists'), true],
  ['Exists, missing', expression('Exists', 'zone'), false],
  ['DoesNotExist', expression('DoesNotExist'), false],
  ['DoesNotExist, missing', expression('DoesNotExist', 'zone'), true],
  ['an operator that is not known', expression('Like'), false],
])('%s', (_, selector, expected) => {
  expect(selects(selector, LABELS)).toBe(expected);
});
