import { at, list, text, texts } from '../objects/json';
import type { Json, PlatformObject } from '../objects/manifest';
import type { ObjectIndex } from './object-index';

const INJECTOR = 'linkerd-proxy-injector';

/** A webhook of the proxy injector that sees new pods. */
export interface InjectorWebhook {
  readonly object: PlatformObject;
  readonly path: string;
  readonly webhook: Json;
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
