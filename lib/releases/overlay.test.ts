import { ClusterRole, Deployment } from '../../imports/kubernetes';
import type { Manifest } from '../objects/manifest';
import { overlay, removal } from './overlay';

const because = 'a test asks for it';
const deployment = (name: string, namespace?: string): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, ...(namespace !== undefined && { namespace }) },
  spec: { replicas: 1 },
});

test('an overlay is a typed function of an object of a kind', () => {
  const { target, change } = overlay({
    kind: Deployment,
    of: { name: 'web', namespace: 'a' },
    because,
    change: ({ spec, ...rest }) => ({
      ...rest,
      ...(spec && { spec: { ...spec, replicas: (spec.replicas ?? 1) + 1 } }),
    }),
  });
  const original = deployment('web', 'a');
  expect(target).toBe('Deployment a/web');
  expect(change?.(original)).toEqual({ ...original, spec: { replicas: 2 } });
  expect(original).toEqual(deployment('web', 'a'));
});

test('a removal has no change', () => {
  expect(removal({ kind: ClusterRole, of: 'reader', because })).not.toHaveProperty('change');
});

test.each([
  ['its name and namespace', { name: 'web', namespace: 'a' }, deployment('web', 'a'), true],
  ['another name', { name: 'web', namespace: 'a' }, deployment('db', 'a'), false],
  ['another namespace', { name: 'web', namespace: 'a' }, deployment('web', 'b'), false],
  ['no namespace where one is named', { name: 'web', namespace: 'a' }, deployment('web'), false],
  ['a namespace where none is named', 'web', deployment('web', 'a'), false],
  ['its name without a namespace', 'web', deployment('web'), true],
  ['another kind', 'web', { ...deployment('web'), kind: 'StatefulSet' }, false],
  ['another version', 'web', { ...deployment('web'), apiVersion: 'apps/v2' }, false],
  ['its condition', { where: () => true, called: 'of all' }, deployment('web'), true],
  ['not its condition', { where: () => false, called: 'of none' }, deployment('web'), false],
  [
    'its condition, of another kind',
    { where: () => true, called: 'of all' },
    { ...deployment('web'), kind: 'Pod' },
    false,
  ],
])('an object with %s', (_, of, object, selected) => {
  expect(removal({ kind: Deployment, of, because }).selects(object)).toBe(selected);
});
