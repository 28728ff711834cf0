import type { FluxDuration } from '../../imports/kustomize.toolkit.fluxcd.io';
import { entryOf } from '../objects/entry-of';
import type { PlatformObject } from '../objects/manifest';
import type { PhaseName } from '../objects/phase';
import { PHASES } from '../objects/phase';
import type { FileObjects } from '../render/files';

/** How a phase is delivered by whoever applies the repository. */
export interface Delivery {
  /** The phases that must be up before its objects are applied. */
  readonly after: readonly PhaseName[];

  /** Whether what is no longer rendered is deleted from the cluster. */
  readonly prune: boolean;

  /** How long it may take to apply its objects and to see them healthy. */
  readonly timeout: FluxDuration;
}

/**
 * What each phase waits for. docs/gitops.md has this table for people, with the reasons. Nothing waits for `knative-config`, whose objects
 * are refused while Knative's webhook is down: the repair of the webhook would then wait for the webhook. Nothing waits for viz
 * either: pods are born tappable, and a broken Prometheus is to hold nothing up.
 */
export const DELIVERIES: Readonly<Record<PhaseName, Delivery>> = {
  namespaces: { after: [], prune: false, timeout: '1m' },
  crds: { after: [], prune: false, timeout: '2m' },
  linkerd: { after: ['namespaces', 'crds'], prune: true, timeout: '5m' },
  'linkerd-viz': { after: ['linkerd'], prune: true, timeout: '5m' },
  'knative-config': { after: ['namespaces', 'crds'], prune: true, timeout: '1m' },
  'knative-serving': { after: ['linkerd'], prune: true, timeout: '5m' },
  networking: { after: ['linkerd'], prune: true, timeout: '5m' },
  services: { after: ['knative-serving', 'networking'], prune: true, timeout: '5m' },
};

/** A phase that a platform has objects of. */
export interface DeliveredPhase {
  readonly phase: PhaseName;

  /** Its number and what it holds: `50-ambassador`. */
  readonly name: string;

  /** What it holds: `ambassador`. */
  readonly holds: string;

  /** Its files in `dist/`, by their names. */
  readonly files: readonly string[];

  readonly objects: readonly PlatformObject[];

  /** The phases of the platform that must be up before. */
  readonly after: readonly DeliveredPhase[];
}

/** The phases of a platform in their order. The parts of a phase, such as `60-services.default.yaml`, are one phase. */
export function deliveredPhases(files: readonly FileObjects[]): DeliveredPhase[] {
  const byName = new Map<string, FileObjects[]>();
  for (const file of files) entryOf(byName, file.name.split('.', 1)[0] ?? file.name, () => []).push(file);
  const names = [...byName.keys()].sort();
  const delivered = new Map<PhaseName, DeliveredPhase>();
  for (const name of names) {
    const phase = phaseOf(name);
    const phaseFiles = byName.get(name) ?? [];
    delivered.set(phase, {
      phase,
      name,
      holds: name.slice(name.indexOf('-') + 1),
      files: phaseFiles.map((file) => file.name).sort(),
      objects: phaseFiles.flatMap(({ objects }) => objects),
      // What a phase waits for has a lower number.
      after: withoutImplied(present(DELIVERIES[phase].after, delivered)),
    });
  }
  return [...delivered.values()];
}

function phaseOf(name: string): PhaseName {
  const number = Number(name.slice(0, name.indexOf('-')));
  const found = Object.entries(PHASES).find(([, other]) => other === number);
  if (found === undefined) throw new Error(`${name}: is no phase of the platform`);
  return found[0] as PhaseName;
}

/** The phases that are there. In place of one that is not, because its component is installed by other means, those before it. */
function present(phases: readonly PhaseName[], delivered: ReadonlyMap<PhaseName, DeliveredPhase>): DeliveredPhase[] {
  const found = phases.flatMap((phase) => delivered.get(phase) ?? present(DELIVERIES[phase].after, delivered));
  return [...new Set(found)];
}

/** Without those that another of them waits for anyway. */
function withoutImplied(phases: readonly DeliveredPhase[]): DeliveredPhase[] {
  const implied = (phase: DeliveredPhase): DeliveredPhase[] => phase.after.flatMap((one) => [one, ...implied(one)]);
  const others = new Set(phases.flatMap(implied));
  return phases.filter((phase) => !others.has(phase));
}
