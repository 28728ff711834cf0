import type { Manifest } from '../objects/manifest';
import { isQueueProxyImage } from '../model/images';
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

  /** Whether it is what Serving puts beside each revision. @default false */
  readonly isQueueProxy?: true;
}

/** The images that changes are about, those that change in the same way together. */
export function imageChanges(changes: readonly ObjectChange[]): ImageChange[] {
  const found = new Map<string, Omit<ImageChange, 'objects'> & { readonly objects: Set<string> }>();
  for (const { object, from, to } of changes) {
    for (const { before, after } of pairs(imagesOf(from), imagesOf(to))) {
      const [old, now] = [before?.image, after?.image];
      const key = JSON.stringify([old, now]);
      const known = found.get(key) ?? { from: old, to: now, objects: new Set<string>() };
      const isQueueProxy = isQueueProxyImage(to ?? from, (after ?? before)?.path);
      known.objects.add(object);
      found.set(key, isQueueProxy ? { ...known, isQueueProxy } : known);
    }
  }
  return [...found.values()].map(({ objects, ...change }) => ({ ...change, objects: [...objects] }));
}

/** An image of an object. */
interface Image {
  /** The text of its path. */
  readonly path: string;
  readonly image: string;
}

/** Which image gives way to which: a container that is merely called something else has the image that it had. */
function pairs(before: readonly Image[], after: readonly Image[]): { before?: Image; after?: Image }[] {
  const [old, now] = [[...before], [...after]];
  const found: { before: Image; after: Image }[] = [];
  const pair = (fits: (one: Image, other: Image) => boolean): void => {
    for (const one of [...old]) {
      const other = now.find((candidate) => fits(one, candidate));
      if (other === undefined) continue;
      old.splice(old.indexOf(one), 1);
      now.splice(now.indexOf(other), 1);
      if (one.image !== other.image) found.push({ before: one, after: other });
    }
  };
  pair((one, other) => one.path === other.path && one.image === other.image);
  pair((one, other) => one.image === other.image);
  pair((one, other) => one.path === other.path);
  pair((one, other) => parts(one.image).repository === parts(other.image).repository);
  return [...found, ...old.map((image) => ({ before: image })), ...now.map((image) => ({ after: image }))];
}

/** The images of an object. */
function imagesOf(manifest: Manifest | undefined): Image[] {
  const images: Image[] = [];
  const visit = ({ value, children }: Tree, path: readonly string[]): void => {
    if (typeof value === 'string' && IMAGE_PATH.test(pathText(path)))
      images.push({ path: pathText(path), image: value });
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
