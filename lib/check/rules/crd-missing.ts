import type { Rule } from '../rule';
import { customKinds, kindKey } from '../schema/custom-resources';
import { isBuiltIn } from '../schema/kubernetes';

export const crdMissing: Rule = {
  id: 'crd-missing',
  group: 'schemas',
  severity: 'warning',
  title: 'every custom resource has its CRD among the objects',
  check: (objects) => {
    const kinds = customKinds(objects);
    return objects
      .ofKinds((manifest) => !isBuiltIn(manifest) && !kinds.has(kindKey(manifest)))
      .map((object) => ({
        object,
        path: 'kind',
        message: `no CRD for ${object.manifest.kind} of ${object.manifest.apiVersion} is among the objects, so the object is refused unless the cluster has one: add the CRD, or waive this where it is installed by other means`,
        value: `${object.manifest.apiVersion}/${object.manifest.kind}`,
      }));
  },
};
