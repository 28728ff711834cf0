import type { PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';
import { at, strings, text } from '../../objects/json';
import { workloadsOf } from '../../model/connections/workload';

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

/** The images of all workloads, and queue-proxy's, each once. */
export function imagesOf(objects: readonly PlatformObject[]): ImageFact[] {
  const named = [
    ...workloadsOf(objects).flatMap(({ containers, object }) =>
      containers.map(({ image }) => ({ image, object: object.manifest })),
    ),
    ...objects.map(({ manifest }) => ({ image: configuredImage(manifest), object: manifest })),
  ];
  const images = new Map<string, Set<string>>();
  for (const { image, object } of named) {
    if (image !== undefined) images.set(image, (images.get(image) ?? new Set()).add(describeObject(object)));
  }
  return [...images]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([image, users]) => ({ ...partsOf(image), objects: [...users] }));
}

/** Serving names the image that it adds to pods in its configuration, and in an object for whoever fetches images ahead. */
function configuredImage(manifest: PlatformObject['manifest']): string | undefined {
  const { kind, apiVersion } = manifest;
  if (kind === 'Image' && apiVersion.startsWith('caching.internal.knative.dev/'))
    return text(at(manifest, 'spec', 'image'));
  return kind === 'ConfigMap' ? strings(manifest.data)['queue-sidecar-image'] : undefined;
}

function partsOf(image: string): Omit<ImageFact, 'objects'> {
  const [named = '', digest] = image.split('@', 2);
  const [, repository = named, tag] = /^(.*?)(?::([^:/]+))?$/.exec(named) ?? [];
  return { repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}
