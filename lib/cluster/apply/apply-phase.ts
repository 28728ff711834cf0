import type { Kubectl } from '../../kubectl/kubectl';
import { KubectlRefusal } from '../../kubectl/kubectl';
import type { Manifest } from '../../objects/manifest';
import { describeObject, objectKey } from '../../objects/manifest';
import type { RefusedObject } from './apply-objects';
import { applyObjects } from './apply-objects';
import { kindOf } from '../kinds';
import { withLastApplied } from './last-applied';
import type { LiveObjects } from '../live';
import { liveObjects } from '../live';
import { appliedState } from '../managed-fields';
import type { ClusterInventory } from '../inventory';
import type { ClusterPhase } from '../phases';
import type { RefusalCause } from '../refusal';
import type { Deadline } from '../until';
import { after, pause, whileAway } from '../until';
import type { Waiting } from '../wait';
import { PhaseReadiness } from '../wait';

/** How far a phase came. */
export type PhaseState = 'ready' | 'not ready' | 'refused' | 'interrupted';

/** What became of a phase. */
export interface PhaseResult {
  readonly phase: string;
  readonly state: PhaseState;
  readonly created: number;
  readonly configured: number;
  readonly unchanged: number;

  /** Left as they are in the cluster. */
  readonly left: number;
  readonly seconds: number;

  /** Those that were there and are different now. */
  readonly changes: readonly string[];

  /** What was refused, or is not ready, and why. */
  readonly problems: readonly Waiting[];
}

/** How applying goes on. */
export type ApplyEvent =
  | { readonly type: 'phase'; readonly phase: string; readonly objects: number }
  | { readonly type: 'applied'; readonly phase: string }
  | { readonly type: 'waiting'; readonly phase: string; readonly waiting: readonly Waiting[] }
  | { readonly type: 'done'; readonly result: PhaseResult };

export interface ApplyOptions {
  /** What is applied, in order. */
  readonly phases: readonly ClusterPhase[];

  /** All that is rendered, whatever is applied of it. */
  readonly rendered: readonly Manifest[];
  readonly inventory: ClusterInventory;

  /** Objects that are left as they are in the cluster, by their keys. */
  readonly leftAlone: ReadonlySet<string>;
  readonly forceConflicts: boolean;

  /** How long a phase may take. */
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: ApplyEvent) => void;
}

/** Causes that can pass by themselves. */
const PASSING: readonly RefusalCause[] = ['webhook', 'later', 'unreachable'];

const POLL = 1000;

/** A phase as it is applied. */
export class PhaseApply {
  /** What a webhook refused because it did not answer. Nothing waits for them, and they are tried again in the end. */
  deferred: Manifest[] = [];

  private readonly started = Date.now();
  private readonly manifests: readonly Manifest[];
  private readonly problems: Waiting[] = [];
  private before: LiveObjects = new Map();
  private afterwards: LiveObjects = new Map();
  private counted = 0;

  constructor(
    private readonly kubectl: Kubectl,
    private readonly phase: ClusterPhase,
    private readonly options: ApplyOptions,
  ) {
    this.manifests = phase.objects
      .map(({ manifest }) => manifest)
      .filter((manifest) => !options.leftAlone.has(objectKey(manifest)));
  }

  async run(): Promise<PhaseResult> {
    const { timeoutSeconds, signal } = this.options;
    const deadline = after(timeoutSeconds);
    this.event({ type: 'phase', phase: this.phase.name, objects: this.manifests.length });
    try {
      this.before = await whileAway(deadline, signal, () => liveObjects(this.kubectl, this.manifests, { signal }));
      await whileAway(deadline, signal, () => this.record());
      const refused = await this.apply(this.manifests, deadline, isDeferrable);
      this.problems.push(...refused.map(problemOf));
      const state = refused.length > 0 ? 'refused' : await this.wait(deadline);
      this.afterwards = await whileAway(deadline, signal, () => liveObjects(this.kubectl, this.manifests));
      return this.result(state);
    } catch (error) {
      return this.failed(error);
    }
  }

  async runDeferred(): Promise<PhaseResult> {
    const { signal, timeoutSeconds } = this.options;
    const deadline = after(timeoutSeconds);
    try {
      const refused = await this.apply(this.deferred, deadline, () => false);
      this.problems.push(...refused.map(problemOf));
      this.afterwards = await whileAway(deadline, signal, () => liveObjects(this.kubectl, this.manifests));
      return this.result(refused.length > 0 ? 'refused' : 'ready');
    } catch (error) {
      return this.failed(error);
    }
  }

  /** How far it came when the cluster did not answer in time, or somebody ended it. */
  private failed(error: unknown): PhaseResult {
    if (this.options.signal.aborted) return this.result('interrupted');
    if (!(error instanceof KubectlRefusal)) throw error;
    this.problems.push({ what: 'the cluster', why: error.message });
    return this.result('not ready');
  }

  /** What is about to be applied is recorded before it is, so that whatever an interrupted run has applied can be found. */
  private record(): Promise<void> {
    const { inventory, rendered, leftAlone } = this.options;
    const there = new Set(rendered.map(objectKey));
    const earlier = (inventory.phases.get(this.phase.name) ?? []).filter(
      (key) => !there.has(key) || leftAlone.has(key),
    );
    return inventory.write(this.phase.name, [...this.manifests.map(objectKey), ...earlier]);
  }

  /** Applies until all is taken, or what is not will not be. */
  private async apply(
    manifests: readonly Manifest[],
    deadline: Deadline,
    isDeferred: (refused: RefusedObject) => boolean,
  ): Promise<RefusedObject[]> {
    const { signal, forceConflicts } = this.options;
    const final: RefusedObject[] = [];
    let pending = manifests;
    for (;;) {
      const originals = new Map(
        pending.map((manifest) => [withLastApplied(manifest, this.before.get(objectKey(manifest))), manifest]),
      );
      const refused = (
        await applyObjects(this.kubectl, [...originals.keys()], {
          forceConflicts,
          signal,
          onApplied: () => this.applied(),
        })
      ).map(({ manifest, refusal }) => ({ manifest: originals.get(manifest) ?? manifest, refusal }));
      signal.throwIfAborted();
      this.deferred = [...this.deferred, ...refused.filter(isDeferred).map(({ manifest }) => manifest)];
      const rest = refused.filter((one) => !isDeferred(one));
      const passing = rest.filter(({ refusal }) => PASSING.includes(refusal.cause));
      final.push(...rest.filter((one) => !passing.includes(one)));
      if (passing.length === 0) return final;
      if (Date.now() > deadline) return [...final, ...passing];
      this.event({ type: 'waiting', phase: this.phase.name, waiting: passing.map(problemOf) });
      await pause(POLL, signal);
      pending = passing.map(({ manifest }) => manifest);
    }
  }

  private async wait(deadline: Deadline): Promise<PhaseState> {
    const { signal, rendered } = this.options;
    const applied = this.manifests.filter((manifest) => !this.deferred.includes(manifest));
    const readiness = new PhaseReadiness(this.kubectl, applied, rendered);
    for (;;) {
      const waiting = await whileAway(deadline, signal, () => readiness.look({ signal }));
      if (waiting.length === 0) return 'ready';
      this.event({ type: 'waiting', phase: this.phase.name, waiting });
      if (Date.now() > deadline) {
        const reasons = await readiness.reasons({ signal });
        this.problems.push(...waiting, ...reasons.map(asProblem));
        return 'not ready';
      }
      await pause(POLL, signal);
    }
  }

  private applied(): void {
    if (this.counted++ < this.manifests.length) this.event({ type: 'applied', phase: this.phase.name });
  }

  private event(event: ApplyEvent): void {
    this.options.onEvent(event);
  }

  result(state: PhaseState): PhaseResult {
    const counts = { created: 0, unchanged: 0 };
    const changes: string[] = [];
    for (const manifest of this.manifests) {
      const key = objectKey(manifest);
      const [before, now] = [this.before.get(key), this.afterwards.get(key)];
      if (now === undefined) continue;
      if (before === undefined) counts.created++;
      else if (appliedState(before) === appliedState(now)) counts.unchanged++;
      else changes.push(describeObject(manifest));
    }
    return {
      phase: this.phase.name,
      state,
      ...counts,
      configured: changes.length,
      changes,
      left: this.phase.objects.length - this.manifests.length,
      seconds: (Date.now() - this.started) / 1000,
      problems: this.problems,
    };
  }
}

/** What Knative's webhook refuses while it is down, though what repairs it comes in a later phase. */
const DEFERRABLE = ['/ConfigMap', 'networking.internal.knative.dev/Certificate'];

function isDeferrable({ manifest, refusal }: RefusedObject): boolean {
  return refusal.cause === 'webhook' && DEFERRABLE.includes(kindOf(manifest));
}

const problemOf = ({ manifest, refusal }: RefusedObject): Waiting => ({
  what: describeObject(manifest),
  why: refusal.reason,
});

/** `Pod a/b: why` as a problem. */
function asProblem(line: string): Waiting {
  const end = line.indexOf(': ');
  return { what: line.slice(0, end), why: line.slice(end + 2) };
}
