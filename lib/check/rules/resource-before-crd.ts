import type { Rule } from '../rule';
import { customKinds, kindKey } from '../schema/custom-resources';

/** kubectl looks up the kinds of all objects of a call before it applies the first one. */
export const resourceBeforeCrd: Rule = {
  id: 'resource-before-crd',
  group: 'schemas',
  severity: 'error',
  title: 'every CRD is in an earlier phase than its custom resources',
  check: (objects) => {
    const kinds = customKinds(objects);
    const custom = objects.ofKinds((manifest) => kinds.has(kindKey(manifest)));
    return custom.flatMap((object) => {
      const crd = kinds.get(kindKey(object.manifest))?.object;
      if (crd === undefined || crd.phase < object.phase) return [];
      const when = crd.phase === object.phase ? 'together with it' : 'later';
      return [
        {
          object,
          path: 'kind',
          message: `its CRD ${crd.manifest.metadata.name ?? ''} is only in ${crd.source}, which is applied ${when}, so a new cluster refuses the object: put the CRD into an earlier file`,
        },
      ];
    });
  },
};
