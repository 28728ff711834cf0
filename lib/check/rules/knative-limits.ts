import { isGivenCpu } from '../../model/cpu-request';
import { servingConfig } from '../../model/serving/config';
import { configDataOf } from '../../model/serving/config-maps';
import { SERVED_VERSIONS, SERVING_GROUP, judgeServing } from '../../model/serving/judge';
import type { PlatformObject } from '../../objects/manifest';
import type { Rule } from '../rule';
import { servingConfigMapsOf } from '../../model/serving-settings';

const namespaceOf = ({ manifest }: PlatformObject): string => manifest.metadata.namespace ?? 'default';

/** Serving's own webhook says the same when an object is created, and of more of them at once. */
export const knativeLimits: Rule = {
  id: 'knative-limits',
  group: 'knative',
  severity: 'error',
  title: 'every Knative Service is one that Serving takes',
  check: (objects) => {
    const kinds = Object.keys(SERVED_VERSIONS).map((kind) => objects.ofKind(SERVING_GROUP, kind));
    if (kinds.every(({ length }) => length === 0)) return [];
    const config = servingConfig(configDataOf(servingConfigMapsOf(objects)));
    return kinds.flat().flatMap((object) =>
      judgeServing(object.manifest, config)
        .filter(({ stricter }) => stricter !== 'no-utilization' || !isGivenCpu(namespaceOf(object), objects))
        .map(({ path, message }) => ({ object, path, message })),
    );
  },
};
