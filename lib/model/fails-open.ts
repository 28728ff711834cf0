import { INJECT_ANNOTATION } from '../objects/inject';
import { at } from '../objects/json';
import type { PlatformObject } from '../objects/manifest';
import type { InjectorWebhook } from './injector';
import { injectorWebhooks } from './injector';
import { hasOwnProxy, isInjected, isMeshed } from './mesh';
import type { ObjectIndex } from './object-index';
import { selects } from './selector';

/** A webhook of the injector without which pods start all the same. */
export interface FailsOpen {
  readonly object: PlatformObject;

  /** Where in the object. */
  readonly path: string;

  /** What follows, and what to do. */
  readonly message: string;
}

/** Whether pods of meshed namespaces start without a proxy while the injector is down: none or one. */
export function failsOpen(objects: ObjectIndex): FailsOpen[] {
  const webhooks = injectorWebhooks(objects);
  const open = webhooks.filter(({ webhook }) => at(webhook, 'failurePolicy') === 'Ignore');
  const [first] = open;
  const closed = webhooks.filter((webhook) => !open.includes(webhook));
  // The injector is installed by other means.
  if (first === undefined) return [];
  const uncovered = meshedNamespaces(objects).filter(
    (name) => !closed.some((webhook) => coversNamespace(webhook, name, objects)) || leavesOut(closed, name, objects),
  );
  if (uncovered.length === 0 && closed.length > 0) return [];
  const whose = uncovered.length === 0 ? 'meshed namespaces' : uncovered.join(', ');
  return [
    {
      object: first.object,
      path: `${first.path}.failurePolicy`,
      message: `Ignore lets pods of ${whose} start without a proxy while the injector does not answer, and they stay outside the mesh: cover these namespaces with a webhook of the injector that has failurePolicy: Fail`,
    },
  ];
}

const coversNamespace = ({ webhook }: InjectorWebhook, name: string, objects: ObjectIndex): boolean =>
  selects(at(webhook, 'namespaceSelector'), objects.namespaceLabels(name));

/** Whether pods that the injector is to mesh are left out by their labels. */
const leavesOut = (webhooks: readonly InjectorWebhook[], name: string, objects: ObjectIndex): boolean =>
  objects
    .podTemplatesIn(name)
    .some(
      (template) =>
        !hasOwnProxy(template) &&
        isMeshed(template, objects) &&
        !webhooks.some(
          (one) => coversNamespace(one, name, objects) && selects(at(one.webhook, 'objectSelector'), template.labels),
        ),
    );

/** Namespaces whose pods the injector is to mesh, in order. */
function meshedNamespaces(objects: ObjectIndex): string[] {
  const annotated = new Set(
    objects
      .ofKind('', 'Namespace')
      .map(({ manifest }) => manifest.metadata.name ?? '')
      .filter((name) => isInjected(objects.namespaceAnnotations(name)[INJECT_ANNOTATION])),
  );
  const asking = objects.podTemplates
    .filter((template) => !annotated.has(template.namespace) && !hasOwnProxy(template) && isMeshed(template, objects))
    .map(({ namespace }) => namespace);
  return [...new Set([...annotated, ...asking])].sort();
}
