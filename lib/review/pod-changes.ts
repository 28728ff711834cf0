import { groupOf } from '../objects/api-group';
import type { Json, Manifest } from '../objects/manifest';
import type { ObjectChange } from './object-changes';
import { treeAt, treeOf } from './object-diff';
import { pathText } from './path';

/** What becomes of a workload's pods when a change to it is applied. */
export interface PodChange {
  readonly object: string;

  /** Whether running pods are replaced. */
  readonly rolls: boolean;

  /** In a few words. */
  readonly means: string;
}

interface Workload {
  /** `Kind`, or `Kind.group` where the group is not Kubernetes' own. */
  readonly kind: string;

  /** Where its pods are described. */
  readonly template: readonly string[];

  /** Whether a change there replaces running pods. */
  readonly rolls: boolean;

  /** What a change there does. */
  readonly means: string;
}

const WORKLOADS: readonly Workload[] = [
  { kind: 'Deployment', template: ['spec', 'template'], rolls: true, means: 'rolls its pods' },
  { kind: 'StatefulSet', template: ['spec', 'template'], rolls: true, means: 'rolls its pods' },
  { kind: 'DaemonSet', template: ['spec', 'template'], rolls: true, means: 'rolls its pods' },
  { kind: 'ReplicaSet', template: ['spec', 'template'], rolls: false, means: 'pods made from now on' },
  { kind: 'CronJob', template: ['spec', 'jobTemplate'], rolls: false, means: 'from its next run on' },
  { kind: 'Job', template: ['spec', 'template'], rolls: false, means: 'refused while the Job is there' },
  { kind: 'Pod', template: ['spec'], rolls: false, means: 'mostly refused: delete the pod first' },
  {
    kind: 'Service.serving.knative.dev',
    template: ['spec', 'template'],
    rolls: true,
    means: 'new revision: its pods replace the old ones',
  },
  {
    kind: 'Configuration.serving.knative.dev',
    template: ['spec', 'template'],
    rolls: true,
    means: 'new revision: its pods replace the old ones',
  },
];

function workloadOf({ apiVersion, kind }: Manifest): Workload | undefined {
  const group = groupOf(apiVersion);
  return WORKLOADS.find((workload) => workload.kind === kind || workload.kind === `${kind}.${group}`);
}

/** The description of a workload's pods; `undefined` for all other objects. */
export function podTemplateOf(manifest: Manifest): Json | undefined {
  const workload = workloadOf(manifest);
  return workload === undefined ? undefined : treeAt(treeOf(manifest), workload.template)?.value;
}

/** What a change does to pods; `undefined` for what is no workload. */
export function podChange({ object, kind, from, to, differences }: ObjectChange): PodChange | undefined {
  const workload = workloadOf(to ?? from ?? NOTHING);
  if (workload === undefined) return undefined;
  if (kind === 'added') return { object, rolls: false, means: 'new' };
  if (kind === 'removed') return { object, rolls: false, means: 'gone' };
  const template = pathText(workload.template);
  const within = differences.some(({ path }) => pathText(path.slice(0, workload.template.length)) === template);
  if (!within) return { object, rolls: false, means: 'its pods stay' };
  if (to?.metadata.name === undefined)
    return { object, rolls: false, means: 'a new one each time: its name is generated' };
  const onDelete = workload.rolls && strategyOf(to) === 'OnDelete';
  return onDelete
    ? { object, rolls: false, means: 'each pod when it is deleted' }
    : { object, rolls: workload.rolls, means: workload.means };
}

const NOTHING: Manifest = { apiVersion: '', kind: '', metadata: {} };

const strategyOf = (manifest: Manifest | undefined): Json | undefined =>
  manifest === undefined ? undefined : treeAt(treeOf(manifest), ['spec', 'updateStrategy', 'type'])?.value;
