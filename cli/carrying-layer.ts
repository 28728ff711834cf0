import { AMBASSADOR } from '../lib/ambassador/labels';
import { INGRESS_CLASS as AMBASSADOR_CLASS, LIMITS as AMBASSADOR_LIMITS } from '../lib/ambassador/limits';
import { KOURIER } from '../lib/kourier/labels';
import { INGRESS_CLASS as KOURIER_CLASS, LIMITS as KOURIER_LIMITS } from '../lib/kourier/limits';
import { at } from '../lib/objects/json';
import type { LimitedLayer } from '../lib/check/rule';
import type { PlatformObject } from '../lib/objects/manifest';

/** The networking layers whose limits are known, by the class of the Ingresses that each takes. */
const LAYERS: ReadonlyMap<unknown, LimitedLayer> = new Map([
  [AMBASSADOR_CLASS, { name: AMBASSADOR, limits: AMBASSADOR_LIMITS }],
  [KOURIER_CLASS, { name: KOURIER, limits: KOURIER_LIMITS }],
]);

/** The layer that Serving's configuration names, where plain files are all that is known of a platform; `undefined` of one that is not known. */
export function carryingLayerIn(objects: readonly PlatformObject[]): LimitedLayer | undefined {
  const config = objects.find(
    ({ manifest: { kind, metadata } }) =>
      kind === 'ConfigMap' && metadata.name === 'config-network' && metadata.namespace === 'knative-serving',
  );
  return LAYERS.get(at(config?.manifest, 'data', 'ingress-class'));
}
