import { parse } from 'yaml';
import type { Json, Manifest } from '../objects/manifest';
import { describeObject, objectKey } from '../objects/manifest';
import type { Difference, Tree } from './object-diff';
import { differences, treeOf } from './object-diff';
import { pathText } from './path';
import type { ReleaseObject } from './release-objects';

/** What a change between two releases is about. */
export type Topic = (typeof TOPICS)[number]['topic'];

/** A change between two releases of a component. */
export interface Change extends Difference {
  /** `Kind name` or `Kind namespace/name`. */
  readonly object: string;
  readonly topic: Topic;
}

interface TopicRule {
  readonly topic: string;

  /** What it is for the embedded release. */
  readonly means: string;

  /** The kinds of objects. */
  readonly kinds?: readonly string[];

  /** The text of the path. */
  readonly path?: RegExp;
}

/** What changes are about, by object and path: the first row that fits. */
export const TOPICS = [
  { topic: 'objects', means: 'come or go', path: /^$/ },
  { topic: 'images', means: 'the table of images', path: /(^|\.)image$|^data\.([\w-]+-)?image$/ },
  {
    topic: 'version labels',
    means: 'follow the version by themselves',
    path: /\["(app\.kubernetes\.io\/version|helm\.sh\/chart)"\]$/,
  },
  {
    topic: 'texts for people',
    means: 'the embedded release has none',
    path: /^spec\.versions\[.*\.description$|^data\._example$|\["knative\.dev\/example-checksum"\]$/,
  },
  {
    topic: 'schemas',
    means: 'the embedded release has none: see what the typed props should take',
    path: /^spec\.versions\[[^\]]*\]\.schema\b/,
  },
  {
    topic: 'configuration',
    means: 'keys and defaults of the typed settings; those of _example are documented, not set',
    kinds: ['ConfigMap'],
  },
  {
    topic: 'rights',
    means: 'the tables of roles',
    kinds: ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
  },
  { topic: 'other', means: 'the object itself' },
] as const satisfies readonly TopicRule[];

/** What has changed from one release of a component to another, in the order of {@link TOPICS}. */
export function versionDiff(from: readonly ReleaseObject[], to: readonly ReleaseObject[]): Change[] {
  const [before, after] = [byKey(from), byKey(to)];
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) =>
    objectChanges(before.get(key), after.get(key)),
  );
  return TOPICS.flatMap(({ topic }) => changes.filter((change) => change.topic === topic));
}

const byKey = (objects: readonly ReleaseObject[]): Map<string, Manifest> =>
  new Map(objects.map(({ manifest }) => [objectKey(manifest), manifest]));

function objectChanges(from: Manifest | undefined, to: Manifest | undefined): Change[] {
  const manifest = to ?? from;
  if (manifest === undefined) return [];
  const object = describeObject(manifest);
  return [...differences(from && documentedTree(from), to && documentedTree(to)), ...reworded(from, to)].map(
    (difference) => ({ ...difference, object, topic: topicOf(manifest.kind, pathText(difference.path)) }),
  );
}

function topicOf(kind: string, path: string): Topic {
  const fits = ({ kinds, path: pattern }: TopicRule): boolean =>
    (kinds?.includes(kind) ?? true) && (pattern?.test(path) ?? true);
  return TOPICS.find(fits)?.topic ?? 'other';
}

/** Knative documents a ConfigMap's keys, with their defaults, as YAML text under this one. */
const EXAMPLE = '_example';

/** A manifest in which the documented keys of a ConfigMap are looked at one by one. */
function documentedTree(manifest: Manifest): Tree {
  const documented = documentedKeys(manifest);
  if (documented === undefined) return treeOf(manifest);
  return treeOf({ ...manifest, data: { ...(manifest.data as Record<string, Json>), [EXAMPLE]: documented } });
}

function documentedKeys(manifest: Manifest): Record<string, Json> | undefined {
  const text = exampleOf(manifest);
  if (text === undefined) return undefined;
  try {
    const keys = parse(text) as Json;
    return keys !== null && typeof keys === 'object' && !Array.isArray(keys) ? keys : undefined;
  } catch {
    return undefined;
  }
}

function exampleOf({ kind, data }: Manifest): string | undefined {
  if (kind !== 'ConfigMap' || data === null || typeof data !== 'object') return undefined;
  const text = (data as Record<string, Json>)[EXAMPLE];
  return typeof text === 'string' ? text : undefined;
}

/** The documentation of a ConfigMap, where its words alone have changed. */
function reworded(from: Manifest | undefined, to: Manifest | undefined): Difference[] {
  const [before, after] = [from && exampleOf(from), to && exampleOf(to)];
  if (from === undefined || to === undefined || before === undefined || after === undefined || before === after)
    return [];
  const [keysBefore, keysAfter] = [documentedKeys(from), documentedKeys(to)];
  if (keysBefore === undefined || keysAfter === undefined) return [];
  if (differences(documentedTree(from), documentedTree(to)).some(({ path }) => path[1] === EXAMPLE)) return [];
  return [{ path: ['data', EXAMPLE], kind: 'changed', from: before, to: after }];
}
