import { isDeepStrictEqual } from 'node:util';
import { at, list, mapping, text } from '../objects/json';
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
 * What an object is told by, as far as applying goes: which fields were applied, and their values. What others changed meanwhile plays no part.
 *
 * The time of a manager's entry does not tell. The annotation that the API server fills in (last-applied.ts) makes applying the same again a
 * change at first, with a new time, which is taken back if nothing but times has changed in the end. But entries are sorted by time: where
 * another manager has applied later, as Kubernetes does the rules of aggregated ClusterRoles, their order has changed, and the new time stays.
 * Source: apiserver 0.34 `pkg/endpoints/handlers/fieldmanager/equality.go`, apimachinery 0.34
 * `pkg/util/managedfields/internal/managedfields.go` and `lastappliedupdater.go`; seen with Kubernetes 1.34.4.
 */
export function appliedState(live: Manifest): string {
  const fields = list(live.metadata.managedFields)
    .filter((entry) => text(at(entry, 'manager')) === FIELD_MANAGER && text(at(entry, 'operation')) === 'Apply')
    .map((entry) => at(entry, 'fieldsV1'));
  return JSON.stringify([live.metadata.uid, fields, fields.map((set) => valuesOf(live, set))]);
}

/**
 * The values of a set of fields as the API server writes it: `f:` and a key, `k:` and the keys of a list's item, `v:` and a value of a list,
 * `i:` and a position, `.` for a mapping or an item itself, and nothing within for all there is. Source: structured-merge-diff 6.3 `fieldpath/serialize-pe.go`.
 */
function valuesOf(value: unknown, fields: unknown): unknown[] {
  return Object.entries(mapping(fields)).map(([key, rest]) => {
    if (key === '.') return value !== undefined;
    const found = pick(value, key.slice(0, 2), key.slice(2));
    return Object.keys(mapping(rest)).length === 0 ? (found ?? null) : valuesOf(found, rest);
  });
}

/** What is no JSON stands for nothing. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

function pick(value: unknown, sort: string, name: string): unknown {
  if (sort === 'f:') return at(value, name);
  if (sort === 'i:') return list(value)[Number(name)];
  const wanted = parsed(name);
  if (sort === 'v:') return list(value).some((item) => isDeepStrictEqual(item, wanted));
  return list(value).find((item) => Object.entries(mapping(wanted)).every(([part, is]) => at(item, part) === is));
}
