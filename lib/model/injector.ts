import { INJECT_ANNOTATION } from '../objects/inject';
import { at, list, text, texts } from '../objects/json';
import type { Json, PlatformObject } from '../objects/manifest';
import { hasOwnProxy, isInjected, isMeshed } from './mesh';
import type { ObjectIndex } from './object-index';
import { selects } from './selector';

const INJECTOR = 'linkerd-proxy-injector';

/** A webhook of the proxy injector that sees new pods. */
interface InjectorWebhook {
  readonly object: PlatformObject;
  readonly path: string;
  readonly webhook: Json;
}

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
    (name) => !closed.some(({ webhook }) => selects(at(webhook, 'namespaceSelector'), objects.namespaceLabels(name))),
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

/** The webhooks of the injector that see new pods, among some objects. */
export function injectorWebhooks(objects: ObjectIndex): InjectorWebhook[] {
  const configurations = objects.ofKind('admissionregistration.k8s.io', 'MutatingWebhookConfiguration');
  // Of two with one name the one that is applied last counts.
  const applied = new Map(configurations.map((object) => [object.manifest.metadata.name, object]));
  return [...applied.values()]
    .flatMap((object) =>
      list(object.manifest.webhooks).map((webhook, index) => ({ object, path: `webhooks[${index}]`, webhook })),
    )
    .filter(
      ({ webhook }) =>
        text(at(webhook, 'clientConfig', 'service', 'name')) === INJECTOR &&
        list(at(webhook, 'rules')).some((rule) => texts(at(rule, 'resources')).includes('pods')),
    );
}

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
