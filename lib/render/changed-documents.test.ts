import { changedDocuments } from './changed-documents';

const document = (kind: string, name: string, size = 1, namespace?: string): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${namespace === undefined ? '' : `  namespace: ${namespace}\n`}spec:\n  size: ${size}\n`;
const file = (...documents: string[]): string => documents.join('---\n');

test('names what was added, changed and removed, and nothing else', () => {
  const before = file(document('Pod', 'same'), document('Pod', 'other', 1, 'team-a'), document('Service', 'gone'));
  const after = file(document('Secret', 'new'), document('Pod', 'other', 2, 'team-a'), document('Pod', 'same'));
  expect(changedDocuments(before, after)).toEqual([
    { change: 'added', document: 'Secret new' },
    { change: 'changed', document: 'Pod team-a/other' },
    { change: 'removed', document: 'Service gone' },
  ]);
  expect(changedDocuments(after, after)).toEqual([]);
});

test('reads documents that others wrote', () => {
  const text = '# mine\nkind:   "Role"\nmetadata:\n  # its name\n  labels: {}\n  name: \'reader\'\n  namespace: a\n';
  expect(changedDocuments('', text)).toEqual([{ change: 'added', document: 'Role a/reader' }]);
});
