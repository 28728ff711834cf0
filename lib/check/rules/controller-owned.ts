import type { PlatformObject } from '../../objects/manifest';
import { isExported } from '../../objects/server-fields';
import type { Problem } from '../finding';
import { at, list, mapping, text } from '../../objects/json';
import { pathText } from '../../objects/json-path';
import type { Rule } from '../rule';

const WEBHOOK_CONFIGURATIONS = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** Annotations with which cert-manager's injector, or Knative's webhook, writes a field. */
const INJECTED = [
  'cert-manager.io/inject-ca-from',
  'cert-manager.io/inject-ca-from-secret',
  'cert-manager.io/inject-apiserver-ca',
];
const IMMUTABLE = ['serving.knative.dev/creator', 'serving.knative.dev/lastModifier'];

/** Secrets that Knative's controllers fill: by label, since their names differ by component. */
const FILLED_BY_KNATIVE = ['webhook-certs', 'net-certmanager-webhook-certs', 'domainmapping-webhook-certs'];

export const controllerOwned: Rule = {
  id: 'controller-owned',
  group: 'objects',
  severity: 'error',
  title: 'no field is rendered that a controller of the cluster owns',
  check: (objects) =>
    objects.all
      // What was read from a cluster has all that is in it.
      .filter(({ manifest }) => !isExported(manifest))
      .flatMap((object) => [...caBundles(object), ...secretData(object), ...annotations(object)]),
};

function caBundles(object: PlatformObject): Problem[] {
  const { kind, metadata, webhooks } = object.manifest;
  if (!WEBHOOK_CONFIGURATIONS.includes(kind)) return [];
  const injected = INJECTED.some((key) => key in mapping(metadata.annotations));
  return list(webhooks).flatMap((webhook, index) => {
    const owner = ownerOf(text(at(webhook, 'clientConfig', 'service', 'namespace')), injected);
    if (owner === undefined || !text(at(webhook, 'clientConfig', 'caBundle'))) return [];
    const path = `webhooks[${index}].clientConfig.caBundle`;
    return [
      {
        object,
        path,
        message: `${owner} fills it in the cluster, and each apply would set it back: leave it out`,
      },
    ];
  });
}

function ownerOf(namespace: string | undefined, injected: boolean): string | undefined {
  if (injected) return "cert-manager's injector";
  return namespace === 'knative-serving' ? "Knative's webhook" : undefined;
}

function secretData(object: PlatformObject): Problem[] {
  const { kind, metadata, data, stringData } = object.manifest;
  const filled =
    kind === 'Secret' && metadata.namespace === 'knative-serving' && FILLED_BY_KNATIVE.includes(metadata.name ?? '');
  if (!filled) return [];
  return Object.entries({ data, stringData }).flatMap(([path, value]) =>
    Object.keys(mapping(value)).length === 0
      ? []
      : [
          {
            object,
            path,
            message:
              "Knative's webhook fills it in the cluster, and each apply takes its certificate away: leave it out",
          },
        ],
  );
}

function annotations(object: PlatformObject): Problem[] {
  return IMMUTABLE.filter((key) => key in mapping(object.manifest.metadata.annotations)).map((key) => ({
    object,
    path: pathText(['metadata', 'annotations', key]),
    message: "Knative's webhook writes it and refuses any change: leave it out",
  }));
}
