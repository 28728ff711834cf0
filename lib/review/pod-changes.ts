import type { ObjectIndex } from '../model/object-index';
import { groupKindOf, templatePathOf } from '../model/pod-template';
import { at } from '../objects/json';
import type { Json, Manifest } from '../objects/manifest';
import type { ObjectChange } from './object-changes';
import { pathText } from './path';
import { revisionChange } from './revision-changes';

/** What becomes of a workload's pods when a change to it is applied. */
export interface PodChange {
  readonly object: string;

  /** Whether running pods are replaced. */
  readonly rolls: boolean;

  /** Whether some of those that run are kept. @default false */
  readonly keeps?: boolean;

  /** In a few words. */
  readonly means: string;
}

interface Workload {
  /** Whether a change to the description of its pods replaces running ones. */
  readonly rolls: boolean;

  /** What such a change does. @default - it depends: see {@link revisionChange} */
  readonly means?: string;

  /** Where its pods are described. @default - its pod template */
  readonly described?: readonly string[];
}

/** By group and kind. */
const WORKLOADS: Readonly<Record<string, Workload>> = {
  'apps/Deployment': { rolls: true, means: 'rolls its pods' },
  'apps/StatefulSet': { rolls: true, means: 'rolls its pods' },
  'apps/DaemonSet': { rolls: true, means: 'rolls its pods' },
  'apps/ReplicaSet': { rolls: false, means: 'pods made from now on' },
  '/ReplicationController': { rolls: false, means: 'pods made from now on' },
  'batch/CronJob': { rolls: false, means: 'from its next run on', described: ['spec', 'jobTemplate'] },
  'batch/Job': { rolls: false, means: 'refused while the Job is there' },
  '/Pod': { rolls: false, means: 'mostly refused: delete the pod first', described: ['spec'] },
  'serving.knative.dev/Service': { rolls: true },
  'serving.knative.dev/Configuration': { rolls: true },
};

function workloadOf(manifest: Manifest): (Workload & { readonly described: readonly string[] }) | undefined {
  const kind = groupKindOf(manifest);
  const workload = Object.hasOwn(WORKLOADS, kind) ? WORKLOADS[kind] : undefined;
  return workload && { described: templatePathOf(manifest) ?? [], ...workload };
}

/** The description of a workload's pods; `undefined` for all other objects. */
export function podTemplateOf(manifest: Manifest): Json | undefined {
  const workload = workloadOf(manifest);
  return workload && at(manifest, ...workload.described);
}

/**
 * What a change does to pods; `undefined` for what is no workload.
 *
 * @param objects what the object is among afterwards
 */
export function podChange(
  { object, kind, from, to, differences }: ObjectChange,
  objects: ObjectIndex,
): PodChange | undefined {
  const manifest = to ?? from;
  const workload = manifest && workloadOf(manifest);
  if (workload === undefined) return undefined;
  if (kind === 'added' || from === undefined) return { object, rolls: false, means: 'new' };
  if (kind === 'removed' || to === undefined) return { object, rolls: false, means: 'gone' };
  const described = pathText(workload.described);
  const within = differences.some(({ path }) => pathText(path.slice(0, workload.described.length)) === described);
  if (workload.means === undefined) return { object, ...revisionChange(from, to, within, objects) };
  if (!within) return { object, rolls: false, means: 'its pods stay' };
  if (to.metadata.name === undefined)
    return { object, rolls: false, means: 'a new one each time: its name is generated' };
  const onDelete = workload.rolls && at(to, 'spec', 'updateStrategy', 'type') === 'OnDelete';
  return onDelete
    ? { object, rolls: false, means: 'each pod when it is deleted' }
    : { object, rolls: workload.rolls, means: workload.means };
}
