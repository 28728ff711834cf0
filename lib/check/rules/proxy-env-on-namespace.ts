import { PROXY_ENV_ANNOTATION } from '../../objects/proxy-env';
import { pathText } from '../../objects/json-path';
import type { Rule } from '../rule';

/** Source: Linkerd edge-26.8.3, the proxy injector's answer: "undecodable patch". */
export const proxyEnvOnNamespace: Rule = {
  id: 'proxy-env-on-namespace',
  group: 'mesh',
  severity: 'error',
  title: "no namespace carries the proxies' additional environment",
  check: (objects) =>
    objects
      .ofKind('', 'Namespace')
      .filter(({ manifest }) => PROXY_ENV_ANNOTATION in objects.namespaceAnnotations(manifest.metadata.name ?? ''))
      .map((object) => ({
        object,
        path: pathText(['metadata', 'annotations', PROXY_ENV_ANNOTATION]),
        message:
          'makes the proxy injector answer with a broken patch, so that no pod of the namespace is created: set it on pod templates instead',
      })),
};
