import { at, mapping } from './json';
import type { Manifest } from './manifest';
import { without } from './without';

/**
 * kubectl keeps a copy of all that was applied here, a Secret's values too. From it plain `kubectl apply` finds out what was applied last and is
 * applied no longer.
 */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What the API server writes into the metadata of every object. Source: apimachinery 0.34 `pkg/apis/meta/v1/types.go`. */
const METADATA = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'] as const;

/** Whether an object was read from a cluster: it has what only the API server writes. */
export const isExported = ({ metadata }: Manifest): boolean => typeof metadata.uid === 'string';

/**
 * An object without what the API server and kubectl add to it; itself if there is nothing of that. Its `status` goes if it was read from a
 * cluster: in a file of a user's own it may be content, which the server takes from kinds without a subresource for it.
 */
export function withoutServerFields(manifest: Manifest): Manifest {
  const { metadata } = manifest;
  const hasCopy = at(metadata, 'annotations', LAST_APPLIED) !== undefined;
  const hasStatus = isExported(manifest) && 'status' in manifest;
  if (!hasCopy && !hasStatus && !METADATA.some((key) => key in metadata)) return manifest;
  const content = hasStatus ? without(manifest, 'status') : manifest;
  const rest = without(metadata, ...METADATA);
  const annotations = hasCopy ? without(mapping(metadata.annotations), LAST_APPLIED) : undefined;
  if (annotations === undefined) return { ...content, metadata: rest } as Manifest;
  const isEmpty = Object.keys(annotations).length === 0;
  const kept = isEmpty ? without(rest, 'annotations') : { ...rest, annotations };
  return { ...content, metadata: kept } as Manifest;
}
