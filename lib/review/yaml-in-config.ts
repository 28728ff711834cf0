import type { JsonObject } from '../objects/json';
import { isMapping } from '../objects/json';
import type { Json, Manifest } from '../objects/manifest';
import { readYamlValue } from '../yaml/stream';

/** A ConfigMap in which keys whose text is YAML of several keys are mappings, so that they are looked at key by key. */
export function withYamlRead(manifest: Manifest): Manifest {
  const data = dataOf(manifest);
  if (data === undefined) return manifest;
  const read = Object.entries(data).map(([key, text]) => [key, mappingOf(text) ?? text] as const);
  return { ...manifest, data: Object.fromEntries(read) };
}

/** The keys of a ConfigMap whose texts are not the same though all that they say is: comments, order or layout. */
export function rewordedKeys(from: Manifest, to: Manifest, saysTheSame: (a: Json, b: Json) => boolean): string[] {
  const [before, after] = [dataOf(from) ?? {}, dataOf(to) ?? {}];
  return Object.keys(before).filter((key) => {
    if (before[key] === after[key]) return false;
    const [a, b] = [mappingOf(before[key]), mappingOf(after[key])];
    return a !== undefined && b !== undefined && saysTheSame(a, b);
  });
}

function dataOf({ kind, data }: Manifest): JsonObject | undefined {
  return kind === 'ConfigMap' && isMapping(data) ? data : undefined;
}

function mappingOf(text: Json | undefined): Json | undefined {
  if (typeof text !== 'string' || !text.includes('\n')) return undefined;
  const read = readYamlValue(text);
  return isMapping(read) ? read : undefined;
}
