import { spawnSync } from 'node:child_process';
import type { Manifest } from '../objects/manifest';
import { describeObject, objectKey } from '../objects/manifest';
import { without } from '../objects/without';
import { LAST_APPLIED } from './masked';
import type { ReviewedObject } from './object-changes';
import type { RefusedChange } from './refused-changes';

/** How to reach a cluster. */
export interface Cluster {
  /** @default - the current one of the kubeconfig */
  readonly context?: string | undefined;

  /** @default - what kubectl finds */
  readonly kubeconfig?: string | undefined;
}

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
export function clusterSides(objects: readonly ReviewedObject[], cluster: Cluster): ClusterSides {
  const kinds = servedKinds(cluster);
  const asked = objects.filter(({ manifest }) => manifest.metadata.name !== undefined && kinds.has(kindOf(manifest)));
  const get = ['get', '--ignore-not-found', '-o', 'json', '-f', '-'];
  const got = asked.length === 0 ? [] : listOf(kubectl(cluster, get, input(asked)));
  const live = new Map(got.map((manifest) => [objectKey(manifest), manifest]));
  const byClient = (one: ReviewedObject): boolean => lastAppliedOf(live.get(objectKey(one.manifest))) !== undefined;
  const there = asked.filter(({ manifest }) => live.has(objectKey(manifest)));
  const answers = [
    applied(cluster, [], there.filter(byClient)),
    applied(
      cluster,
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
      .map(({ manifest }) => ({ manifest: ownContent(live.get(objectKey(manifest)) ?? manifest) })),
    to: objects
      .filter((one) => !isRefused(one))
      .map(({ manifest }) => ({ manifest: ownContent(would.get(objectKey(manifest)) ?? manifest) })),
    refused: answers.flatMap(({ refused }) => refused),
  };
}

const lastAppliedOf = (manifest: Manifest | undefined): string | undefined =>
  manifest?.metadata.annotations?.[LAST_APPLIED];

interface Answer {
  readonly manifests: readonly Manifest[];
  readonly refused: readonly RefusedChange[];
}

/**
 * What a dry run of an apply says. What was applied by kubectl itself, which keeps a copy of it, must be asked in that way, or fields that are to go would stay; all else
 * by server-side apply. kubectl says nothing of the others when one object is refused, so those that are refused are found by halves.
 */
function applied(cluster: Cluster, how: readonly string[], objects: readonly ReviewedObject[]): Answer {
  const [first] = objects;
  if (first === undefined) return { manifests: [], refused: [] };
  try {
    const printed = kubectl(cluster, ['apply', ...how, '--dry-run=server', '-o', 'json', '-f', '-'], input(objects));
    return { manifests: listOf(printed), refused: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (objects.length === 1) {
      return { manifests: [], refused: [{ object: describeObject(first.manifest), why: error.message }] };
    }
    const half = Math.ceil(objects.length / 2);
    const [some, others] = [applied(cluster, how, objects.slice(0, half)), applied(cluster, how, objects.slice(half))];
    return {
      manifests: [...some.manifests, ...others.manifests],
      refused: [...some.refused, ...others.refused],
    };
  }
}

/** What the API server writes into every object. */
function ownContent(manifest: Manifest): Manifest {
  const metadata = without(
    manifest.metadata,
    'managedFields',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'uid',
    'selfLink',
  );
  return { ...without(manifest, 'status'), metadata } as Manifest;
}

const kindOf = ({ apiVersion, kind }: Manifest): string =>
  `${apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''}/${kind}`;

/** The kinds that a cluster knows, as `group/Kind`. Of each line of `kubectl api-resources` the last three columns are the API version, whether it is in namespaces, and the kind. */
function servedKinds(cluster: Cluster): Set<string> {
  const lines = kubectl(cluster, ['api-resources', '--no-headers']).split('\n');
  const kinds = lines.flatMap((line) => {
    const [, apiVersion, kind] = /(\S+)\s+(?:true|false)\s+(\S+)\s*$/.exec(line) ?? [];
    return apiVersion === undefined || kind === undefined ? [] : [kindOf({ apiVersion, kind, metadata: {} })];
  });
  return new Set(kinds);
}

interface List {
  readonly kind?: string;
  readonly items?: Manifest[];
}

const input = (objects: readonly ReviewedObject[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects.map(({ manifest }) => manifest) });

/** One object is printed as it is, several are a list, and none is nothing. */
function listOf(printed: string): Manifest[] {
  if (printed.trim() === '') return [];
  const found = JSON.parse(printed) as List | Manifest;
  return found.kind === 'List' ? ((found as List).items ?? []) : [found as Manifest];
}

/** What kubectl or the cluster does not do. */
class Refusal extends Error {}

const LARGEST = 2 ** 28;

/** @throws Refusal with the last line of kubectl's errors */
function kubectl({ context, kubeconfig }: Cluster, args: readonly string[], input = ''): string {
  const reached = [
    ...(context === undefined ? [] : [`--context=${context}`]),
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
    '--request-timeout=60s',
  ];
  const { status, stdout, stderr, error } = spawnSync('kubectl', [...args, ...reached], {
    encoding: 'utf8',
    input,
    env: process.env,
    maxBuffer: LARGEST,
  });
  const missing = (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
  if (missing) throw new Error('kubectl is not on the PATH: --cluster needs it');
  if (status === 0) return stdout;
  throw new Refusal(`kubectl ${args[0] ?? ''}: ${saidBy(stderr) || (error?.message ?? 'failed')}`);
}

/** What kubectl says in the end. Before that it can print a patch, with values of Secrets in it. */
function saidBy(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line !== '' && !/^(Warning:|E\d{4} )/.test(line));
  return (lines.at(-1) ?? '').replace(/^error: /, '').replace(/^for: "[^"]*": error when \w+ "[^"]*": /, '');
}
