import {
  PROXY_ENV_ANNOTATION,
  proxyVariable,
  readProxyEnv,
  TAP_ANNOTATION,
  TAP_VARIABLE,
} from '../../objects/proxy-env';
import { hasOwnProxy, isMeshed } from '../../model/mesh';
import type { ObjectIndex } from '../../model/object-index';
import { inTemplate } from '../../model/pod-template';
import type { Rule } from '../rule';

const TAP_INJECTOR = 'tap-injector';

/** The tap injector marks pods when they are created, and a pod that starts before it is left as it is. */
export const notTappable: Rule = {
  id: 'not-tappable',
  group: 'mesh',
  severity: 'warning',
  title: 'every meshed pod can be tapped, also one that starts before the tap injector',
  check: (objects) => {
    const viz = tapInjectorNamespace(objects);
    if (viz === undefined) return [];
    return objects.podTemplates
      .filter((template) => template.namespace !== viz && !hasOwnProxy(template) && isMeshed(template, objects))
      .filter(({ annotations }) => annotations['viz.linkerd.io/disable-tap'] !== 'true')
      .filter(
        ({ annotations }) =>
          annotations[TAP_ANNOTATION] !== 'true' ||
          proxyVariable(readProxyEnv(annotations[PROXY_ENV_ANNOTATION] ?? '') ?? [], TAP_VARIABLE) === undefined,
      )
      .map((template) => ({
        object: template.object,
        path: inTemplate(template, 'metadata.annotations'),
        message: `a pod that starts before the tap injector cannot be tapped: give the pod template what the injector would add, ${TAP_ANNOTATION}: "true" and ${TAP_VARIABLE} in ${PROXY_ENV_ANNOTATION}`,
      }));
  },
};

function tapInjectorNamespace(objects: ObjectIndex): string | undefined {
  return objects.podTemplates.find(({ object }) => object.manifest.metadata.name === TAP_INJECTOR)?.namespace;
}
