import { check } from '../check';
import { findingText } from '../output/text';
import { examplesOf, found, pageOf } from '../testing/doc-examples';
import { notRendered } from './not-rendered';

test('its page says what the rule is', () => {
  expect(pageOf(notRendered)).toMatch(
    new RegExp(`^# ${notRendered.id}\n\n${notRendered.severity} · ${notRendered.group} · ${notRendered.title}\n`),
  );
});

test('the bad example is found, with its line, and nothing in the good one, which is rendered', () => {
  const [bad, good] = [examplesOf(notRendered, 'Bad'), examplesOf(notRendered, 'Good')];
  expect(found(notRendered, [...bad, ...good], { besides: bad })).toEqual([
    expect.stringMatching(/:2: ClusterRoleBinding notes: the platform does not render it, and kubectl /),
  ]);
});

test('a waiver names the file', () => {
  const besides = examplesOf(notRendered, 'Bad');
  const waived = (value: string): string[] =>
    check(besides, {
      besides,
      rules: [notRendered],
      settings: { severities: {}, waivers: [{ rule: 'not-rendered', value, reason: 'a', source: 'check.yaml:1' }] },
    }).findings.map(findingText);
  expect(waived('60-services.yaml')).toEqual([]);
  expect(waived('other.yaml')).toHaveLength(1);
});

test('where no folder of a platform is known it is not asked', () => {
  expect(check(examplesOf(notRendered, 'Bad'), { rules: [notRendered] }).rules).toEqual([]);
});
