import { isExported, LAST_APPLIED, withoutServerFields } from './server-fields';

const own = { apiVersion: 'v1', kind: 'A', metadata: { name: 'a', annotations: { a: 'b' } }, status: { a: 1 } };

test('an object of a user is as it was', () => {
  expect(withoutServerFields(own)).toBe(own);
  expect(isExported(own)).toBe(false);
});

test('what was read from a cluster is without what the server adds', () => {
  const { status, ...content } = own;
  const added = {
    uid: '1',
    resourceVersion: '2',
    generation: 3,
    creationTimestamp: 'now',
    managedFields: [],
    selfLink: '/a',
  };
  const exported = {
    ...content,
    status,
    metadata: { ...own.metadata, ...added, annotations: { a: 'b', [LAST_APPLIED]: '{}' } },
  };
  expect(withoutServerFields(exported)).toEqual(content);
  expect(isExported(exported)).toBe(true);
});

test('annotations of which nothing is left are none', () => {
  const { metadata } = withoutServerFields({ ...own, metadata: { name: 'a', annotations: { [LAST_APPLIED]: '{}' } } });
  expect(metadata).toEqual({ name: 'a' });
});

test('the status of an object that was not read from a cluster stays', () => {
  expect(withoutServerFields({ ...own, metadata: { name: 'a', generation: 1 } })).toEqual({
    ...own,
    metadata: { name: 'a' },
  });
});
