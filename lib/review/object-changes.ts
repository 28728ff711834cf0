import { at } from '../objects/json';
import type { Json, Manifest } from '../objects/manifest';
import { describeObject, objectKey } from '../objects/manifest';
import { without } from '../objects/without';
import type { Area } from './areas';
import { areaOf } from './areas';
import { withPlainSecrets } from './plain-secrets';
import type { Difference } from './object-diff';
import { differenceAt, differences, sameTree, treeOf, valueTree } from './object-diff';
import { canonicalJson, keyStep, pathText } from './path';
import { podTemplateOf } from './pod-changes';
import { rewordedKeys, withYamlRead } from './yaml-in-config';

/** An object and the file that it stands in. */
export interface ReviewedObject {
  readonly manifest: Manifest;

  /** @default - it comes from no file: moves between files are not looked for */
  readonly file?: string;
}

/** A difference, with what it is about. */
export interface AreaDifference extends Difference {
  readonly area: Area;
}

/** An object that is not the same on both sides. */
export interface ObjectChange {
  /** `Kind name` or `Kind namespace/name`. */
  readonly object: string;
  readonly kind: 'added' | 'removed' | 'changed';

  /** The object as it was; `undefined` for one that is added. */
  readonly from: Manifest | undefined;

  /** The object as it is; `undefined` for one that is removed. */
  readonly to: Manifest | undefined;

  /** What differs. An object that is added or removed has one difference, at the empty path. */
  readonly differences: readonly AreaDifference[];
}

/** An object under another name, or in another file. */
export interface Relocation {
  readonly object: string;
  readonly from: string;
  readonly to: string;
}

export interface ObjectChanges {
  readonly changes: readonly ObjectChange[];

  /** Objects that have another name or namespace and the same content. */
  readonly renamed: readonly Relocation[];

  /** Objects that are in another file. */
  readonly moved: readonly Relocation[];

  /** Objects whose pod template says the same in another order. */
  readonly reordered: readonly string[];
}

/** What differs between two sets of objects, each of them found by its API group, kind, namespace and name. */
export function objectChanges(from: readonly ReviewedObject[], to: readonly ReviewedObject[]): ObjectChanges {
  const [before, after] = [byKey(from), byKey(to)];
  const renamed = renames(
    from.filter(({ manifest }) => !after.has(objectKey(manifest))),
    to.filter(({ manifest }) => !before.has(objectKey(manifest))),
  );
  const known = new Set(renamed.flatMap((rename) => [rename.before, rename.after]));
  const changes: ObjectChange[] = [];
  const moved: Relocation[] = [];
  const reordered: string[] = [];
  for (const key of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old, now] = [before.get(key), after.get(key)];
    const any = now ?? old;
    if (any === undefined || known.has(key)) continue;
    const object = describeObject(any.manifest);
    // One and the same where the file of the base was not read.
    const same = old?.manifest === now?.manifest;
    const found = same ? [] : differencesOf(old?.manifest, now?.manifest);
    if (found.length > 0) {
      const kind = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
      changes.push({ object, kind, from: old?.manifest, to: now?.manifest, differences: found });
    } else if (!same && old !== undefined && now !== undefined && isReordered(old.manifest, now.manifest)) {
      reordered.push(object);
    }
    if (old?.file !== undefined && now?.file !== undefined && old.file !== now.file)
      moved.push({ object, from: old.file, to: now.file });
  }
  return { changes, renamed: renamed.map((rename) => without(rename, 'before', 'after')), moved, reordered };
}

const byKey = (objects: readonly ReviewedObject[]): Map<string, ReviewedObject> =>
  new Map(objects.map((object) => [objectKey(object.manifest), object]));

function differencesOf(from: Manifest | undefined, to: Manifest | undefined): AreaDifference[] {
  const manifest = to ?? from;
  if (manifest === undefined) return [];
  const compared = (one: Manifest) => treeOf(withYamlRead(withPlainSecrets(one)));
  return [...differences(from && compared(from), to && compared(to)), ...reworded(from, to)].map((difference) => ({
    ...difference,
    area: areaOf(manifest, pathText(difference.path)),
  }));
}

/** Texts of a ConfigMap that say the same in other words. */
function reworded(from: Manifest | undefined, to: Manifest | undefined): Difference[] {
  if (from === undefined || to === undefined) return [];
  const same = (a: Json, b: Json): boolean => sameTree(valueTree(a, 'ConfigMap', ''), valueTree(b, 'ConfigMap', ''));
  const text = ({ data }: Manifest, key: string) => valueTree(at(data, key) ?? null, 'ConfigMap', '');
  return rewordedKeys(from, to, same).map((key) =>
    differenceAt(['data', keyStep(key), COMMENTS], text(from, key), text(to, key)),
  );
}

/** The step of a difference in the comments and layout of a text alone. */
export const COMMENTS = '[comments]';

/** A pod template whose lists are in another order is another one to Kubernetes, which then makes new pods. */
function isReordered(from: Manifest, to: Manifest): boolean {
  const [before, after] = [podTemplateOf(from), podTemplateOf(to)];
  return before !== undefined && after !== undefined && canonicalJson(before) !== canonicalJson(after);
}

interface Rename extends Relocation {
  /** The keys of the object. */
  readonly before: string;
  readonly after: string;
}

/** Objects of a kind that are equal but for their name and namespace. Those without content of their own are never taken for one another. */
function renames(removed: readonly ReviewedObject[], added: readonly ReviewedObject[]): Rename[] {
  const candidates = new Map<string, ReviewedObject[]>();
  for (const object of added) {
    const content = contentOf(object.manifest);
    if (content !== undefined) candidates.set(content, [...(candidates.get(content) ?? []), object]);
  }
  return removed.flatMap(({ manifest }) => {
    const match = candidates.get(contentOf(manifest) ?? '')?.shift()?.manifest;
    if (match === undefined) return [];
    return [
      {
        object: describeObject(match),
        from: describeObject(manifest),
        to: describeObject(match),
        before: objectKey(manifest),
        after: objectKey(match),
      },
    ];
  });
}

function contentOf(manifest: Manifest): string | undefined {
  const { metadata, ...content } = withPlainSecrets(manifest);
  if (Object.keys(content).every((field) => field === 'apiVersion' || field === 'kind')) return undefined;
  const rest = without(metadata, 'name', 'generateName', 'namespace');
  return treeText(treeOf({ ...content, metadata: rest }));
}

/** A text that two trees have in common when they are the same. */
function treeText({ value, shape, children, ordered }: ReturnType<typeof treeOf>): string {
  if (shape === 'scalar') return canonicalJson(value);
  const texts = [...children].map(([step, child]) => `${step}=${treeText(child)}`);
  return `${shape}(${(ordered ? texts : texts.sort()).join()})`;
}
