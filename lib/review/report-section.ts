import { entryOf } from '../objects/entry-of';
import type { Area } from './areas';
import type { Diff } from './diff';
import type { AreaDifference, ObjectChange } from './object-changes';
import { COMMENTS } from './object-changes';
import { differenceText } from './object-diff';
import { pathText } from './path';

/** A part of a report: what changed in an area, or what is no change but good to know. */
export interface ReportSection {
  readonly title: string;

  /** In one line; empty where there is nothing. */
  readonly summary: string;

  /** Rows of cells, the first column first. */
  readonly rows: readonly (readonly string[])[];
}

/** In front of what deserves a second look. */
export const STRIKING = '‼';

/** What a section holds. */
export type Content = Omit<ReportSection, 'title'>;
/** What makes the section of an area. */
export type SectionOf = (diff: Diff, area: Area, verbose: boolean) => Content;

/** Of more objects than that, not all are named. */
const NAMED = 3;

/** Some objects by their names, of many the first ones. */
export function objectsText(objects: readonly string[]): string {
  const more = objects.length - NAMED;
  return more > 1 ? `${objects.slice(0, NAMED).join(', ')} and ${more} more` : objects.join(', ');
}

/** What has the same key together, in the order in which the keys come. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) entryOf(groups, keyOf(item), (): Item[] => []).push(item);
  return [...groups.values()];
}

/** All differences of an area, one by one. */
export function listed(diff: Diff, area: Area): Content {
  const objects = about(diff, area);
  const rows = objects.flatMap(({ object, differences }) =>
    differences.map((difference) => [object, textOf(difference)]),
  );
  const what = area === 'configuration' ? 'key' : 'change';
  return {
    summary: rows.length === 0 ? '' : `${plural(rows.length, what)} in ${plural(objects.length, 'object')}`,
    rows,
  };
}

/** The changes that have differences in an area, with those alone. */
export function about({ changes }: Diff, area: Area): ObjectChange[] {
  return changes
    .map((change) => ({ ...change, differences: change.differences.filter((difference) => difference.area === area) }))
    .filter(({ differences }) => differences.length > 0);
}

/** A difference in one line. */
export function textOf(difference: AreaDifference): string {
  const { path, kind, masked } = difference;
  if (path.length === 0) return kind;
  if (path.at(-1) === COMMENTS) return `${pathText(path.slice(0, -1))}: comments or layout alone`;
  return masked ? `${pathText(path)}: ${kind}, not shown` : differenceText(difference);
}

export const plural = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
