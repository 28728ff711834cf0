import { PLATFORM_FILE } from '../../render/dist';
import { check } from '../check';
import { findingText } from '../output/text';
import { examplesOf, found, pageOf } from '../testing/doc-examples';
import { notRendered } from './not-rendered';

/** The objects of a section, of which those are beside the platform whose file is none of its form. */
const foundIn = (section: 'Bad' | 'Good'): string[] => {
  const objects = examplesOf(notRendered, section);
  const besides = objects.filter(({ source }) => !PLATFORM_FILE.test(source.replace(/:\d+$/, '')));
  return found(notRendered, objects, { besides });
};

test('its page says what the rule is', () => {
  expect(pageOf(notRendered)).toMatch(
    new RegExp(`^# ${notRendered.id}\n\n${notRendered.severity} · ${notRendered.group} · ${notRendered.title}\n`),
  );
});

test('the bad example is found, with its line, and nothing in the good one', () => {
  expect(foundIn('Bad')).toEqual([
    expect.stringMatching(/^notes\.yaml:2: ClusterRoleBinding notes: the platform does not render it, and kubectl /),
  ]);
  expect(foundIn('Good')).toEqual([]);
});

test('a waiver names the file', () => {
  const besides = examplesOf(notRendered, 'Bad');
  const waived = (value: string): string[] =>
    check(besides, {
      besides,
      rules: [notRendered],
      settings: { severities: {}, waivers: [{ rule: 'not-rendered', value, reason: 'a', source: 'check.yaml:1' }] },
    }).findings.map(findingText);
  expect(waived('notes.yaml')).toEqual([]);
  expect(waived('other.yaml')).toHaveLength(1);
});

test('where no folder of a platform is known it is not asked', () => {
  expect(check(examplesOf(notRendered, 'Bad'), { rules: [notRendered] }).rules).toEqual([]);
});
