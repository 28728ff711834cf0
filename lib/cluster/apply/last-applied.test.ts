import { LAST_APPLIED } from '../../objects/server-fields';
import { withLastApplied } from './last-applied';
import { configMap, managedBy, object } from '../testing/objects';
import { at } from '../../objects/json';

const given = configMap('a');
const live = (manager: string, annotation?: string) => {
  const one = managedBy(given, manager);
  const [entry] = one.metadata.managedFields as object[];
  const fieldsV1 = { 'f:metadata': { 'f:annotations': { [`f:${LAST_APPLIED}`]: {} } } };
  return {
    ...one,
    metadata: {
      ...one.metadata,
      ...(annotation !== undefined && { annotations: { [LAST_APPLIED]: annotation } }),
      managedFields: [{ ...entry, fieldsV1 }] as never,
    },
  };
};

test.each([
  ['is not there', undefined, true],
  ['has none', managedBy(given, 'kubectl'), true],
  ['has one that a server-side apply gave it', live('kubectl', '{}'), true],
  ['has one of plain kubectl apply', live('kubectl-client-side-apply', '{}'), false],
])('an object that %s', (_, there, annotated) => {
  expect(at(withLastApplied(given, there).metadata.annotations, LAST_APPLIED)).toBe(annotated ? '{}' : undefined);
});

test('its other annotations stay, and it is left as it is itself', () => {
  const annotated = { ...given, metadata: { ...given.metadata, annotations: { a: 'b' } } };
  expect(withLastApplied(annotated, undefined).metadata.annotations).toEqual({ a: 'b', [LAST_APPLIED]: '{}' });
  expect(annotated.metadata.annotations).toEqual({ a: 'b' });
});

test('no value of a Secret goes into an annotation', () => {
  const secret = object('v1', 'Secret', 'a', 'default');
  expect(withLastApplied(secret, undefined)).toBe(secret);
});
