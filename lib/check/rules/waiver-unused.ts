import type { Rule } from '../rule';

/** What the rule finds is found by {@link check} itself, which knows the waivers. */
export const waiverUnused: Rule = {
  id: 'waiver-unused',
  group: 'objects',
  severity: 'error',
  title: 'every waiver of check.yaml is needed',
  check: () => [],
};
