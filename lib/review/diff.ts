import { ObjectIndex } from '../model/object-index';
import type { CrdChange } from './crd-changes';
import { crdChanges } from './crd-changes';
import type { ExposureChange } from './exposure-changes';
import { exposureChanges } from './exposure-changes';
import type { ImageChange } from './image-changes';
import { imageChanges } from './image-changes';
import type { MeshChange } from './mesh-changes';
import { meshChanges, templatePairs } from './mesh-changes';
import type { ObjectChanges, ReviewedObject } from './object-changes';
import { objectChanges } from './object-changes';
import type { PodChange } from './pod-changes';
import { podChange } from './pod-changes';
import type { RefusedChange } from './refused-changes';
import { refusedChanges } from './refused-changes';
import type { Restart } from './restarts';
import { restarts } from './restarts';
import type { RevisionRolls } from './revision-rolls';
import { revisionRolls } from './revision-rolls';
import type { FileBeside } from './reviewed-files';
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

  /** What makes the pods of all revisions roll. @default - nothing */
  readonly revisions?: RevisionRolls;
  readonly exposure: readonly ExposureChange[];
  readonly mesh: readonly MeshChange[];
  readonly restarts: readonly Restart[];
  readonly refused: readonly RefusedChange[];

  /** The files beside those of the platform. */
  readonly notRendered: readonly FileBeside[];
}

/**
 * What differs between two sets of objects, and what that means when the second one is applied over the first.
 *
 * @param refused what a cluster has refused already
 * @param notRendered the files of the second one that are none of the platform's
 */
export function diff(
  from: readonly ReviewedObject[],
  to: readonly ReviewedObject[],
  refused: readonly RefusedChange[] = [],
  notRendered: readonly FileBeside[] = [],
): Diff {
  const found = objectChanges(from, to);
  const { changes } = found;
  const refusals = [...refused, ...changes.flatMap(refusedChanges)];
  const manifests = (objects: readonly ReviewedObject[]) => objects.map(({ manifest }) => manifest);
  return {
    ...found,
    same: changes.length === 0 && refused.length === 0,
    objects: { from: from.length, to: to.length },
    images: imageChanges(changes),
    rights: changes.length === 0 ? [] : rightChanges(manifests(from), manifests(to)),
    crds: changes.flatMap(crdChanges),
    ...(changes.length === 0
      ? NOTHING
      : meaning(changes, indexOf(from), indexOf(withoutRefused(to, changes, refusals)))),
    refused: refusals,
    notRendered,
  };
}

type Meaning = Pick<Diff, 'pods' | 'revisions' | 'exposure' | 'mesh' | 'restarts'>;

const NOTHING: Meaning = { pods: [], exposure: [], mesh: [], restarts: [] };

const indexOf = (objects: readonly ReviewedObject[]): ObjectIndex =>
  new ObjectIndex(objects.map(({ manifest, file = '' }) => ({ manifest, source: file, phase: file })));

/** Objects as they are afterwards: what is refused stays as it was, as a whole. */
function withoutRefused(
  to: readonly ReviewedObject[],
  changes: ObjectChanges['changes'],
  refused: readonly RefusedChange[],
): readonly ReviewedObject[] {
  if (refused.length === 0) return to;
  const names = new Set(refused.map(({ object }) => object));
  const kept = new Map(
    changes.flatMap((one) => (names.has(one.object) && one.to ? [[one.to, one.from] as const] : [])),
  );
  return to.map((object) => ({ ...object, manifest: kept.get(object.manifest) ?? object.manifest }));
}

/** What changes mean together, and with what did not change. */
function meaning(changes: ObjectChanges['changes'], from: ObjectIndex, to: ObjectIndex): Meaning {
  const pods = changes.flatMap((change) => podChange(change, to) ?? []);
  const revisions = revisionRolls(from, to);
  const pairs = templatePairs(from, to);
  const mesh = meshChanges(pairs, from, to, changes);
  // What all of a workload's pods are made anew for counts for them by then.
  const rolling = new Set([
    ...pods.filter(({ rolls, keeps }) => rolls && keeps !== true).map(({ object }) => object),
    ...(revisions?.keys.some(({ late }) => !late) === true ? [...revisions.always, ...revisions.whileAwake] : []),
  ]);
  return {
    pods,
    ...(revisions && { revisions }),
    exposure: exposureChanges(from, to, changes),
    mesh,
    restarts: restarts(pairs, { from, to }, changes, mesh, rolling),
  };
}
