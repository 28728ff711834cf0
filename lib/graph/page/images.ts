import { imagesOf } from '../../model/images';
import type { ObjectIndex } from '../../model/object-index';
import { entryOf } from '../../objects/entry-of';
import { describeObject } from '../../objects/manifest';

/** An image that pods are started from. */
export interface ImageFact {
  /** Without tag and digest. */
  readonly repository: string;
  readonly tag?: string;

  /** `sha256:…`; without it the image can change under its tag. */
  readonly digest?: string;

  /** The objects that name it. */
  readonly objects: readonly string[];
}

/** The images that the objects name, each once. */
export function imageFactsOf(objects: ObjectIndex): ImageFact[] {
  const images = new Map<string, Set<string>>();
  for (const { image, object } of imagesOf(objects)) {
    entryOf(images, image, () => new Set<string>()).add(describeObject(object.manifest));
  }
  return [...images]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([image, users]) => ({ ...partsOf(image), objects: [...users] }));
}

function partsOf(image: string): Omit<ImageFact, 'objects'> {
  const [named = '', digest] = image.split('@', 2);
  const [, repository = named, tag] = /^(.*?)(?::([^:/]+))?$/.exec(named) ?? [];
  return { repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}
