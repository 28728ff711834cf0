import { groupOf } from '../../objects/api-group';
import { at, list, text } from '../../objects/json';
import type { Kubectl } from '../../kubectl/kubectl';
import type { Manifest } from '../../objects/manifest';
import { objectKey } from '../../objects/manifest';
import type { Inventory } from '../inventory';
import { isCrd, isNamespace } from '../kinds';
import { liveObjects } from '../live';
import { isOurs } from '../managed-fields';
import type { ClusterPhase } from '../phases';
import { namedObject, servedKinds } from '../served-kinds';

/** Namespaces that every cluster has: none of them is ever removed. */
const IN_EVERY_CLUSTER: readonly string[] = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** The objects of a phase that are there, in the order in which they were applied. */
export interface PlannedPhase {
  readonly name: string;
  readonly objects: readonly Manifest[];
}

/** What an uninstall would remove. */
export interface UninstallPlan {
  /** The last phase first; CRDs and namespaces are not among their objects. */
  readonly phases: readonly PlannedPhase[];
  readonly crds: readonly Manifest[];
  readonly namespaces: readonly Manifest[];

  /** Namespaces that stay: what the platform has set on them is taken off. */
  readonly cleaned: readonly Manifest[];

  /** Objects of others that would go with the CRDs. */
  readonly othersOfCrds: readonly Manifest[];

  /** Objects of others that would go with the namespaces. */
  readonly othersInNamespaces: readonly Manifest[];

  /** Rendered or recorded, but somebody else's: they stay. */
  readonly disowned: readonly Manifest[];
}

/** What in a namespace somebody would miss. Controllers make objects of other kinds as they please. */
const MISSED = ['deployments', 'statefulsets', 'daemonsets', 'cronjobs', 'persistentvolumeclaims'];

/**
 * What is there of a platform: what its inventory records, and what is rendered, as far as it was applied by kubectl.
 *
 * @throws KubectlRefusal if the cluster cannot be asked
 */
export async function planUninstall(
  kubectl: Kubectl,
  inventory: Inventory,
  rendered: readonly ClusterPhase[],
): Promise<UninstallPlan> {
  const kinds = await servedKinds(kubectl);
  const keys = new Map<string, Set<string>>();
  for (const [phase, recorded] of inventory) keys.set(phase, new Set(recorded));
  for (const { name, objects } of rendered) {
    const found = keys.get(name) ?? new Set<string>();
    for (const { manifest } of objects) found.add(objectKey(manifest));
    keys.set(name, found);
  }
  const named = [...keys].map(([name, own]) => ({
    name,
    objects: [...own].map((key) => namedObject(key, kinds)).filter((one) => one !== undefined),
  }));
  const all = named.flatMap(({ objects }) => objects);
  const live = await liveObjects(kubectl, all);
  const there = all.filter((one) => live.has(objectKey(one)));
  const ours = new Set(there.filter((one) => isOurs(live.get(objectKey(one)) ?? one)).map(objectKey));
  const own = (one: Manifest): boolean => ours.has(objectKey(one));
  const namespaces = there.filter(isNamespace).filter(own);
  const isCleaned = ({ metadata }: Manifest): boolean => IN_EVERY_CLUSTER.includes(metadata.name ?? '');
  const removed = namespaces.filter((one) => !isCleaned(one));
  const crds = there.filter(isCrd).filter(own);
  return {
    phases: named
      .sort((a, b) => (a.name < b.name ? 1 : -1))
      .map(({ name, objects }) => ({
        name,
        objects: objects.filter((one) => own(one) && !isCrd(one) && !isNamespace(one)),
      })),
    crds: crds.map((crd) => live.get(objectKey(crd)) ?? crd),
    namespaces: removed,
    cleaned: namespaces.filter(isCleaned),
    othersOfCrds: await othersOfCrds(
      kubectl,
      crds.map((crd) => live.get(objectKey(crd)) ?? crd),
      ours,
    ),
    othersInNamespaces: await othersInNamespaces(kubectl, removed, ours),
    disowned: there.filter((one) => !own(one) && !isCleaned(one)),
  };
}

/** What nobody made on behalf of something else. */
const isFreestanding = ({ metadata }: Manifest): boolean => list(metadata.ownerReferences).length === 0;

async function othersOfCrds(
  kubectl: Kubectl,
  crds: readonly Manifest[],
  ours: ReadonlySet<string>,
): Promise<Manifest[]> {
  const resources = crds.map(
    ({ spec }) => `${text(at(spec, 'names', 'plural')) ?? ''}.${text(at(spec, 'group')) ?? ''}`,
  );
  if (resources.length === 0) return [];
  const found = await kubectl.objects(['get', resources.join(','), '--all-namespaces']);
  return found.filter((one) => isFreestanding(one) && !ours.has(objectKey(one)));
}

async function othersInNamespaces(
  kubectl: Kubectl,
  namespaces: readonly Manifest[],
  ours: ReadonlySet<string>,
): Promise<Manifest[]> {
  const found: Manifest[] = [];
  for (const { metadata } of namespaces) {
    found.push(...(await kubectl.objects(['get', MISSED.join(','), '--namespace', metadata.name ?? ''])));
  }
  return found.filter((one) => isFreestanding(one) && !ours.has(objectKey(one)));
}

/** Whether an object is of a kind that one of these CRDs defines. */
export function isOfCrd({ apiVersion, kind }: Manifest, crds: readonly Manifest[]): boolean {
  return crds.some(({ spec }) => at(spec, 'group') === groupOf(apiVersion) && at(spec, 'names', 'kind') === kind);
}
