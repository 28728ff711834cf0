import type { Manifest } from '../objects/manifest';
import { IMAGE_PATH } from './areas';
import type { ObjectChange } from './object-changes';
import type { Tree } from './object-diff';
import { treeOf } from './object-diff';
import { pathText } from './path';

/** An image that comes, goes, or gives way to another one, and where. */
export interface ImageChange {
  readonly from: string | undefined;
  readonly to: string | undefined;

  /** The objects that name it. */
  readonly objects: readonly string[];
}

/** The images that changes are about, those that change in the same way together. */
export function imageChanges(changes: readonly ObjectChange[]): ImageChange[] {
  const found = new Map<string, Omit<ImageChange, 'objects'> & { readonly objects: Set<string> }>();
  for (const { object, from, to } of changes) {
    const [before, after] = [imagesOf(from), imagesOf(to)];
    for (const path of new Set([...before.keys(), ...after.keys()])) {
      const [old, now] = [before.get(path), after.get(path)];
      if (old === now) continue;
      const key = JSON.stringify([old, now]);
      const { objects } = found.get(key) ?? { objects: new Set<string>() };
      found.set(key, { from: old, to: now, objects: objects.add(object) });
    }
  }
  return [...found.values()].map(({ objects, ...change }) => ({ ...change, objects: [...objects] }));
}

/** The images of an object, by the text of their path. */
function imagesOf(manifest: Manifest | undefined): Map<string, string> {
  const images = new Map<string, string>();
  const visit = ({ value, children }: Tree, path: readonly string[]): void => {
    if (typeof value === 'string' && IMAGE_PATH.test(pathText(path))) images.set(pathText(path), value);
    for (const [step, child] of children) visit(child, [...path, step]);
  };
  if (manifest !== undefined) visit(treeOf(manifest), []);
  return images;
}

/** `app: 1.0 → 1.1`: what both have in common once, and digests and paths shortened. */
export function imageChangeText({ from, to }: Pick<ImageChange, 'from' | 'to'>): string {
  if (from === undefined) return `${shortImage(to ?? '')}: new`;
  if (to === undefined) return `${shortImage(from)}: gone`;
  const [before, after] = [parts(from), parts(to)];
  if (before.repository !== after.repository) return `${shortDigest(from)} → ${shortDigest(to)}`;
  return `${shortRepository(before.repository)}: ${shortDigest(before.version) || 'no tag'} → ${shortDigest(after.version) || 'no tag'}`;
}

/** `registry.example.com/app:1.0 → registry.example.com/app:1.1`: both as they stand. */
export function wholeImageChangeText({ from, to }: Pick<ImageChange, 'from' | 'to'>): string {
  if (from === undefined) return `${to ?? ''}: new`;
  return to === undefined ? `${from}: gone` : `${from} → ${to}`;
}

const SHORT_DIGEST = 12;
const SHORT_PATH = 3;

const shortImage = (image: string): string => {
  const { repository, version } = parts(image);
  return `${shortRepository(repository)}${/^[@]|^$/.test(version) ? '' : ':'}${shortDigest(version)}`;
};

/** The end of a repository's path, which tells one from the other. */
const shortRepository = (repository: string): string => {
  const segments = repository.split('/');
  return segments.length > SHORT_PATH ? `…/${segments.slice(-SHORT_PATH).join('/')}` : repository;
};

const shortDigest = (image: string): string =>
  image.replace(/@(\w+:)([0-9a-f]+)$/, (whole, algorithm: string, digest: string) =>
    digest.length > SHORT_DIGEST ? `@${algorithm}${digest.slice(0, SHORT_DIGEST)}…` : whole,
  );

/** The repository of an image, and its tag and digest. */
function parts(image: string): { repository: string; version: string } {
  const [, repository = image, version = ''] = /^(.*?)((?::[\w.-]+)?(?:@[\w:]+)?)$/.exec(image) ?? [];
  return { repository, version: version.replace(/^:/, '') };
}
