import { isDeepStrictEqual } from 'node:util';
import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { quote } from '../syntax/quote';
import type { Manifest, PlatformObject } from './manifest';
import { describeObject, objectKey } from './manifest';
import { writableManifestOf } from './manifest-of';
import type { Mistake } from './mistakes';
import { Mistakes, mistakesAmong } from './mistakes';
import { assumedNamespaces, namespaceMistakes } from './namespaced';
import { Phase } from './phase';
import { privateKeyMistakes } from './private-key';
import { UpstreamDocument } from './upstream-document';

/**
 * The objects that a platform declares, phase by phase. What a release's own files repeat is there once.
 *
 * @throws Mistakes of every construct, for every object that is in no phase of the app, cannot be written, is declared twice, is in no
 * namespace of the platform or holds a private key: all together
 */
export function collectObjects(root: IConstruct): PlatformObject[] {
  const { constructs, phases } = constructsOf(root);
  const mistakes = [...mistakesAmong(constructs), ...outsideOfPhases(root.node.root)];
  const declarations = [...phases]
    .sort(([a], [b]) => (a.file < b.file ? -1 : 1))
    .flatMap(([phase, within]) => declarationsOf(phase, within, mistakes));
  const objects = declaredOnce(declarations, mistakes);
  const unsaid = mistakes.length === 0 ? objects : objects.filter((object) => !isSaid(object, mistakes));
  mistakes.push(...namespaceMistakes(unsaid, objects, assumedNamespaces(constructs)), ...privateKeyMistakes(unsaid));
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return objects;
}

/** All constructs of a tree, each before those within it, and those of each phase. */
function constructsOf(root: IConstruct): { constructs: IConstruct[]; phases: Map<Phase, IConstruct[]> } {
  const constructs: IConstruct[] = [];
  const phases = new Map<Phase, IConstruct[]>();
  const visit = (construct: IConstruct, around: IConstruct[]): void => {
    const within = Phase.isPhase(construct) ? [] : around;
    if (Phase.isPhase(construct)) phases.set(construct, within);
    constructs.push(construct);
    within.push(construct);
    for (const child of construct.node.children) visit(child, within);
  };
  visit(root, []);
  return { constructs, phases };
}

function outsideOfPhases(construct: IConstruct): Mistake[] {
  if (Phase.isPhase(construct)) return [];
  const within = construct.node.children.flatMap(outsideOfPhases);
  if (!(construct instanceof ApiObject)) return within;
  return [
    {
      where: construct.node.path,
      message: `${construct.kind} ${construct.name} is in no phase, so it would not be written: declare it within one, for example platform.services`,
    },
    ...within,
  ];
}

/** Whether its own construct has said what is wrong with an object: a Knative Service of its namespace, a vendored release of its documents. */
function isSaid({ manifest, source }: PlatformObject, mistakes: readonly Mistake[]): boolean {
  const undeclared = `${quote(manifest.metadata.namespace)} is not declared by the platform`;
  return mistakes.some(({ message }) => message.startsWith(`${source}: `) || message.includes(undeclared));
}

/** An object, and whether it is a vendored document. */
interface Declaration {
  readonly object: PlatformObject;
  readonly upstream: boolean;
}

/** The objects of a phase. One that cannot be written is added to the mistakes instead. */
function declarationsOf(phase: Phase, constructs: readonly IConstruct[], mistakes: Mistake[]): Declaration[] {
  const upstream: PlatformObject[] = [];
  const own: PlatformObject[] = [];
  for (const construct of constructs) {
    if (UpstreamDocument.isUpstreamDocument(construct)) {
      const object = changed(construct, mistakes);
      if (object !== undefined) upstream.push({ ...object, phase: phase.file });
    } else if (construct instanceof ApiObject) {
      try {
        const manifest = writableManifestOf(construct);
        const problem = nameProblem(manifest);
        if (problem === undefined) own.push({ manifest, source: construct.node.path, phase: phase.file });
        else mistakes.push({ where: construct.node.path, message: problem });
      } catch (error) {
        mistakes.push({ where: construct.node.path, message: unwritable(construct, error) });
      }
    }
  }
  return [
    ...upstream.map((object) => ({ object, upstream: true })),
    ...byKindAndName(own).map((object) => ({ object, upstream: false })),
  ];
}

/** A vendored document as it is to be. What stops a change is among the mistakes of its release already. */
function changed(document: UpstreamDocument, mistakes: readonly Mistake[]): UpstreamDocument['object'] {
  try {
    return document.object;
  } catch (error) {
    if (mistakes.length > 0) return undefined;
    throw error;
  }
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const NOT_OF_NAMES = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;

/** What is wrong with what names an object, which stands in lines of messages and of lists. */
function nameProblem({ apiVersion, kind, metadata: { name, generateName, namespace } }: Manifest): string | undefined {
  const names = {
    apiVersion,
    kind,
    'metadata.name': name,
    'metadata.generateName': generateName,
    'metadata.namespace': namespace,
  };
  const bad = Object.entries(names).find(([, text]) => typeof text === 'string' && NOT_OF_NAMES.test(text));
  return bad && `${bad[0]}: ${quote(bad[1])} has a line break or another control character: take it out`;
}

/** cdk8s says first where, which is said anyway, and then what. */
function unwritable({ kind, name }: ApiObject, error: unknown): string {
  const what = (error instanceof Error ? error.message : String(error))
    .replace(/\s+/g, ' ')
    .replace(/^.*?: Error: /, '');
  return `${kind} ${name} cannot be written as YAML: ${what}: use texts, numbers, booleans, lists and plain objects alone`;
}

/** Each object once: files of a release repeat some of each other's, and of equal ones the first is kept. All else is added to the mistakes. */
function declaredOnce(declarations: readonly Declaration[], mistakes: Mistake[]): PlatformObject[] {
  const first = new Map<string, Declaration>();
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

const RANKS = new Map(KINDS_FIRST.map((kind, rank) => [kind, String(rank).padStart(2, '0')]));

/** One order whatever the order of declaration, so that moving code never moves YAML. Code units, no locale. */
function byKindAndName(objects: readonly PlatformObject[]): PlatformObject[] {
  return objects
    .map((object) => ({ object, key: sortKey(object.manifest) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ object }) => object);
}

const sortKey = ({ kind, metadata: { namespace = '', name = '' } }: Manifest): string =>
  `${RANKS.get(kind) ?? '99'}\0${kind}\0${namespace}\0${name}`;
