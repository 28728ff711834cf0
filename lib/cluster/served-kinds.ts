import type { Kubectl } from '../kubectl/kubectl';
import type { Manifest } from '../objects/manifest';
import { groupOf } from '../objects/api-group';
import { referenceOf } from './inventory';

/** The kinds that a cluster serves, `apps/Deployment`, and the version in which it prefers to. */
export type ServedKinds = ReadonlyMap<string, string>;

/** @throws KubectlRefusal if the cluster does not say */
export async function servedKinds(kubectl: Kubectl): Promise<ServedKinds> {
  const { stdout, status } = await kubectl.run(['api-resources', '--no-headers', '--request-timeout=60s']);
  // An API whose server is gone makes it fail, after it has printed all others.
  if (status !== 0 && stdout === '') await kubectl.print(['api-resources']);
  return readServedKinds(stdout);
}

/** What `kubectl api-resources` prints: NAME, SHORTNAMES, which may be empty, APIVERSION, NAMESPACED, KIND. */
export function readServedKinds(printed: string): ServedKinds {
  const kinds = new Map<string, string>();
  for (const line of printed.split('\n')) {
    const [kind, , apiVersion] = line.trim().split(/\s+/).reverse();
    if (kind === undefined || apiVersion === undefined) continue;
    const key = `${groupOf(apiVersion)}/${kind}`;
    if (!kinds.has(key)) kinds.set(key, apiVersion);
  }
  return kinds;
}

/** An object by its key as kubectl takes it; `undefined` if the cluster does not serve its kind, and so has none. */
export function namedObject(key: string, kinds: ServedKinds): Manifest | undefined {
  const { group, kind, namespace, name } = referenceOf(key);
  const apiVersion = kinds.get(`${group}/${kind}`);
  if (apiVersion === undefined) return undefined;
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}
