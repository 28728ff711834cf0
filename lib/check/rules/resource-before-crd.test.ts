import { found, objectsIn, testExamples } from '../testing/doc-examples';
import { resourceBeforeCrd } from './resource-before-crd';

testExamples(resourceBeforeCrd);

const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec: { group: example.com, names: { kind: Widget }, scope: Namespaced, versions: [{ name: v1, served: true, storage: true }] }
`;
const WIDGET = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: blue, namespace: shop }\n';

test.each<[string, string, string, string[]]>([
  ['in a later file', 'z-crds.yaml', 'a.yaml', ['is only in z-crds.yaml:1, which is applied later, so a new cluster']],
  ['in the same file', 'a.yaml', 'a.yaml', ['is only in a.yaml:1, which is applied together with it, so a new']],
  ['in an earlier file', 'a-crds.yaml', 'b.yaml', []],
])('a CRD %s', (_, crd, widget, expected) => {
  const lines = found(resourceBeforeCrd, [...objectsIn(CRD, crd), ...objectsIn(WIDGET, widget)]);
  expect(lines).toHaveLength(expected.length);
  expected.forEach((part, index) => expect(lines[index]).toContain(part));
});
