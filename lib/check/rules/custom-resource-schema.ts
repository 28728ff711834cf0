import type { Rule } from '../rule';
import { CustomResourceValidator } from '../schema/custom-resources';
import { refusedSchemas } from '../schema/refused-schemas';

/** Custom resources by the schemas of the definitions beside them, and what these have that means nothing. */
export const customResourceSchema: Rule = {
  id: 'custom-resource-schema',
  group: 'schemas',
  severity: 'error',
  title: 'custom resources fit the schemas of their CRDs, where those have one',
  check: (objects) => {
    const validator = new CustomResourceValidator(objects);
    const definitions = objects
      .ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')
      .flatMap((object) =>
        objects.memory
          .recall('refused-schemas', [object.manifest.spec ?? null], () => refusedSchemas(object.manifest))
          .map((problem) => ({ object, ...problem })),
      );
    const resources = objects
      .ofKinds((manifest) => validator.restricts(manifest))
      .flatMap((object) => validator.problems(object.manifest).map((problem) => ({ object, ...problem })));
    return [...definitions, ...resources];
  },
};
