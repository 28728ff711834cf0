import type { ServingConfigMap } from '../model/serving/config-maps';
import { servingConfigMaps } from '../model/serving/config-maps';
import type { ObjectIndex } from '../model/object-index';

/** The ConfigMaps of Serving among the objects, by themselves or told to the Knative Operator. */
export function servingConfigMapsOf(objects: ObjectIndex): ServingConfigMap[] {
  return servingConfigMaps(objects.ofKind('', 'ConfigMap'), objects.ofKind('operator.knative.dev', 'KnativeServing'));
}
