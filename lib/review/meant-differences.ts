import type { Json } from '../objects/manifest';
import type { MeantDifference } from '../releases/meant-difference';
import { ANYTHING, NOTHING } from '../releases/meant-difference';
import type { Difference, Tree } from './object-diff';
import { differenceAt, sameTree, stepsOf, treeAt, valueTree } from './object-diff';
import type { Path } from './path';
import { glob, parsePath } from './path';

/** A place where two objects differ as it is meant. */
export interface MeantPlace extends Difference {
  readonly reason: string;
}

/** An entry, or a part of it, that does not show in any object. */
export interface StaleEntry {
  readonly objects: string;
  readonly path: string;
  readonly reason: string;
}

/** The meant differences of a component, applied object by object. In the end it tells which of them were of no use. */
export class MeantDifferences {
  private readonly entries: readonly Entry[];

  constructor(meant: readonly MeantDifference[]) {
    this.entries = meant.map((entry) => new Entry(entry));
  }

  /** The places where the embedded object differs from the real one as it is meant. */
  places(object: string, kind: string, real: Tree | undefined, embedded: Tree | undefined): MeantPlace[] {
    return this.entries.flatMap((entry) => entry.places(object, kind, real, embedded));
  }

  /** The entries that showed nowhere so far; of one with several objects or paths, those of them that did not. */
  stale(): StaleEntry[] {
    return this.entries.flatMap((entry) => entry.stale());
  }
}

class Entry {
  private readonly objects: readonly (Pattern & { readonly matches: (object: string) => boolean })[];
  private readonly paths: readonly (Pattern & { readonly steps: Path })[];

  constructor(private readonly meant: MeantDifference) {
    this.objects = [meant.objects].flat().map((text) => ({ text, matches: glob(text), shown: false }));
    this.paths = [meant.path].flat().map((text) => ({ text, steps: parsePath(text), shown: false }));
  }

  places(object: string, kind: string, real: Tree | undefined, embedded: Tree | undefined): MeantPlace[] {
    const selectors = this.objects.filter(({ matches }) => matches(object));
    if (selectors.length === 0) return [];
    const places: MeantPlace[] = [];
    const whole = real === undefined || embedded === undefined;
    for (const path of this.paths) {
      if (whole !== (path.steps.length === 0)) continue;
      const found = this.placesAt(path.steps, kind, real, embedded);
      if (found.length === 0) continue;
      path.shown = true;
      for (const selector of selectors) selector.shown = true;
      places.push(...found);
    }
    return places;
  }

  private placesAt(pattern: Path, kind: string, real: Tree | undefined, embedded: Tree | undefined): MeantPlace[] {
    return concretePaths(pattern, real, embedded).flatMap((path) => {
      const [from, to] = [treeAt(real, path), treeAt(embedded, path)];
      if (sameTree(from, to) || !this.isMeant(from, to, kind, path)) return [];
      return [{ ...differenceAt(path, from, to), reason: this.meant.reason }];
    });
  }

  private isMeant(real: Tree | undefined, embedded: Tree | undefined, kind: string, path: Path): boolean {
    const { becomes } = this.meant;
    if (becomes === NOTHING) return embedded === undefined;
    if (becomes === ANYTHING) return embedded !== undefined;
    const expected = typeof becomes === 'function' ? madeOf(real?.value, becomes) : becomes;
    if (expected === undefined) return false;
    return sameTree(valueTree(expected, kind, path.at(-1) ?? ''), embedded);
  }

  stale(): StaleEntry[] {
    const { reason } = this.meant;
    const [objects, path] = [listed(this.objects), listed(this.paths)];
    if (this.objects.every(({ shown }) => !shown)) return [{ objects, path, reason }];
    return [
      ...this.objects.filter(({ shown }) => !shown).map(({ text }) => ({ objects: text, path, reason })),
      ...this.paths.filter(({ shown }) => !shown).map(({ text }) => ({ objects, path: text, reason })),
    ];
  }
}

/** What a function makes of what a real release has; `undefined` if that is of a shape of which it makes nothing, such as a text that is no YAML. */
function madeOf(real: Json | undefined, becomes: (real: Json | undefined) => Json): Json | undefined {
  try {
    return becomes(real);
  } catch {
    return undefined;
  }
}

interface Pattern {
  readonly text: string;
  shown: boolean;
}

const listed = (patterns: readonly Pattern[]): string => patterns.map(({ text }) => text).join(', ');

/** The paths of either tree that a pattern stands for. */
function concretePaths(pattern: Path, real: Tree | undefined, embedded: Tree | undefined): Path[] {
  const [step, ...rest] = pattern;
  if (step === undefined) return [[]];
  return stepsOf(real, embedded)
    .filter(glob(step))
    .flatMap((found) =>
      concretePaths(rest, real?.children.get(found), embedded?.children.get(found)).map((path) => [found, ...path]),
    );
}
