import type { PlatformObject } from '../objects/manifest';
import { describeObject, objectKey } from '../objects/manifest';
import { withAggregatedRules } from './aggregated-roles';
import type { MeantDifference } from '../releases/meant-difference';
import type { MeantPlace, StaleEntry } from './meant-differences';
import { MeantDifferences } from './meant-differences';
import type { Difference } from './object-diff';
import { differences, treeOf } from './object-diff';
import type { ReleaseObject } from './release-objects';

/**
 * How an embedded object compares with the real one: `equal`, `meant` when it differs only where that is meant, `differs`;
 * `missing` when only the real release has it, `extra` when only the embedded one has.
 */
export type Result = 'equal' | 'meant' | 'differs' | 'missing' | 'extra';

/** One object of an embedded release beside that of the real one. */
export interface ObjectParity {
  /** `Kind name` or `Kind namespace/name`. */
  readonly object: string;
  readonly result: Result;

  /** `file:line` in the real release; `undefined` where it has none. */
  readonly real: string | undefined;

  /** The path of the construct; `undefined` where there is none. */
  readonly embedded: string | undefined;

  /** Where the two differ though nothing says that it is meant. */
  readonly differences: readonly Difference[];

  /** Where the two differ as it is meant. */
  readonly meant: readonly MeantPlace[];
}

/** How an embedded release compares with the real one. */
export interface Parity {
  readonly objects: readonly ObjectParity[];

  /** Meant differences that are not there any more. */
  readonly stale: readonly StaleEntry[];
}

/** Compares the objects of an embedded release with those of the real one. */
export function parity(
  embedded: readonly PlatformObject[],
  real: readonly ReleaseObject[],
  meant: readonly MeantDifference[],
): Parity {
  const meantDifferences = new MeantDifferences(meant);
  const objects = pairs(aggregated(embedded), aggregated(real))
    .map(([own, theirs]) => objectParity(own, theirs, meantDifferences))
    .sort((a, b) => (a.object < b.object ? -1 : a.object > b.object ? 1 : 0));
  return { objects, stale: meantDifferences.stale() };
}

/** Whether nothing is to be done: each object is equal, or differs as it is meant, and each meant difference is there. */
export function isParity({ objects, stale }: Parity): boolean {
  return stale.length === 0 && objects.every(({ result }) => result === 'equal' || result === 'meant');
}

function aggregated<Object extends PlatformObject | ReleaseObject>(objects: readonly Object[]): Object[] {
  const manifests = withAggregatedRules(objects.map(({ manifest }) => manifest));
  return objects.map((object, index) => ({ ...object, manifest: manifests[index] ?? object.manifest }));
}

type Pair =
  | readonly [own: PlatformObject, theirs: ReleaseObject]
  | readonly [PlatformObject, undefined]
  | readonly [undefined, ReleaseObject];

/** Each object beside its like. One that the API server would name is the object of its kind whose name starts so. */
function pairs(embedded: readonly PlatformObject[], real: readonly ReleaseObject[]): Pair[] {
  const own = new Map(embedded.map((object) => [objectKey(object.manifest), object]));
  const likeOf = ({ manifest }: ReleaseObject): PlatformObject | undefined => {
    const key = objectKey(manifest);
    if (manifest.metadata.name !== undefined || own.has(key)) return own.get(key);
    return [...own].find(([other]) => other.startsWith(key.slice(0, -1)))?.[1];
  };
  const found: Pair[] = [];
  for (const theirs of real) {
    const like = likeOf(theirs);
    if (like !== undefined) own.delete(objectKey(like.manifest));
    found.push(like === undefined ? [undefined, theirs] : [like, theirs]);
  }
  return [...found, ...[...own.values()].map((extra) => [extra, undefined] as const)];
}

function objectParity(
  own: PlatformObject | undefined,
  theirs: ReleaseObject | undefined,
  meantDifferences: MeantDifferences,
): ObjectParity {
  const [embedded, real] = [own && treeOf(own.manifest), theirs && treeOf(theirs.manifest)];
  const manifest = (own ?? theirs)?.manifest;
  const object = manifest === undefined ? '' : describeObject(manifest);
  const meant = meantDifferences.places(object, manifest?.kind ?? '', real, embedded);
  const rest = differences(
    real,
    embedded,
    meant.map(({ path }) => path),
  );
  return {
    object,
    result: resultOf(own, theirs, meant.length, rest.length),
    real: theirs?.source,
    embedded: own?.source,
    differences: own === undefined || theirs === undefined ? [] : rest,
    meant,
  };
}

function resultOf(own: unknown, theirs: unknown, meant: number, differing: number): Result {
  if (differing === 0) return meant === 0 ? 'equal' : 'meant';
  return own === undefined ? 'missing' : theirs === undefined ? 'extra' : 'differs';
}
