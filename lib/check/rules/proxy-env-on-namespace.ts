import { pathText } from '../path';
import type { Rule } from '../rule';

const ADDITIONAL_ENV = 'config.linkerd.io/proxy-additional-env';

/** Source: Linkerd edge-26.8.3, the proxy injector's answer: "undecodable patch". */
export const proxyEnvOnNamespace: Rule = {
  id: 'proxy-env-on-namespace',
  group: 'mesh',
  severity: 'error',
  title: "no namespace carries the proxies' additional environment",
  check: (objects) =>
    objects
      .ofKind('', 'Namespace')
      .filter(({ manifest }) => ADDITIONAL_ENV in objects.namespaceAnnotations(manifest.metadata.name ?? ''))
      .map((object) => ({
        object,
        path: pathText(['metadata', 'annotations', ADDITIONAL_ENV]),
        message:
          'makes the proxy injector answer with a broken patch, so that no pod of the namespace is created: set it on pod templates instead',
      })),
};
