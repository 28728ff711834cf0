import type { Rule } from '../rule';
import { customKinds, kindKey } from '../schema/custom-resources';
import { builtInProblems, isBuiltIn, KUBERNETES_VERSION, SCHEMAS_PACKAGE } from '../schema/kubernetes';

/** Kubernetes' own kinds by their schemas. What its API server checks besides them, such as that names are DNS labels, is not held. */
export const kubernetesSchema: Rule = {
  id: 'kubernetes-schema',
  group: 'schemas',
  severity: 'error',
  title: `built-in objects fit the schemas of Kubernetes ${KUBERNETES_VERSION} (${SCHEMAS_PACKAGE}), unknown fields refused`,
  check: (objects) => {
    const custom = customKinds(objects);
    return objects
      .ofKinds((manifest) => isBuiltIn(manifest) && !custom.has(kindKey(manifest)))
      .flatMap((object) =>
        objects.memory
          .recall('kubernetes-schema', [object.manifest], () => builtInProblems(object.manifest))
          .map((problem) => ({ object, ...problem })),
      );
  },
};
