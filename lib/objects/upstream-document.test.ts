import { App } from 'cdk8s';
import type { Manifest } from './manifest';
import type { Change } from './upstream-document';
import { UpstreamDocument } from './upstream-document';
import { strings } from './json';

const manifest: Manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { one: '1' } };
const objectAfter = (...changes: Change[]): UpstreamDocument['object'] =>
  new UpstreamDocument(new App(), 'document', { manifest, source: 'f:1', text: 'text', changes }).object;

test('keeps its text while nothing changes it', () => {
  expect(objectAfter()).toEqual({ manifest, source: 'f:1', text: 'text' });
  expect(objectAfter((object) => JSON.parse(JSON.stringify(object)) as Manifest)).toHaveProperty('text', 'text');
});

test('has no text once it is changed, one change after the other', () => {
  const label =
    (key: string): Change =>
    ({ metadata, ...object }) => ({
      ...object,
      metadata: {
        ...metadata,
        labels: { ...strings(metadata.labels), [key]: String(Object.keys(strings(metadata.labels)).length) },
      },
    });
  expect(objectAfter(label('a'), label('b'))).toEqual({
    manifest: { ...manifest, metadata: { name: 'a', labels: { a: '0', b: '1' } } },
    source: 'f:1',
  });
});

test('is gone once a change removes it, and later changes do not see it', () => {
  const later = jest.fn();
  expect(objectAfter(() => undefined, later)).toBeUndefined();
  expect(later).not.toHaveBeenCalled();
});

test('changes run when the object is asked for, not before', () => {
  const change = jest.fn((object: Manifest) => object);
  const document = new UpstreamDocument(new App(), 'document', {
    manifest,
    source: 'f:1',
    text: 'text',
    changes: [change],
  });
  expect(change).not.toHaveBeenCalled();
  expect(document.object).toBeDefined();
  expect(change).toHaveBeenCalledTimes(1);
});

test('tells a vendored document from all else', () => {
  const app = new App();
  expect(UpstreamDocument.isUpstreamDocument(app)).toBe(false);
  const document = new UpstreamDocument(app, 'document', { manifest, source: 'f:1', text: 'text' });
  expect(UpstreamDocument.isUpstreamDocument(document)).toBe(true);
});
