import { keyStep } from '../../objects/key-step';
import type { ObjectIndex } from '../../model/object-index';
import { CERT_MANAGER_CRDS, certificateKeys, WITHOUT_CERT_MANAGER } from '../../model/serving/cert-manager';
import type { Problem } from '../finding';
import type { Rule } from '../rule';
import { customKinds, kindKey } from '../schema/custom-resources';
import { isBuiltIn } from '../schema/kubernetes';
import { servingConfigMapsOf } from '../../model/serving-settings';

export const crdMissing: Rule = {
  id: 'crd-missing',
  group: 'schemas',
  severity: 'warning',
  title: 'every CRD that something needs is among the objects',
  check: (objects) => {
    const kinds = customKinds(objects);
    const unserved = objects
      .ofKinds((manifest) => !isBuiltIn(manifest) && !kinds.has(kindKey(manifest)))
      .map((object) => ({
        object,
        path: 'kind',
        message: `no CRD for ${object.manifest.kind} of ${object.manifest.apiVersion} is among the objects, so the object is refused unless the cluster has one: add the CRD, or waive this where it is installed by other means`,
        value: `${object.manifest.apiVersion}/${object.manifest.kind}`,
      }));
    return [...unserved, ...withoutCertManager(objects)];
  },
};

/** Settings of Serving that need cert-manager's CRDs. */
function withoutCertManager(objects: ObjectIndex): Problem[] {
  const there = new Set(
    objects.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition').map(({ manifest }) => manifest.metadata.name),
  );
  if (CERT_MANAGER_CRDS.every((name) => there.has(name))) return [];
  return servingConfigMapsOf(objects)
    .filter(({ name }) => name === 'config-network')
    .flatMap(({ object, data, path }) =>
      certificateKeys(data).map((key) => ({
        object,
        path: `${path}${keyStep(key)}`,
        message: `${WITHOUT_CERT_MANAGER}, which are not among the objects: install cert-manager first, and waive this`,
        value: 'cert-manager.io/v1/Certificate',
      })),
    );
}
