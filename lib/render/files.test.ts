import type { PlatformObject } from '../objects/manifest';
import { renderFiles } from './files';

const object = (phase: string, name: string, text?: string): PlatformObject => ({
  phase,
  source: name,
  manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } },
  ...(text !== undefined && { text }),
});

test('one file a phase, in the order of their names, with the documents in the order of the objects', () => {
  expect(renderFiles([object('60-services', 'b'), object('60-services', 'a'), object('00-namespaces', 'c')])).toEqual([
    { name: '00-namespaces.yaml', text: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n', objects: 1 },
    {
      name: '60-services.yaml',
      text: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
      objects: 2,
    },
  ]);
});

test("a vendored document's text is written byte for byte", () => {
  const text = "# a comment\nkind:   ConfigMap # as it is\napiVersion: 'v1'\n\n";
  expect(renderFiles([object('45-knative-serving', 'a', text)])[0]?.text).toBe(text);
});
