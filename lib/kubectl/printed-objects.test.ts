import { printedObjects } from './printed-objects';

const object = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

test.each<[string, string, unknown[]]>([
  ['nothing', '\n', []],
  ['one', JSON.stringify(object('a')), [object('a')]],
  ['several', JSON.stringify({ kind: 'List', items: [object('a'), object('b')] }), [object('a'), object('b')]],
  ['none of several', JSON.stringify({ kind: 'List' }), []],
])('%s', (_, printed, objects) => {
  expect(printedObjects(printed)).toEqual(objects);
});

test.each(['null', '[]', '{}', '{"items":[null]}', '{"items":[{"metadata":{"name":1}}]}'])(
  '%s is no object',
  (printed) => {
    expect(() => printedObjects(printed)).toThrow(/^what the cluster has is no Kubernetes object: /);
  },
);
