import { groupOf } from '../objects/api-group';
import { at, list, text, whole } from '../objects/json';
import type { Json, Manifest } from '../objects/manifest';

/** A Service that the API server calls because an object says so. */
export interface ApiServerCall {
  /** The webhook configuration, the CRD or the APIService. */
  readonly manifest: Manifest;
  readonly about: 'webhook' | 'conversion webhook' | 'API';
  readonly service: { readonly namespace: string; readonly name: string; readonly port: number };

  /** The part of the object that says so: the webhook itself, for example. */
  readonly words: Json;
}

/** Where the kinds name the Service, by group and kind. */
const CALLERS: Readonly<Record<string, (manifest: Manifest) => Found[]>> = {
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': admissionWebhooks,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': admissionWebhooks,
  'apiextensions.k8s.io/CustomResourceDefinition': ({ spec }) => {
    const words = at(spec, 'conversion', 'webhook');
    return [{ about: 'conversion webhook', words, service: at(words, 'clientConfig', 'service') }];
  },
  'apiregistration.k8s.io/APIService': (manifest) => [
    { about: 'API', words: at(manifest, 'spec'), service: at(manifest, 'spec', 'service') },
  ],
};

interface Found {
  readonly about: ApiServerCall['about'];
  readonly words: Json | undefined;
  readonly service: Json | undefined;
}

function admissionWebhooks({ webhooks }: Manifest): Found[] {
  return list(webhooks).map((words) => ({ about: 'webhook', words, service: at(words, 'clientConfig', 'service') }));
}

/** The Services of the cluster that the API server calls because of an object: none for most, several for a webhook configuration. */
export function apiServerCallsOf(manifest: Manifest): ApiServerCall[] {
  const key = `${groupOf(manifest.apiVersion)}/${manifest.kind}`;
  const found = Object.hasOwn(CALLERS, key) ? (CALLERS[key]?.(manifest) ?? []) : [];
  return found.flatMap(({ about, words, service }) => {
    const [namespace, name] = [text(at(service, 'namespace')), text(at(service, 'name'))];
    if (namespace === undefined || name === undefined || words === undefined) return [];
    // What the API server fills in.
    return [{ manifest, about, words, service: { namespace, name, port: whole(at(service, 'port')) ?? 443 } }];
  });
}

/** The admission webhooks in the cluster. */
export const admissionWebhooksOf = (manifests: readonly Manifest[]): ApiServerCall[] =>
  manifests.flatMap(apiServerCallsOf).filter(({ about }) => about === 'webhook');
