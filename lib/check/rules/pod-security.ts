import { INJECT_ANNOTATION } from '../../objects/inject';
import { hasOwnProxy, isInjected, isMeshed, usesCni } from '../../model/mesh';
import type { ObjectIndex } from '../../model/object-index';
import { pathText } from '../../objects/json-path';
import type { Rule } from '../rule';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** linkerd-init adds NET_ADMIN and NET_RAW, which the Pod Security Standards below `privileged` forbid. */
export const podSecurity: Rule = {
  id: 'pod-security',
  group: 'mesh',
  severity: 'error',
  title: "no meshed namespace forbids Linkerd's init container by its pod security",
  check: (objects) =>
    objects.ofKind('', 'Namespace').flatMap((object) => {
      const name = object.manifest.metadata.name ?? '';
      const level = objects.namespaceLabels(name)[ENFORCE];
      if ((level !== 'baseline' && level !== 'restricted') || !hasMeshedPods(name, objects)) return [];
      if (usesCni(objects)) return [];
      return [
        {
          object,
          path: pathText(['metadata', 'labels', ENFORCE]),
          message: `${level} forbids NET_ADMIN, which Linkerd's init container adds to every meshed pod, so no pod is created: set it to privileged, or install linkerd-cni`,
        },
      ];
    }),
};

function hasMeshedPods(namespace: string, objects: ObjectIndex): boolean {
  return (
    isInjected(objects.namespaceAnnotations(namespace)[INJECT_ANNOTATION]) ||
    objects.podTemplates.some(
      (template) => template.namespace === namespace && (hasOwnProxy(template) || isMeshed(template, objects)),
    )
  );
}
