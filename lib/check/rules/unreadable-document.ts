import type { Rule } from '../rule';

/** What the rule finds is found by whoever reads the files, before there are objects. */
export const unreadableDocument: Rule = {
  id: 'unreadable-document',
  group: 'objects',
  severity: 'error',
  title: 'every document of the files is a Kubernetes object',
  check: () => [],
};
