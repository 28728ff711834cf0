import { AMBASSADOR } from '../lib/ambassador/labels';
import { INGRESS_CLASS, LIMITS } from '../lib/ambassador/limits';
import { at } from '../lib/check/json';
import type { CarryingLayer } from '../lib/check/rule';
import type { PlatformObject } from '../lib/objects/manifest';

/** The networking layers whose limits are known, by the class of the Ingresses that each takes. */
const LAYERS: ReadonlyMap<unknown, CarryingLayer> = new Map([[INGRESS_CLASS, { name: AMBASSADOR, limits: LIMITS }]]);

/** The layer that Serving's configuration names, where plain files are all that is known of a platform; `undefined` of one that is not known. */
export function carryingLayerIn(objects: readonly PlatformObject[]): CarryingLayer | undefined {
  const config = objects.find(
    ({ manifest: { kind, metadata } }) =>
      kind === 'ConfigMap' && metadata.name === 'config-network' && metadata.namespace === 'knative-serving',
  );
  return LAYERS.get(at(config?.manifest, 'data', 'ingress-class'));
}
