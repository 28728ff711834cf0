import type { Manifest } from '../../objects/manifest';
import { KUBERNETES_VERSION } from '../../syntax/kubernetes-version';
import type { Rule } from '../rule';
import { customKinds, kindKey } from '../schema/custom-resources';
import { builtInProblems, isBuiltIn, metadataProblems, SCHEMAS_PACKAGE } from '../schema/kubernetes';

/** Kubernetes' own kinds by their schemas, and the metadata of all others. What its API server checks besides them, such as that names are DNS labels, is not held. */
export const kubernetesSchema: Rule = {
  id: 'kubernetes-schema',
  group: 'schemas',
  severity: 'error',
  title: `built-in objects fit the schemas of Kubernetes ${KUBERNETES_VERSION} (${SCHEMAS_PACKAGE}), unknown fields refused`,
  check: (objects) => {
    const custom = customKinds(objects);
    const isOwn = (manifest: Manifest): boolean => isBuiltIn(manifest) && !custom.has(kindKey(manifest));
    const own = objects
      .ofKinds(isOwn)
      .flatMap((object) =>
        objects.memory
          .recall('kubernetes-schema', [object.manifest], () => builtInProblems(object.manifest))
          .map((problem) => ({ object, ...problem })),
      );
    const others = objects
      .ofKinds((manifest) => !isOwn(manifest))
      .flatMap((object) => metadataProblems(object.manifest).map((problem) => ({ object, ...problem })));
    return [...own, ...others];
  },
};
