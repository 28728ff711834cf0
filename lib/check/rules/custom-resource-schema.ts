import type { Rule } from '../rule';
import { CustomResourceValidator } from '../schema/custom-resources';

/** Custom resources by the schemas of the definitions beside them. */
export const customResourceSchema: Rule = {
  id: 'custom-resource-schema',
  group: 'schemas',
  severity: 'error',
  title: 'custom resources fit the schemas of their CRDs, where those have one',
  check: (objects) => {
    const validator = new CustomResourceValidator(objects);
    return objects
      .ofKinds((manifest) => validator.restricts(manifest))
      .flatMap((object) => validator.problems(object.manifest).map((problem) => ({ object, ...problem })));
  },
};
