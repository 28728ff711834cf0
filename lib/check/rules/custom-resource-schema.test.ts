import { found, objectsIn, testExamples } from '../testing/doc-examples';
import { customResourceSchema } from './custom-resource-schema';

testExamples(customResourceSchema);

const widgets = (pattern: string, colour: string, type = 'string') =>
  objectsIn(`apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  names: { kind: Widget, plural: widgets }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            colours: { type: array, items: { type: ${type}, pattern: ${JSON.stringify(pattern)} } }
---
apiVersion: example.com/v1
kind: Widget
metadata: { name: blue, namespace: default }
colours: [${JSON.stringify(colour)}]
`);

test('a pattern ends, whatever it is and is given', () => {
  const colour = `${'a'.repeat(100_000)}b`;
  expect(found(customResourceSchema, widgets('^(a+)+$', colour))).toEqual([
    expect.stringMatching(
      /: Widget default\/blue: colours\[0\]: "a{58}… does not match \^\(a\+\)\+\$: write a value that does$/,
    ),
  ]);
});

test('a pattern that Go does not read is told of the definition, and holds nothing', () => {
  expect(found(customResourceSchema, widgets('(?=b)', 'blue'))).toEqual([
    '60-services.yaml:1: CustomResourceDefinition widgets.example.com: spec.versions[0].schema.openAPIV3Schema.properties.colours.items.pattern: "(?=b)" is no regular expression of RE2 (invalid or unsupported Perl syntax), so the API server refuses the definition: write it without lookaround and backreferences',
  ]);
});

test('a type that there is not is told of the definition, and holds nothing', () => {
  expect(found(customResourceSchema, widgets('b', 'blue', 'text'))).toEqual([
    '60-services.yaml:1: CustomResourceDefinition widgets.example.com: spec.versions[0].schema.openAPIV3Schema.properties.colours.items.type: "text" is no type, so the API server refuses the definition: use one of array, boolean, integer, number, object, string',
  ]);
});
