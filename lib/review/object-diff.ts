import type { WithinSecret } from '../objects/confidential';
import { isConfidential, readable, secretAround } from '../objects/confidential';
import type { Json, Manifest } from '../objects/manifest';
import { MASK } from '../syntax/url-credentials';
import { listItems } from './list-items';
import type { Path } from './path';
import { canonicalJson, keyStep, pathText } from './path';

/** A difference between two objects, at one path. */
export interface Difference {
  readonly path: Path;
  readonly kind: 'added' | 'removed' | 'changed';

  /** What the first object has there; `undefined` where it has nothing. */
  readonly from: Json | undefined;

  /** What the second object has there; `undefined` where it has nothing. */
  readonly to: Json | undefined;

  /** Whether it is in something that nobody is to read: what a Secret holds, a private key, the password in a URL. */
  readonly masked: boolean;
}

/** A value and what is within it, lists by what tells their items apart. */
export interface Tree {
  readonly value: Json;
  readonly shape: 'scalar' | 'mapping' | 'list';
  readonly children: ReadonlyMap<string, Tree>;

  /** Whether the order of the children means something though they have names. */
  readonly ordered: boolean;

  /** Where it stands within a Secret; `undefined` where it stands in none. What a Secret holds is compared, and not looked into. */
  readonly within: WithinSecret;
}

/** A manifest as a tree. */
export function treeOf(manifest: Manifest): Tree {
  return valueTree(manifest as unknown as Json, manifest.kind, '');
}

/**
 * A value as a tree.
 *
 * @param kind the kind of the object that it is of
 * @param field the field that it is the value of
 * @param outer where it stands within a Secret
 */
export function valueTree(value: Json, kind: string, field: string, outer?: WithinSecret): Tree {
  const within = secretAround(value, outer);
  if (value === null || typeof value !== 'object' || isConfidential(value, within))
    return { value, shape: 'scalar', children: new Map(), ordered: false, within };
  const step = (key: string): WithinSecret => within && [...within, key];
  if (Array.isArray(value)) {
    const { items, ordered } = listItems(value, kind, field);
    const children = new Map(items.map(([name, item]) => [name, valueTree(item, kind, '', step(name))]));
    return { value, shape: 'list', children, ordered, within };
  }
  const given = Object.entries(value as Record<string, Json | undefined>);
  const children = new Map(
    given.flatMap(([key, item]) =>
      item === undefined ? [] : [[keyStep(key), valueTree(item, kind, key, step(key))] as const],
    ),
  );
  return { value, shape: 'mapping', children, ordered: false, within };
}

/** What stands at a path. */
export function treeAt(tree: Tree | undefined, path: Path): Tree | undefined {
  return path.reduce<Tree | undefined>((within, step) => within?.children.get(step), tree);
}

/** Whether two trees are the same. */
export function sameTree(a: Tree | undefined, b: Tree | undefined): boolean {
  return differingPlaces(a, b, []).length === 0;
}

/** The step of a difference in the order of items that have names. */
export const ORDER = '[order]';

/**
 * The differences between two trees. What one of them lacks as a whole is one difference, not one for each value within, but for labels,
 * annotations and the data of a ConfigMap, whose keys are looked at one by one.
 *
 * @param except paths that are not looked at, as texts
 */
export function differences(from: Tree | undefined, to: Tree | undefined, except: readonly Path[] = []): Difference[] {
  return differingPlaces(from, to, except).map(({ path, from: before, to: after }) =>
    differenceAt(path, before, after),
  );
}

/** The difference between two trees that are not the same, as everybody may read it. */
export function differenceAt(path: Path, from: Tree | undefined, to: Tree | undefined): Difference {
  const kind = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
  const [before, after] = [from && readable(from.value, from.within), to && readable(to.value, to.within)];
  const masked = before === MASK || after === MASK || (kind === 'changed' && sameJson(before, after));
  if (!masked) return { path, kind, from: before, to: after, masked };
  return { path, kind, from: from && MASK, to: to && MASK, masked };
}

const sameJson = (a: Json | undefined, b: Json | undefined): boolean =>
  a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b);

/** Values of which neither is looked into. */
const sameScalar = (a: Json, b: Json): boolean => a === b || (typeof a === 'object' && sameJson(a, b));

/** A place where two trees differ. */
interface DifferingPlace {
  readonly path: Path;
  readonly from: Tree | undefined;
  readonly to: Tree | undefined;
}

function differingPlaces(from: Tree | undefined, to: Tree | undefined, except: readonly Path[]): DifferingPlace[] {
  const found: DifferingPlace[] = [];
  compare(from, to, [], new Excepted(except), found);
  return found;
}

function compare(
  from: Tree | undefined,
  to: Tree | undefined,
  path: Path,
  excepted: Excepted,
  found: DifferingPlace[],
): void {
  if ((from === undefined && to === undefined) || excepted.is(path)) return;
  if (!comparedWithin(from, to, path, excepted)) {
    if (from?.shape === 'scalar' && to !== undefined && sameScalar(from.value, to.value)) return;
    found.push({ path, from, to });
    return;
  }
  for (const step of stepsOf(from, to)) {
    compare(from?.children.get(step), to?.children.get(step), [...path, step], excepted, found);
  }
  if (from?.ordered === true && to?.ordered === true) {
    const [before, after] = [inOrder(from, to), inOrder(to, from)];
    if (before.join('\0') !== after.join('\0')) {
      const order = (value: string[]): Tree => valueTree(value, '', '');
      found.push({ path: [...path, ORDER], from: order(before), to: order(after) });
    }
  }
}

/**
 * Whether two trees are compared child by child: also where one is missing and something below it is not looked at, or each key says something
 * of its own.
 */
function comparedWithin(from: Tree | undefined, to: Tree | undefined, path: Path, excepted: Excepted): boolean {
  if (from !== undefined && to !== undefined) return from.shape === to.shape && from.shape !== 'scalar';
  if (isMapOfKeys(path)) return (from ?? to)?.shape === 'mapping';
  return stepsOf(from, to).length > 0 && excepted.within(path);
}

/** The mappings that are the same whether they are empty or not there, and what they stand in: labels, annotations, and the data of a ConfigMap. */
function isMapOfKeys(path: Path): boolean {
  if (path.length === 1) return path[0] === 'data' || path[0] === 'binaryData';
  const [last, above] = [path.at(-1), path.at(-2)];
  return last === 'metadata' || (above === 'metadata' && (last === 'labels' || last === 'annotations'));
}

/** The steps below either of two trees, the first one's first. */
export function stepsOf(from: Tree | undefined, to: Tree | undefined): string[] {
  return [...new Set([...(from?.children.keys() ?? []), ...(to?.children.keys() ?? [])])];
}

const inOrder = (tree: Tree, other: Tree): string[] =>
  [...tree.children.keys()].filter((step) => other.children.has(step));

/** Paths that are not looked at. */
class Excepted {
  private readonly paths: ReadonlySet<string>;
  private readonly above: ReadonlySet<string>;

  constructor(paths: readonly Path[]) {
    this.paths = new Set(paths.map(pathText));
    this.above = new Set(paths.flatMap((path) => path.map((_, length) => pathText(path.slice(0, length)))));
  }

  is(path: Path): boolean {
    return this.paths.has(pathText(path));
  }

  /** Whether one of them is below a path. */
  within(path: Path): boolean {
    return this.above.has(pathText(path));
  }
}

/** `replicas: 1 → 3`, values shortened. */
export function differenceText({ path, kind, from, to }: Difference): string {
  const where = pathText(path) || 'the object';
  if (kind !== 'changed') {
    const value = kind === 'added' ? to : from;
    return isSaidByPath(path, value) ? `${where}: ${kind}` : `${where}: ${kind} ${shortened(value)}`;
  }
  const start = commonStart(from, to);
  return `${where}: ${shortened(from, start)} → ${shortened(to, start)}`;
}

/** A right or a request is all in its step. */
const isSaidByPath = (path: Path, value: Json | undefined): boolean =>
  value === true && path.at(-1)?.startsWith('[') === true;

const LONGEST = 60;
const BEFORE = 12;

/** A value in one short line; a long text from shortly before `start` on. */
export function shortened(value: Json | undefined, start = 0): string {
  const text = value === undefined ? 'nothing' : canonicalJson(value);
  const skipped = text.length > LONGEST && start > BEFORE ? start - BEFORE : 0;
  const shown = `${skipped > 0 ? '…' : ''}${text.slice(skipped)}`;
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST - 1)}…` : shown;
}

/** How many characters two values have in common at their start. */
function commonStart(a: Json | undefined, b: Json | undefined): number {
  if (a === undefined || b === undefined) return 0;
  const [first, second] = [canonicalJson(a), canonicalJson(b)];
  let length = 0;
  while (length < first.length && first[length] === second[length]) length += 1;
  return length;
}
