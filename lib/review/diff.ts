import type { CrdChange } from './crd-changes';
import { crdChanges } from './crd-changes';
import type { ImageChange } from './image-changes';
import { imageChanges } from './image-changes';
import type { ObjectChanges, ReviewedObject } from './object-changes';
import { objectChanges } from './object-changes';
import type { PodChange } from './pod-changes';
import { podChange } from './pod-changes';
import type { RefusedChange } from './refused-changes';
import { refusedChanges } from './refused-changes';
import type { RightChange } from './right-changes';
import { rightChanges } from './right-changes';

/** What the difference between two sets of objects means. */
export interface Diff extends ObjectChanges {
  /** Whether there is no difference. Other names, files and orders are none. */
  readonly same: boolean;

  /** How many objects there are on each side. */
  readonly objects: { readonly from: number; readonly to: number };
  readonly images: readonly ImageChange[];
  readonly rights: readonly RightChange[];
  readonly crds: readonly CrdChange[];
  readonly pods: readonly PodChange[];
  readonly refused: readonly RefusedChange[];
}

/**
 * What differs between two sets of objects, and what that means when the second one is applied over the first.
 *
 * @param refused what a cluster has refused already
 */
export function diff(
  from: readonly ReviewedObject[],
  to: readonly ReviewedObject[],
  refused: readonly RefusedChange[] = [],
): Diff {
  const found = objectChanges(from, to);
  const { changes } = found;
  const manifests = (objects: readonly ReviewedObject[]) => objects.map(({ manifest }) => manifest);
  return {
    ...found,
    same: changes.length === 0 && refused.length === 0,
    objects: { from: from.length, to: to.length },
    images: imageChanges(changes),
    rights: changes.length === 0 ? [] : rightChanges(manifests(from), manifests(to)),
    crds: changes.flatMap(crdChanges),
    pods: changes.flatMap((change) => podChange(change) ?? []),
    refused: [...refused, ...changes.flatMap(refusedChanges)],
  };
}
