import { findingsOf } from './findings';

const FINDING = { severity: 'warning', rule: 'image-digest', object: 'Deployment a/web', message: 'has no digest' };

test('a list of them, or an object that has it; what else they say is left out', () => {
  expect(findingsOf([FINDING])).toEqual([FINDING]);
  expect(findingsOf({ findings: [{ ...FINDING, source: 'main.ts', path: 'spec' }], rules: 3 })).toEqual([
    { ...FINDING, source: 'main.ts' },
  ]);
  expect(findingsOf([])).toEqual([]);
});

test.each([
  [{}, 'is neither a list of findings nor an object with one as "findings"'],
  ['none', 'is neither a list of findings nor an object with one as "findings"'],
  [
    [{ ...FINDING, severity: 'fatal' }],
    'findings[0]: needs a severity (error, warning, note), rule, object and message',
  ],
  [
    [FINDING, { ...FINDING, message: 1 }],
    'findings[1]: needs a severity (error, warning, note), rule, object and message',
  ],
])('refuses %j', (json, message) => {
  expect(() => findingsOf(json)).toThrow(message);
});
