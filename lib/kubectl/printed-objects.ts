import { at, list } from '../objects/json';
import type { Manifest } from '../objects/manifest';
import { readManifest } from '../objects/read-manifest';
import { printedJson } from './printed-json';

/**
 * The objects that kubectl has printed as JSON: one as it is, several as a list, none as nothing.
 *
 * @throws Error if something else is among them, as an API server that aggregates others may give
 */
export function printedObjects(printed: string): Manifest[] {
  if (printed.trim() === '') return [];
  const found = printedJson(printed);
  const items = at(found, 'items');
  return (items === undefined && at(found, 'kind') !== 'List' ? [found] : list(items)).map((item) => {
    const read = readManifest(item);
    if ('manifest' in read) return read.manifest;
    throw new Error(`what the cluster has ${read.problem}`);
  });
}
