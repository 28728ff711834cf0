import type { PlatformObject } from '../objects/manifest';
import { mapping } from '../objects/json';

/** What the names of a service inside the cluster end in. */
const ENDINGS = ['.svc.cluster.local', '.svc', ''];

/** The names of a Knative Service inside the cluster, the longest first. */
export function internalNamesOf({ manifest: { metadata } }: PlatformObject): string[] {
  return ENDINGS.map((ending) => `${metadata.name ?? ''}.${metadata.namespace ?? 'default'}${ending}`);
}

/** Whether a Knative Service is for callers inside the cluster alone. */
export function isClusterLocal({ manifest: { metadata } }: PlatformObject): boolean {
  return mapping(metadata.labels)['networking.knative.dev/visibility'] === 'cluster-local';
}
