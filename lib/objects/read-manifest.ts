import { quote } from '../syntax/quote';
import { at } from './json';
import type { Manifest } from './manifest';
import { isCiphertext } from './sops';

/** The deepest that values stand within one another. What Kubernetes' own kinds take, and CRDs with schemas, is far from it. */
export const DEEPEST = 500;

/** Fields that are texts where they are there, and by which an object is told from others. */
const TEXTS: readonly (readonly string[])[] = [
  ['apiVersion'],
  ['kind'],
  ['metadata', 'name'],
  ['metadata', 'generateName'],
  ['metadata', 'namespace'],
];

const ENCRYPTED =
  "is encrypted by SOPS as a whole, so that nobody can tell what it is: encrypt values alone, with --encrypted-regex '^(data|stringData)$'";

/**
 * A value as a Kubernetes object: one that says what it is and has a name. Of all else in it nothing is known.
 *
 * @returns what keeps it from being one, in a clause, if anything does
 */
export function readManifest(value: unknown): { readonly manifest: Manifest } | { readonly problem: string } {
  const is = 'is no Kubernetes object';
  for (const path of TEXTS) {
    const found = at(value, ...path) ?? '';
    if (isCiphertext(found)) return { problem: ENCRYPTED };
    if (typeof found === 'string') continue;
    const what = Array.isArray(found) ? 'a list' : typeof found === 'object' ? 'a mapping' : quote(found);
    const fix = typeof found === 'object' ? 'write a text' : `write ${quote(String(found))}`;
    return { problem: `${is}: ${path.join('.')} is ${what}, which is no text: ${fix}` };
  }
  const has = (...path: string[]): boolean => (at(value, ...path) ?? '') !== '';
  if (!has('apiVersion') || !has('kind') || !(has('metadata', 'name') || has('metadata', 'generateName')))
    return { problem: `${is}: it needs apiVersion, kind and metadata.name` };
  if (isDeeper(value, DEEPEST)) return { problem: `is nested more than ${DEEPEST} deep: flatten it` };
  return { manifest: withoutEmptyNames(value as Manifest) };
}

/** To the API server a field that is null is one that is not there. */
function withoutEmptyNames(manifest: Manifest): Manifest {
  const { metadata } = manifest;
  const given = Object.entries(metadata);
  const kept = given.filter(([key, value]) => value !== null || !NAMES.includes(key));
  return kept.length === given.length ? manifest : { ...manifest, metadata: Object.fromEntries(kept) };
}

const NAMES: readonly string[] = ['name', 'generateName', 'namespace'];

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  for (const item of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) {
    if (isDeeper(item, depth - 1)) return true;
  }
  return false;
}
