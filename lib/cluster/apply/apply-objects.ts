import type { Kubectl } from '../../kubectl/kubectl';
import { asInput } from '../../kubectl/kubectl';
import type { Manifest } from '../../objects/manifest';
import { groupOf } from '../../objects/api-group';
import { FIELD_MANAGER, isOurManager } from '../managed-fields';
import type { Refusal } from '../refusal';
import { refusalOf } from '../refusal';

export interface ApplyObjectsOptions {
  /** Takes fields over that others have. @default false */
  readonly forceConflicts?: boolean;

  /** Asks the API server what it would do. @default false */
  readonly dryRun?: boolean;

  /** Ends it early. @default - it runs to its end */
  readonly signal?: AbortSignal;

  /** Called for each object that was taken. @default - nothing is called */
  readonly onApplied?: () => void;
}

/** An object that the cluster did not take, and why. */
export interface RefusedObject {
  readonly manifest: Manifest;
  readonly refusal: Refusal;
}

/** `deployment.apps/ambassador serverside-applied`: what kubectl prints of each object that was taken. */
const APPLIED = /^(\S+) serverside-applied/;

/**
 * Applies objects in their order, and goes on past those that are refused.
 *
 * kubectl does not say in its errors which object it means, and prints no namespace. So whatever it did not print is applied again by itself.
 *
 * @returns the objects that were not taken; none if all were
 * @throws Error if kubectl is not there
 */
export async function applyObjects(
  kubectl: Kubectl,
  manifests: readonly Manifest[],
  { signal, onApplied, ...options }: ApplyObjectsOptions = {},
): Promise<RefusedObject[]> {
  if (manifests.length === 0) return [];
  const printed = new Map<string, number>();
  const onLine = (line: string): void => {
    const [, name] = APPLIED.exec(line) ?? [];
    if (name === undefined) return;
    printed.set(name, (printed.get(name) ?? 0) + 1);
    onApplied?.();
  };
  const input = asInput(manifests);
  const run = await kubectl.run(applyArgs(options), { input, onLine, ...(signal && { signal }) });
  if (run.status === 0) return [];
  const missing = inDoubt(manifests, printed);
  const doubtful = missing.length === 0 ? manifests : missing;
  const refusal = refusalOf(run.stderr, input);
  // Without an API server each by itself fares no better; and of one alone it is known what was said.
  const known = refusal.cause === 'unreachable' || (doubtful.length === 1 && refusal.cause !== 'conflict');
  if (known) return doubtful.map((manifest) => ({ manifest, refusal }));
  return applyEach(kubectl, doubtful, { ...options, ...(signal && { signal }), ...(onApplied && { onApplied }) });
}

/** Applies each object by itself. One that shares its kind and namespace with one for which something is missing shares its fate. */
async function applyEach(
  kubectl: Kubectl,
  manifests: readonly Manifest[],
  { signal, onApplied, ...options }: ApplyObjectsOptions,
): Promise<RefusedObject[]> {
  const refused: RefusedObject[] = [];
  const fates = new Map<string, Refusal>();
  for (const manifest of manifests) {
    if (signal?.aborted === true) break;
    const fate = fates.get('') ?? fates.get(placeOf(manifest));
    const refusal = fate ?? (await applyOne(kubectl, manifest, { ...options, ...(signal && { signal }) }));
    if (refusal === undefined) {
      onApplied?.();
      continue;
    }
    refused.push({ manifest, refusal });
    if (refusal.cause === 'unreachable') fates.set('', refusal);
    if (refusal.cause === 'webhook' || refusal.cause === 'later') fates.set(placeOf(manifest), refusal);
  }
  return refused;
}

const placeOf = ({ apiVersion, kind, metadata }: Manifest): string =>
  `${apiVersion} ${kind} ${metadata.namespace ?? ''}`;

async function applyOne(
  kubectl: Kubectl,
  manifest: Manifest,
  { signal, ...options }: ApplyObjectsOptions,
): Promise<Refusal | undefined> {
  const input = asInput([manifest]);
  const { status, stderr } = await kubectl.run(applyArgs(options), { input, ...(signal && { signal }) });
  if (status === 0) return undefined;
  const refusal = refusalOf(stderr, input);
  const ours = refusal.conflicts.length > 0 && refusal.conflicts.every(({ manager }) => isOurManager(manager));
  // Plain `kubectl apply` has set these fields, and a webhook has changed them since: to the API server that is a conflict.
  return ours && options.forceConflicts !== true
    ? applyOne(kubectl, manifest, { ...options, forceConflicts: true, ...(signal && { signal }) })
    : refusal;
}

function applyArgs({ forceConflicts, dryRun }: ApplyObjectsOptions): string[] {
  return [
    'apply',
    '--server-side',
    `--field-manager=${FIELD_MANAGER}`,
    ...(forceConflicts === true ? ['--force-conflicts'] : []),
    ...(dryRun === true ? ['--dry-run=server'] : []),
    '--filename=-',
  ];
}

/** The objects that may be among those that were refused: all that share a printed name, unless each was printed. */
export function inDoubt(manifests: readonly Manifest[], printed: ReadonlyMap<string, number>): Manifest[] {
  const wanted = new Map<string, number>();
  for (const manifest of manifests) wanted.set(printedName(manifest), (wanted.get(printedName(manifest)) ?? 0) + 1);
  return manifests.filter((manifest) => {
    const name = printedName(manifest);
    return (printed.get(name) ?? 0) < (wanted.get(name) ?? 0);
  });
}

function printedName({ apiVersion, kind, metadata }: Manifest): string {
  const group = groupOf(apiVersion);
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${metadata.name ?? ''}`;
}
