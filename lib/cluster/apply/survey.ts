import { groupOf } from '../../objects/api-group';
import { at, list, text } from '../../objects/json';
import type { Kubectl } from '../../kubectl/kubectl';
import { asInput } from '../../kubectl/kubectl';
import { printedJson } from '../../kubectl/printed-json';
import type { Manifest } from '../../objects/manifest';
import { ClusterInventory } from '../inventory';
import { resourceOf } from '../kinds';
import type { LiveObjects } from '../live';
import { liveObjects } from '../live';

/** Something that is asked of the API server: may I do this? */
export interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string;
}

/** What is known of a cluster before anything is applied to it. */
export interface Survey {
  /** `https://203.0.113.7:6443` */
  readonly server: string;

  /** @default - the kubeconfig has none, as in a pod */
  readonly context?: string;

  /** `v1.34.4` */
  readonly version: string;
  readonly inventory: ClusterInventory;

  /** What is there of the objects that are to be applied. */
  readonly live: LiveObjects;

  /** What whoever asks may not do. */
  readonly denied: readonly Right[];
}

/** Which server it is, and how the kubeconfig names it. */
export interface ClusterName {
  readonly server: string;
  readonly context?: string;
}

/**
 * Which cluster kubectl reaches.
 *
 * @throws Error if there is none
 */
export async function nameOfCluster(kubectl: Kubectl): Promise<ClusterName> {
  // In a pod there is no kubeconfig to view.
  const { stdout } = await kubectl.run(['config', 'view', '--minify', '--output=json']);
  const config: unknown = stdout === '' ? undefined : printedJson(stdout);
  const server = text(at(list(at(config, 'clusters'))[0], 'cluster', 'server')) ?? 'the cluster';
  const context = text(at(config, 'current-context'));
  return { server, ...(context !== undefined && context !== '' && { context }) };
}

/**
 * Looks at a cluster: nothing in it is changed.
 *
 * @param manifests what is to be applied
 * @param also what else is looked for
 * @throws Error if there is no cluster, or it cannot be asked
 */
export async function survey(
  kubectl: Kubectl,
  manifests: readonly Manifest[],
  also: readonly Manifest[] = [],
): Promise<Survey> {
  const version = printedJson(await kubectl.print(['version', '--output=json']));
  const [name, inventory, live, denied] = await Promise.all([
    nameOfCluster(kubectl),
    ClusterInventory.read(kubectl),
    liveObjects(kubectl, [...manifests, ...also]),
    deniedRights(kubectl, rightsFor(manifests)),
  ]);
  return { ...name, version: text(at(version, 'serverVersion', 'gitVersion')) ?? '', inventory, live, denied };
}

/** What applying takes: reading, creating and patching each kind in each namespace. */
export function rightsFor(manifests: readonly Manifest[]): Right[] {
  const crds = manifests.filter(({ kind }) => kind === 'CustomResourceDefinition');
  const rights = new Map<string, Right>();
  for (const manifest of manifests) {
    for (const verb of ['get', 'create', 'patch']) {
      const { namespace } = manifest.metadata;
      const right: Right = {
        verb,
        group: groupOf(manifest.apiVersion),
        resource: resourceOf(manifest, crds),
        ...(namespace !== undefined && { namespace }),
      };
      rights.set(JSON.stringify(right), right);
    }
  }
  return [...rights.values()];
}

async function deniedRights(kubectl: Kubectl, rights: readonly Right[]): Promise<Right[]> {
  const reviews = rights.map(
    (resourceAttributes) =>
      ({
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        metadata: {},
        spec: { resourceAttributes },
      }) as unknown as Manifest,
  );
  if (reviews.length === 0) return [];
  const args = ['create', '--filename=-', '--output=jsonpath={.status.allowed}{"\\n"}'];
  const answers = (await kubectl.print(args, { input: asInput(reviews) })).split('\n');
  return rights.filter((_, index) => answers[index] === 'false');
}
