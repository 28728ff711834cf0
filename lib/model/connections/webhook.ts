import type { PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import { at, list, text, whole } from '../../objects/json';
import type { ServiceReference } from './service';

/** A Service that the API server calls because an object says so. */
export interface ApiServerCall {
  readonly service: Required<ServiceReference>;

  /** The object that says so. */
  readonly object: string;
  readonly about: 'webhook' | 'conversion webhook' | 'API';

  /** The webhook's own words. */
  readonly webhook: unknown;
}

/** Admission webhooks in the cluster. */
export function admissionWebhooksOf(objects: readonly PlatformObject[]): ApiServerCall[] {
  return objects
    .filter(({ manifest }) => /^(?:Mutating|Validating)WebhookConfiguration$/.test(manifest.kind))
    .flatMap(({ manifest }) =>
      list(manifest.webhooks).flatMap((webhook) =>
        callOf(at(webhook, 'clientConfig', 'service'), { object: describeObject(manifest), about: 'webhook', webhook }),
      ),
    );
}

/** All that the API server calls in the cluster: admission webhooks, conversion webhooks, and APIs that it passes on. */
export function apiServerCallsOf(objects: readonly PlatformObject[]): ApiServerCall[] {
  const others = objects.flatMap(({ manifest }): ApiServerCall[] => {
    const object = describeObject(manifest);
    if (manifest.kind === 'APIService') {
      return callOf(at(manifest, 'spec', 'service'), { object, about: 'API', webhook: manifest.spec });
    }
    if (manifest.kind !== 'CustomResourceDefinition') return [];
    const webhook = at(manifest, 'spec', 'conversion', 'webhook');
    return callOf(at(webhook, 'clientConfig', 'service'), { object, about: 'conversion webhook', webhook });
  });
  return [...admissionWebhooksOf(objects), ...others];
}

function callOf(service: unknown, call: Omit<ApiServerCall, 'service'>): ApiServerCall[] {
  const [namespace, name] = [text(at(service, 'namespace')), text(at(service, 'name'))];
  if (namespace === undefined || name === undefined) return [];
  return [{ service: { namespace, name, port: whole(at(service, 'port')) ?? 443 }, ...call }];
}
