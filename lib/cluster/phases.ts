import type { PlatformObject } from '../objects/manifest';
import { nearest } from '../syntax/nearest';
import { quote } from '../syntax/quote';

/** What is applied in one go: the objects of the files of one number. */
export interface ClusterPhase {
  /** `20-linkerd` */
  readonly name: string;
  readonly objects: readonly PlatformObject[];
}

/** The phase of the Secrets that are not a part of `dist/`: once their namespaces are there, before all else. */
export const SECRETS_PHASE = '01-secrets';

/** `60-services` for the file `60-services.team-a`: a phase can have several. */
export const phaseOf = (file: string): string => file.split('.', 1)[0] ?? file;

/** Objects phase by phase, in order. */
export function phasesOf(objects: readonly PlatformObject[]): ClusterPhase[] {
  const phases = new Map<string, PlatformObject[]>();
  for (const object of objects) {
    const name = phaseOf(object.phase);
    const found = phases.get(name);
    if (found === undefined) phases.set(name, [object]);
    else found.push(object);
  }
  return [...phases].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, objects]) => ({ name, objects }));
}

/**
 * The phases that are wanted, by the name of their file (`20-linkerd`), by that without its number (`linkerd`) or by the number; all if none is.
 *
 * @throws Error that names the phases there are
 */
export function selectPhases(phases: readonly ClusterPhase[], wanted: readonly string[]): ClusterPhase[] {
  const names = phases.map(({ name }) => name);
  const selected = wanted.map((one) => {
    const name = names.find((name) => [name, name.slice(3), name.slice(0, 2)].includes(one.replace(/\.yaml$/, '')));
    if (name !== undefined) return name;
    const meant = nearest(one, [...names, ...names.map((name) => name.slice(3))]);
    throw new Error(
      `--phase: ${quote(one)} is none of ${names.join(', ')}${meant === undefined ? '' : `; did you mean ${quote(meant)}?`}`,
    );
  });
  return wanted.length === 0 ? [...phases] : phases.filter(({ name }) => selected.includes(name));
}
