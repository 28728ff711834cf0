import type { Kubectl } from '../kubectl/kubectl';
import { describeObject, objectKey } from '../objects/manifest';
import { applyObjects } from './apply-objects';
import { withLastApplied } from './last-applied';
import type { LiveObjects } from './live';
import type { ClusterPhase } from './phases';
import type { Waiting } from './wait';

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
  readonly live: LiveObjects;
  readonly leftAlone: ReadonlySet<string>;
  readonly forceConflicts: boolean;
  readonly signal: AbortSignal;
}

/** What applying a phase would do, by what is there (`client`), or by what the API server and its webhooks say (`server`). Nothing is changed. */
export async function dryRun(
  kubectl: Kubectl,
  { name, objects }: ClusterPhase,
  { by, live, leftAlone, forceConflicts, signal }: DryRunOptions,
): Promise<DryRunResult> {
  const manifests = objects.map(({ manifest }) => manifest).filter((one) => !leftAlone.has(objectKey(one)));
  const there = manifests.filter((one) => live.has(objectKey(one)));
  const given = manifests.map((one) => withLastApplied(one, live.get(objectKey(one))));
  const refused =
    by === 'client' ? [] : await applyObjects(kubectl, given, { forceConflicts, dryRun: true, signal });
  const unknown = refused.filter(({ refusal, manifest }) => refusal.cause === 'later' && !live.has(objectKey(manifest)));
  return {
    phase: name,
    create: manifests.length - there.length,
    there: there.length,
    left: objects.length - manifests.length,
    unknown: unknown.length,
    problems: refused
      .filter((one) => !unknown.includes(one))
      .map(({ manifest, refusal }) => ({ what: describeObject(manifest), why: refusal.reason })),
  };
}
