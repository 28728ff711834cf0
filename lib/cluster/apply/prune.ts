import type { Kubectl } from '../../kubectl/kubectl';
import type { Manifest } from '../../objects/manifest';
import { objectKey } from '../../objects/manifest';
import { deleteObjects } from '../uninstall/delete-objects';
import type { ClusterInventory, Inventory } from '../inventory';
import { staleObjects } from '../inventory';
import { isCrd, isNamespace } from '../kinds';
import { liveObjects } from '../live';
import { isOurs } from '../managed-fields';
import type { ServedKinds } from '../served-kinds';
import { namedObject, servedKinds } from '../served-kinds';

/** What becomes of an object that an earlier run applied and that is no longer rendered. */
export type StaleState =
  /** It can be removed. */
  | 'stale'
  /** It was removed. */
  | 'pruned'
  /** A namespace or a CRD: others' objects are in it. It stays, and with it its line in the inventory. */
  | 'kept'
  /** Somebody else has made it anew: it is theirs. */
  | 'disowned'
  /** It could not be removed. */
  | 'stuck';

export interface StaleObject {
  readonly phase: string;

  /** `apps/Deployment ambassador/ambassador` */
  readonly key: string;
  readonly state: StaleState;

  /** Why it could not be removed. */
  readonly why?: string;
}

export interface PruneOptions {
  /** All that is rendered. */
  readonly rendered: readonly Manifest[];
  readonly inventory: ClusterInventory;

  /** The phases that are looked at; the inventory of others stays as it is. */
  readonly phases: (phase: string) => boolean;

  /** Removes what can be removed. */
  readonly prune: boolean;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

/**
 * What earlier runs applied and is no longer rendered, the last phase first. What is gone already, or is somebody else's by now, leaves the inventory.
 *
 * @throws KubectlRefusal if the cluster cannot be asked
 */
export async function pruneStale(kubectl: Kubectl, options: PruneOptions): Promise<StaleObject[]> {
  const { rendered, inventory, phases, prune, timeoutSeconds, signal } = options;
  const stale: Inventory = staleObjects(inventory.phases, rendered);
  if (stale.size === 0) return [];
  const kinds: ServedKinds = await servedKinds(kubectl);
  const found: StaleObject[] = [];
  for (const [phase, keys] of [...stale].reverse().filter(([phase]) => phases(phase))) {
    const named = keys.map((key) => namedObject(key, kinds)).filter((one) => one !== undefined);
    const live = await liveObjects(kubectl, named, { signal });
    const there = named.filter((one) => live.has(objectKey(one)));
    const ours = there.filter((one) => isOurs(live.get(objectKey(one)) ?? one));
    const kept = ours.filter((one) => isNamespace(one) || isCrd(one));
    const removable = ours.filter((one) => !kept.includes(one));
    const state = (objects: readonly Manifest[], state: StaleState, why?: string): StaleObject[] =>
      objects.map((one) => ({ phase, key: objectKey(one), state, ...(why !== undefined && { why }) }));
    found.push(
      ...state(
        there.filter((one) => !ours.includes(one)),
        'disowned',
      ),
      ...state(kept, 'kept'),
    );
    let left = [...removable];
    if (prune) {
      const problems = await deleteObjects(kubectl, removable, { timeoutSeconds, signal });
      const still = problems.length === 0 ? new Map<string, Manifest>() : await liveObjects(kubectl, removable);
      left = removable.filter((one) => still.has(objectKey(one)));
      found.push(
        ...state(
          removable.filter((one) => !left.includes(one)),
          'pruned',
        ),
        ...state(left, 'stuck', problems.join('; ')),
      );
    } else found.push(...state(removable, 'stale'));
    const remaining = new Set([...kept, ...left].map(objectKey));
    const recorded = inventory.phases.get(phase) ?? [];
    await inventory.write(
      phase,
      recorded.filter((key) => !keys.includes(key) || remaining.has(key)),
    );
  }
  return found;
}
