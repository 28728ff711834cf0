import type { JsonObject } from '../../objects/json';
import { at, mapping } from '../../objects/json';
import type { PlatformObject } from '../../objects/manifest';
import type { ConfigData } from './config';

/** The namespace of Knative Serving. */
export const SERVING_NAMESPACE = 'knative-serving';

/** What the names of Serving's ConfigMaps begin with. */
const PREFIX = 'config-';

/** A ConfigMap of Serving as it is told: by itself, or in the configuration of the Knative Operator. */
export interface ServingConfigMap {
  readonly object: PlatformObject;

  /** `config-features` */
  readonly name: string;
  readonly data: JsonObject;

  /** Where the data stands in the object. */
  readonly path: string;
}

/**
 * The ConfigMaps of Serving among ConfigMaps, and in what tells the Knative Operator to make them: `spec.config` of a KnativeServing, whose keys are the
 * names of ConfigMaps with or without `config-`. Source of the latter: Knative Operator 1.23, `pkg/reconciler/common/configmaps.go`.
 */
export function servingConfigMaps(
  configMaps: readonly PlatformObject[],
  operated: readonly PlatformObject[],
): ServingConfigMap[] {
  return [
    ...configMaps.flatMap((object) => {
      const { name = '', namespace } = object.manifest.metadata;
      if (namespace !== SERVING_NAMESPACE || !name.startsWith(PREFIX)) return [];
      return [{ object, name, data: mapping(object.manifest.data), path: 'data' }];
    }),
    ...operated.flatMap((object) =>
      Object.entries(mapping(at(object.manifest, 'spec', 'config'))).map(([key, data]) => ({
        object,
        name: key.startsWith(PREFIX) ? key : `${PREFIX}${key}`,
        data: mapping(data),
        path: `spec.config.${key}`,
      })),
    ),
  ];
}

/** What of the ConfigMaps decides what a Knative object may say. Of several of one name the last counts: the Operator's. */
export function configDataOf(configMaps: readonly ServingConfigMap[]): ConfigData {
  const dataOf = (name: string): JsonObject | undefined => configMaps.findLast((one) => one.name === name)?.data;
  return {
    features: dataOf('config-features'),
    defaults: dataOf('config-defaults'),
    autoscaler: dataOf('config-autoscaler'),
    network: dataOf('config-network'),
  };
}
