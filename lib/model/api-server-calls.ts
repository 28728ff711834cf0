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

/** A kind that makes the API server call Services, and where it names them. */
interface CallingKind {
  readonly group: string;
  readonly kind: string;
  readonly find: (manifest: Manifest) => Found[];
}

/** All of them, in the order in which their objects are looked at. */
export const CALLING_KINDS: readonly CallingKind[] = [
  { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration', find: admissionWebhooks },
  { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', find: admissionWebhooks },
  {
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
    find: ({ spec }) => {
      const words = at(spec, 'conversion', 'webhook');
      return [{ about: 'conversion webhook', words, service: at(words, 'clientConfig', 'service') }];
    },
  },
  {
    group: 'apiregistration.k8s.io',
    kind: 'APIService',
    find: (manifest) => [{ about: 'API', words: at(manifest, 'spec'), service: at(manifest, 'spec', 'service') }],
  },
];

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
  const calling = CALLING_KINDS.find(
    ({ group, kind }) => kind === manifest.kind && group === groupOf(manifest.apiVersion),
  );
  const found = calling?.find(manifest) ?? [];
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
