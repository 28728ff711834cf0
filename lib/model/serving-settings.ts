import type { Texts } from '../objects/json';
import { strings } from '../objects/json';
import type { ObjectIndex } from './object-index';
import type { ServingConfigMap } from './serving/config-maps';
import { servingConfigMaps } from './serving/config-maps';

/** The ConfigMaps of Serving among the objects, by themselves or told to the Knative Operator. */
export function servingConfigMapsOf(objects: ObjectIndex): ServingConfigMap[] {
  return servingConfigMaps(objects.ofKind('', 'ConfigMap'), objects.ofKind('operator.knative.dev', 'KnativeServing'));
}

/** One of Serving's ConfigMaps by its name, `config-network`; `undefined` if it is not among the objects. Of several the last counts: the Operator's. */
export function servingConfigMap(name: string, objects: ObjectIndex): ServingConfigMap | undefined {
  return objects.once(byName).get(name);
}

/** What a ConfigMap of Serving says; `undefined` if it is not among the objects. */
export function servingSettings(name: string, objects: ObjectIndex): Texts | undefined {
  const found = servingConfigMap(name, objects);
  return found && strings(found.data);
}

const byName = (objects: ObjectIndex): ReadonlyMap<string, ServingConfigMap> =>
  new Map(servingConfigMapsOf(objects).map((one) => [one.name, one]));
