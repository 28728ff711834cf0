import { appliedState, isOurs } from './managed-fields';
import { configMap, managedBy } from './testing/objects';

test.each([
  [['kubectl'], true],
  [['kubectl-client-side-apply'], true],
  [['helm', 'kubectl'], true],
  [['helm'], false],
  [['kubectl-create', 'kubectl-edit'], false],
  [[], false],
])('what %j have a hand in is ours: %s', (managers, ours) => {
  expect(isOurs(managedBy(configMap('a'), ...managers))).toBe(ours);
});

test('what others change leaves the state as it is, and what is applied does not', () => {
  const before = managedBy(configMap('a'), 'kubectl');
  const [entry] = before.metadata.managedFields as { time: string }[];
  const with_ = (managedFields: unknown[], uid = 'u1') =>
    appliedState({ ...before, metadata: { ...before.metadata, uid, managedFields: managedFields as never } });
  const other = { manager: 'controller', operation: 'Update', time: '2026-11-25T10:00:00Z' };
  expect(with_([entry, other])).toBe(appliedState(before));
  expect(with_([{ ...entry, time: '2026-11-25T10:00:00Z' }])).not.toBe(appliedState(before));
  expect(with_([{ ...entry, fieldsV1: {} }])).not.toBe(appliedState(before));
  expect(with_([entry], 'u2')).not.toBe(appliedState(before));
});
