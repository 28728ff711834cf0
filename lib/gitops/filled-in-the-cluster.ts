import { groupOf } from '../objects/api-group';
import type { IgnoredDifference } from '../../imports/argoproj.io';
import { at, list } from '../objects/json';
import type { Json, Manifest, PlatformObject } from '../objects/manifest';

/**
 * The fields of a platform's objects that a controller of the cluster fills in, and that are not rendered for that reason. Whoever compares whole
 * objects with the cluster leaves them out.
 */
export function filledInTheCluster(objects: readonly PlatformObject[]): IgnoredDifference[] {
  return objects.flatMap(({ manifest }) => {
    const fields = FILLED.flatMap((filled) => (filled.in(manifest, objects) ? [filled] : []));
    if (fields.length === 0) return [];
    const { kind, metadata, apiVersion } = manifest;
    const group = groupOf(apiVersion);
    const jsonPointers = fields.flatMap(({ pointer }) => pointer ?? []);
    const jqPathExpressions = fields.flatMap(({ jq }) => jq ?? []);
    return [
      {
        ...(group !== '' && { group }),
        kind,
        ...(metadata.name !== undefined && { name: metadata.name }),
        ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
        ...(jsonPointers.length > 0 && { jsonPointers }),
        ...(jqPathExpressions.length > 0 && { jqPathExpressions }),
      },
    ];
  });
}

/** A field that is filled in, and in which objects. */
interface Filled {
  readonly pointer?: string;
  readonly jq?: string;
  readonly in: (manifest: Manifest, objects: readonly PlatformObject[]) => boolean;
}

const FILLED: readonly Filled[] = [
  // The controller manager adds up the rules of other roles.
  { pointer: '/rules', in: ({ kind, aggregationRule }) => kind === 'ClusterRole' && aggregationRule !== undefined },
  // Knative's webhook makes its own certificate; cert-manager's injector writes those of others.
  {
    jq: '.webhooks[]?.clientConfig.caBundle',
    in: (manifest) => webhooksOf(manifest).some((webhook) => at(webhook, 'clientConfig', 'caBundle') === undefined),
  },
  // Knative's webhook writes the rules of its own configurations.
  {
    jq: '.webhooks[]?.rules',
    in: (manifest) => webhooksOf(manifest).some((webhook) => at(webhook, 'rules') === undefined),
  },
  {
    pointer: '/spec/caBundle',
    in: ({ kind, spec }) => kind === 'APIService' && at(spec, 'caBundle') === undefined,
  },
  {
    pointer: '/data',
    in: ({ kind, data, stringData }) => kind === 'Secret' && data === undefined && stringData === undefined,
  },
  // An autoscaler sets the number of pods.
  {
    pointer: '/spec/replicas',
    in: (manifest, objects) => objects.some(({ manifest: other }) => autoscales(other, manifest)),
  },
];

const webhooksOf = ({ kind, webhooks }: Manifest): readonly Json[] =>
  kind.endsWith('WebhookConfiguration') ? list(webhooks) : [];

function autoscales({ kind, metadata, spec }: Manifest, target: Manifest): boolean {
  const reference = kind === 'HorizontalPodAutoscaler' ? at(spec, 'scaleTargetRef') : undefined;
  return (
    reference !== undefined &&
    at(reference, 'kind') === target.kind &&
    at(reference, 'name') === target.metadata.name &&
    metadata.namespace === target.metadata.namespace
  );
}
