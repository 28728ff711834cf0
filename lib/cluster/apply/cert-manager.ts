import { servingConfigMaps } from '../../model/serving/config-maps';
import {
  CERT_MANAGER_CRDS,
  CERT_MANAGER_VERSION,
  certificateKeys,
  WITHOUT_CERT_MANAGER,
} from '../../model/serving/cert-manager';
import { at, list } from '../../objects/json';
import type { Manifest, PlatformObject } from '../../objects/manifest';
import { nameOf, objectKey } from '../../objects/manifest';
import type { Mistake } from '../../objects/mistakes';
import { isCrd, kindOf } from '../kinds';
import type { LiveObjects } from '../live';

/** The CRDs of cert-manager that the cluster is asked for, where the settings of Serving need them. */
export const certManagerToLookFor = (objects: readonly PlatformObject[]): Manifest[] =>
  askingFor(objects).length === 0 ? [] : CERT_MANAGER_CRDS.map(crdNamed);

const crdNamed = (name: string): Manifest => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name },
});

/** Settings of Serving for which cert-manager's CRDs are neither on the cluster nor among what is applied. */
export function certManagerMistakes(objects: readonly PlatformObject[], live: LiveObjects): Mistake[] {
  const asking = askingFor(objects);
  if (asking.length === 0) return [];
  const applied = new Map(
    objects.filter(({ manifest }) => isCrd(manifest)).map(({ manifest }) => [nameOf(manifest), manifest]),
  );
  const missing = CERT_MANAGER_CRDS.filter(
    (name) => !isServed(live.get(objectKey(crdNamed(name)))) && !isServed(applied.get(name)),
  );
  if (missing.length === 0) return [];
  return asking.map(({ where, keys }) => ({
    where,
    message: `with ${keys.join(', ')} in config-network ${WITHOUT_CERT_MANAGER}, and ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} neither there nor among what is applied: install cert-manager first`,
  }));
}

const isServed = (crd: Manifest | undefined): boolean =>
  list(at(crd?.spec, 'versions')).some(
    (version) => at(version, 'name') === CERT_MANAGER_VERSION && at(version, 'served') === true,
  );

function askingFor(objects: readonly PlatformObject[]): { readonly where: string; readonly keys: readonly string[] }[] {
  const ofKind = (kind: string): PlatformObject[] => objects.filter(({ manifest }) => kindOf(manifest) === kind);
  return servingConfigMaps(ofKind('/ConfigMap'), ofKind('operator.knative.dev/KnativeServing'))
    .filter(({ name }) => name === 'config-network')
    .map(({ object, data }) => ({ where: object.source, keys: certificateKeys(data) }))
    .filter(({ keys }) => keys.length > 0);
}
