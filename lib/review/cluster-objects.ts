import type { Cluster } from '../kubectl/kubectl';
import { asInput, Kubectl, KubectlRefusal } from '../kubectl/kubectl';
import { groupOf } from '../objects/api-group';
import { at, text } from '../objects/json';
import type { Manifest } from '../objects/manifest';
import { describeObject, objectKey } from '../objects/manifest';
import { LAST_APPLIED, withoutServerFields } from '../objects/server-fields';
import type { ReviewedObject } from './object-changes';
import type { RefusedChange } from './refused-changes';

/** Objects as they are in a cluster, and as they would be. */
export interface ClusterSides {
  readonly from: readonly ReviewedObject[];
  readonly to: readonly ReviewedObject[];

  /** What the cluster does not take; it stands on neither side. */
  readonly refused: readonly RefusedChange[];
}

/**
 * What applying objects would make of those in a cluster. The API server itself says so, by a dry run: defaults, and what controllers have filled in, stand on
 * both sides. What is not there yet, kinds and namespaces too, is taken as it is given; what is there and not given is not looked at.
 *
 * @throws Error if kubectl is not there or the cluster cannot be reached
 */
export async function clusterSides(
  objects: readonly ReviewedObject[],
  cluster: Cluster | Kubectl,
): Promise<ClusterSides> {
  const kubectl = cluster instanceof Kubectl ? cluster : new Kubectl(cluster);
  const kinds = await servedKinds(kubectl);
  const asked = objects.filter(({ manifest }) => manifest.metadata.name !== undefined && kinds.has(kindOf(manifest)));
  const get = ['get', '--ignore-not-found', '--filename=-'];
  const got = asked.length === 0 ? [] : await kubectl.objects(get, { input: input(asked) });
  const live = new Map(got.map((manifest) => [objectKey(manifest), manifest]));
  const byClient = (one: ReviewedObject): boolean => lastAppliedOf(live.get(objectKey(one.manifest))) !== undefined;
  const there = asked.filter(({ manifest }) => live.has(objectKey(manifest)));
  const answers = [
    // kubectl knows its own kinds: reading the API server's whole OpenAPI document for them takes more than twice the time.
    await applied(kubectl, ['--openapi-patch=false'], there.filter(byClient)),
    await applied(
      kubectl,
      ['--server-side', '--force-conflicts'],
      there.filter((one) => !byClient(one)),
    ),
  ];
  const would = new Map(answers.flatMap(({ manifests }) => manifests).map((one) => [objectKey(one), one]));
  const isRefused = ({ manifest }: ReviewedObject): boolean =>
    live.has(objectKey(manifest)) && !would.has(objectKey(manifest));
  return {
    from: there
      .filter((one) => !isRefused(one))
      .map(({ manifest }) => ({ manifest: withoutServerFields(live.get(objectKey(manifest)) ?? manifest) })),
    to: objects
      .filter((one) => !isRefused(one))
      .map(({ manifest }) => ({ manifest: withoutServerFields(would.get(objectKey(manifest)) ?? manifest) })),
    refused: answers.flatMap(({ refused }) => refused),
  };
}

const lastAppliedOf = (manifest: Manifest | undefined): string | undefined =>
  text(at(manifest?.metadata.annotations, LAST_APPLIED));

interface Answer {
  readonly manifests: readonly Manifest[];
  readonly refused: readonly RefusedChange[];
}

/**
 * What a dry run of an apply says. What was applied by kubectl itself, which keeps a copy of it, must be asked in that way, or fields that are to go would stay; all else
 * by server-side apply. kubectl says nothing of the others when one object is refused, so those that are refused are found by halves.
 */
async function applied(kubectl: Kubectl, how: readonly string[], objects: readonly ReviewedObject[]): Promise<Answer> {
  const [first] = objects;
  if (first === undefined) return { manifests: [], refused: [] };
  try {
    const args = ['apply', ...how, '--dry-run=server', '--filename=-'];
    return { manifests: await kubectl.objects(args, { input: input(objects) }), refused: [] };
  } catch (error) {
    if (!(error instanceof KubectlRefusal)) throw error;
    if (objects.length === 1) {
      return { manifests: [], refused: [{ object: describeObject(first.manifest), why: error.message }] };
    }
    const half = Math.ceil(objects.length / 2);
    const some = await applied(kubectl, how, objects.slice(0, half));
    const others = await applied(kubectl, how, objects.slice(half));
    return {
      manifests: [...some.manifests, ...others.manifests],
      refused: [...some.refused, ...others.refused],
    };
  }
}

const kindOf = ({ apiVersion, kind }: Manifest): string => `${groupOf(apiVersion)}/${kind}`;

/** The kinds that a cluster knows, as `group/Kind`. Of each line of `kubectl api-resources` the last three columns are the API version, whether it is in namespaces, and the kind. */
async function servedKinds(kubectl: Kubectl): Promise<Set<string>> {
  const lines = (await kubectl.print(['api-resources', '--no-headers'])).split('\n');
  const kinds = lines.flatMap((line) => {
    const [, apiVersion, kind] = /(\S+)\s+(?:true|false)\s+(\S+)\s*$/.exec(line) ?? [];
    return apiVersion === undefined || kind === undefined ? [] : [kindOf({ apiVersion, kind, metadata: {} })];
  });
  return new Set(kinds);
}

const input = (objects: readonly ReviewedObject[]): string => asInput(objects.map(({ manifest }) => manifest));
