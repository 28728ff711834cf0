import { judgeSettings } from '../../model/serving/settings/judge-settings';
import { readYamlValue } from '../../yaml/stream';
import type { Rule } from '../rule';
import { servingConfigMapsOf } from '../../model/serving-settings';

/** Serving's own webhook refuses values that its parsers do; of what they leave alone nobody hears. */
export const knativeConfig: Rule = {
  id: 'knative-config',
  group: 'knative',
  severity: 'error',
  title: "every key of Serving's ConfigMaps is one that it reads, with a value that it takes",
  check: (objects) =>
    servingConfigMapsOf(objects).flatMap((configMap) =>
      judgeSettings(configMap, readYamlValue).map(({ path, message }) => ({ object: configMap.object, path, message })),
    ),
};
