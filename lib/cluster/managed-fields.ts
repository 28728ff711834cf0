import { at, list, text } from '../check/json';
import type { Manifest } from '../objects/manifest';

/**
 * The name under which objects are applied: kubectl's own. The API server takes over what plain `kubectl apply` has set under this name alone, and
 * keeps `kubectl apply`'s annotation up to date, so that either can go on where the other was. Source: apiserver 0.34
 * `pkg/util/managedfields/internal/lastapplied*.go`.
 */
export const FIELD_MANAGER = 'kubectl';

/** The names of kubectl, with and without `--server-side`. */
const OURS: readonly string[] = [FIELD_MANAGER, 'kubectl-client-side-apply', 'kubectl-last-applied'];

/** Whether a field manager is `kubectl apply`, with or without `--server-side`. */
export const isOurManager = (manager: string): boolean => OURS.includes(manager);

/** Whether an object was applied by this command, or by kubectl. */
export function isOurs({ metadata }: Manifest): boolean {
  return list(metadata.managedFields).some((entry) => isOurManager(text(at(entry, 'manager')) ?? ''));
}

/**
 * What an object is told by, as far as applying goes. The API server moves the time of a manager's entry only when the object changes by what
 * is applied: what others changed meanwhile plays no part.
 */
export function appliedState({ metadata }: Manifest): string {
  const entries = list(metadata.managedFields).filter(
    (entry) => text(at(entry, 'manager')) === FIELD_MANAGER && text(at(entry, 'operation')) === 'Apply',
  );
  return JSON.stringify([metadata.uid, entries.map((entry) => [at(entry, 'time'), at(entry, 'fieldsV1')])]);
}
