import { isDeepStrictEqual } from 'node:util';
import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Manifest, PlatformObject } from './manifest';
import { describeObject, objectKey } from './manifest';
import type { Mistake } from './mistakes';
import { Mistakes, mistakesOf } from './mistakes';
import { Phase } from './phase';
import { privateKeyMistakes } from './private-key';
import { UpstreamDocument } from './upstream-document';

/**
 * The objects that a platform declares, phase by phase. What a release's own files repeat is there once.
 *
 * @throws Mistakes of every construct, for every object that is declared twice, and for every one that holds a private key
 */
export function collectObjects(root: IConstruct): PlatformObject[] {
  const constructs = root.node.findAll();
  const mistakes = [...mistakesOf(root), ...constructs.flatMap(outsideOfPhases)];
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  const phases = constructs.filter((construct) => Phase.isPhase(construct)).sort((a, b) => (a.file < b.file ? -1 : 1));
  const objects = declaredOnce(phases.flatMap(objectsOf));
  const keys = privateKeyMistakes(objects);
  if (keys.length > 0) throw new Mistakes(keys);
  return objects;
}

function outsideOfPhases(construct: IConstruct): Mistake[] {
  if (!(construct instanceof ApiObject) || construct.node.scopes.some((scope) => Phase.isPhase(scope))) return [];
  return [
    {
      where: construct.node.path,
      message: `${construct.kind} ${construct.name} is in no phase, so it would not be written: declare it within one, for example platform.services`,
    },
  ];
}

/** An object, and whether it is a vendored document. */
interface Declaration {
  readonly object: PlatformObject;
  readonly upstream: boolean;
}

function objectsOf(phase: Phase): Declaration[] {
  const upstream: PlatformObject[] = [];
  const own: PlatformObject[] = [];
  for (const construct of phase.node.findAll()) {
    if (UpstreamDocument.isUpstreamDocument(construct)) {
      const { object } = construct;
      if (object !== undefined) upstream.push({ ...object, phase: phase.file });
    } else if (construct instanceof ApiObject) {
      own.push({ manifest: construct.toJson() as Manifest, source: construct.node.path, phase: phase.file });
    }
  }
  return [
    ...upstream.map((object) => ({ object, upstream: true })),
    ...own.sort(byKindAndName).map((object) => ({ object, upstream: false })),
  ];
}

/** Each object once: files of a release repeat some of each other's, and of equal ones the first is kept. */
function declaredOnce(declarations: readonly Declaration[]): PlatformObject[] {
  const first = new Map<string, Declaration>();
  const mistakes: Mistake[] = [];
  for (const declaration of declarations) {
    const { manifest, source } = declaration.object;
    const key = objectKey(manifest);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, declaration);
    else if (!earlier.upstream || !declaration.upstream) {
      mistakes.push({
        where: source,
        message: `${describeObject(manifest)} is declared already by ${earlier.object.source}: give it another name or namespace, or remove one of the two`,
      });
    } else if (!isDeepStrictEqual(manifest, earlier.object.manifest)) {
      mistakes.push({
        where: source,
        message: `${describeObject(manifest)} differs from the one of ${earlier.object.source}: take both files from one release, or remove one of the two by an overlay`,
      });
    }
  }
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return [...first.values()].map(({ object }) => object);
}

/** Kinds that others need come first, so that fewer objects are refused when a file is applied to an empty cluster. */
const KINDS_FIRST = [
  'Namespace',
  'CustomResourceDefinition',
  'ServiceAccount',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'ConfigMap',
  'Secret',
  'Service',
];

const rank = (kind: string): number => {
  const index = KINDS_FIRST.indexOf(kind);
  return index < 0 ? KINDS_FIRST.length : index;
};

/** One order whatever the order of declaration, so that moving code never moves YAML. Code units, no locale. */
function byKindAndName({ manifest: a }: PlatformObject, { manifest: b }: PlatformObject): number {
  return rank(a.kind) - rank(b.kind) || compare(sortKey(a), sortKey(b));
}

const sortKey = ({ kind, metadata }: Manifest): string =>
  [kind, metadata.namespace ?? '', metadata.name ?? ''].join('\0');
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
