import { at, list, text } from '../../objects/json';
import type { Manifest, PlatformObject } from '../../objects/manifest';
import { nameOf, objectKey } from '../../objects/manifest';
import type { Inventory } from '../inventory';
import { isCrd } from '../kinds';
import type { LiveObjects } from '../live';

/** CRDs of which others on a cluster have the real ones: they are left as they are, whatever they look like. */
const NEVER_TOUCHED: readonly string[] = ['gateway.networking.k8s.io'];

/** An object that is left as it is in the cluster, and why. */
export interface LeftAlone {
  readonly manifest: Manifest;

  /** A clause. */
  readonly why: string;
}

/**
 * The CRDs of the platform that must not replace what the cluster has. Those that nobody else is to touch are the platform's own while they are recorded in its
 * inventory and have no schema: nobody has put real ones in their place.
 */
export function crdsLeftAlone(
  objects: readonly PlatformObject[],
  live: LiveObjects,
  inventory: Inventory,
): LeftAlone[] {
  const recorded = new Set([...inventory.values()].flat());
  return objects.flatMap(({ manifest }) => {
    const there = live.get(objectKey(manifest));
    if (!isCrd(manifest) || there === undefined) return [];
    const own = recorded.has(objectKey(manifest)) && takesAnything(there);
    if (!own && NEVER_TOUCHED.includes(text(at(manifest.spec, 'group')) ?? '')) {
      return [{ manifest, why: 'the cluster has it already, and others use it' }];
    }
    return takesAnything(manifest) && !takesAnything(there)
      ? [{ manifest, why: 'the cluster has it with a schema, and the platform has none for it' }]
      : [];
  });
}

/** What is wrong with leaving them alone: versions that the platform uses and the cluster's CRD does not serve. */
export function missingVersions({ manifest }: LeftAlone, live: LiveObjects): string[] {
  const served = servedVersions(live.get(objectKey(manifest)));
  return servedVersions(manifest).filter((version) => !served.includes(version));
}

/** Whether a CRD has no schema to speak of: every field is kept and nothing is checked. */
function takesAnything({ spec }: Manifest): boolean {
  return list(at(spec, 'versions')).every(
    (version) => at(version, 'schema', 'openAPIV3Schema', 'x-kubernetes-preserve-unknown-fields') === true,
  );
}

function servedVersions(crd: Manifest | undefined): string[] {
  return list(at(crd?.spec, 'versions'))
    .filter((version) => at(version, 'served') === true)
    .map((version) => text(at(version, 'name')) ?? '');
}

/** `services.serving.knative.dev`, short for a list. */
export const crdName = ({ manifest }: LeftAlone): string => nameOf(manifest);
