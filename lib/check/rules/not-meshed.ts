import { outsideMesh, proxyOutlivesJob } from '../../model/mesh';
import { inTemplate } from '../../model/pod-template';
import type { Rule } from '../rule';

/** Source: Linkerd edge-26.8.3, `pkg/inject`. */
export const notMeshed: Rule = {
  id: 'not-meshed',
  group: 'mesh',
  severity: 'warning',
  title: 'every pod template is in the mesh',
  check: (objects) =>
    objects.podTemplates.flatMap((template) => {
      const { object } = template;
      const outside = outsideMesh(template, objects);
      if (outside !== undefined) {
        const path = outside.path === undefined ? 'metadata.namespace' : inTemplate(template, outside.path);
        return [{ object, path, message: `its pods are outside the mesh: ${outside.reason}` }];
      }
      if (!proxyOutlivesJob(template, objects)) return [];
      const path = inTemplate(template, 'metadata.annotations');
      const message =
        'native sidecars are off, so the proxy keeps the Job from ever ending: turn them on with config.linkerd.io/proxy-enable-native-sidecar: "true", or leave the Job out of the mesh';
      return [{ object, path, message }];
    }),
};
