import { groupOf } from '../../objects/api-group';
import { at } from '../../objects/json';
import type { Kubectl } from '../../kubectl/kubectl';
import type { Manifest } from '../../objects/manifest';
import { describeObject, objectKey } from '../../objects/manifest';
import { applyObjects } from './apply-objects';
import { isCrd, isNamespace } from '../kinds';
import { withLastApplied } from './last-applied';
import type { LiveObjects } from '../live';
import type { ClusterPhase } from '../phases';
import type { Waiting } from '../wait';

/** What applying a phase would do. */
export interface DryRunResult {
  readonly phase: string;

  /** Not there yet. */
  readonly create: number;

  /** There already. */
  readonly there: number;

  /** Left as they are in the cluster. */
  readonly left: number;

  /** What the API server would refuse, or what it cannot be asked yet, since what it needs comes in an earlier phase. */
  readonly problems: readonly Waiting[];
  readonly unknown: number;
}

export interface DryRunOptions {
  readonly by: 'client' | 'server';
  /** All that is rendered, and what is there of it. */
  readonly rendered: readonly Manifest[];
  readonly live: LiveObjects;
  readonly leftAlone: ReadonlySet<string>;
  readonly forceConflicts: boolean;
  readonly signal: AbortSignal;
}

/** What applying a phase would do, by what is there (`client`), or by what the API server and its webhooks say (`server`). Nothing is changed. */
export async function dryRun(
  kubectl: Kubectl,
  { name, objects }: ClusterPhase,
  { by, rendered, live, leftAlone, forceConflicts, signal }: DryRunOptions,
): Promise<DryRunResult> {
  const manifests = objects.map(({ manifest }) => manifest).filter((one) => !leftAlone.has(objectKey(one)));
  const there = manifests.filter((one) => live.has(objectKey(one)));
  const known = manifests.filter((one) => isKnown(one, rendered, live));
  const given = known.map((one) => withLastApplied(one, live.get(objectKey(one))));
  const refused = by === 'client' ? [] : await applyObjects(kubectl, given, { forceConflicts, dryRun: true, signal });
  const problems = refused.filter(({ refusal }) => refusal.cause !== 'later');
  return {
    phase: name,
    create: manifests.length - there.length,
    there: there.length,
    left: objects.length - manifests.length,
    unknown: by === 'client' ? 0 : manifests.length - known.length + refused.length - problems.length,
    problems: problems.map(({ manifest, refusal }) => ({ what: describeObject(manifest), why: refusal.reason })),
  };
}

/** Whether the API server can be asked about an object: its namespace and its kind are there, if the platform brings them. */
function isKnown({ apiVersion, kind, metadata }: Manifest, rendered: readonly Manifest[], live: LiveObjects): boolean {
  const needed = rendered.filter(
    (one) =>
      (isNamespace(one) && one.metadata.name === metadata.namespace) ||
      (isCrd(one) && at(one.spec, 'group') === groupOf(apiVersion) && at(one.spec, 'names', 'kind') === kind),
  );
  return needed.every((one) => live.has(objectKey(one)));
}
