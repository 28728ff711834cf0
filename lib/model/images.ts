import type { Manifest, PlatformObject } from '../objects/manifest';
import { SERVING_NAMESPACE } from './serving/config-maps';
import { at, text } from '../objects/json';
import type { ObjectIndex } from './object-index';

/** An image that the cluster is told to run. */
export interface NamedImage {
  readonly object: PlatformObject;
  readonly path: string;
  readonly image: string;
}

const QUEUE_PROXY = {
  config: 'config-deployment',
  key: 'queue-sidecar-image',
  path: 'data.queue-sidecar-image',
} as const;

/** Whether what stands at a path of an object is the image that Serving puts beside each revision. */
export const isQueueProxyImage = (manifest: Manifest | undefined, path: string | undefined): boolean =>
  manifest?.kind === 'ConfigMap' &&
  manifest.metadata.name === QUEUE_PROXY.config &&
  manifest.metadata.namespace === SERVING_NAMESPACE &&
  path === QUEUE_PROXY.path;

/** Every image of the objects: of containers, of Knative's image cache, and the one that Serving puts beside each service. */
export function imagesOf(objects: ObjectIndex): NamedImage[] {
  const inTemplates = objects.podTemplates.flatMap((template) =>
    template.containers.map(({ path, image }) => ({ object: template.object, path: `${path}.image`, image })),
  );
  const cached = objects
    .ofKind('caching.internal.knative.dev', 'Image')
    .map((object) => ({ object, path: 'spec.image', image: text(at(object.manifest, 'spec', 'image')) }));
  const queueProxy = objects
    .ofKind('', 'ConfigMap')
    .filter(({ manifest }) => isQueueProxyImage(manifest, QUEUE_PROXY.path))
    .map((object) => ({
      object,
      path: QUEUE_PROXY.path,
      image: text(at(object.manifest, 'data', QUEUE_PROXY.key)),
    }));
  return [...inTemplates, ...cached, ...queueProxy].flatMap(({ object, path, image }) =>
    image === undefined ? [] : [{ object, path, image }],
  );
}

/** An image with its registry: `prom/prometheus` is `docker.io/prom/prometheus`, `nginx` is `docker.io/library/nginx`. */
export function fullName(image: string): string {
  const [first = '', ...rest] = image.split('/');
  if (rest.length === 0) return `docker.io/library/${image}`;
  return /[.:]/.test(first) || first === 'localhost' ? image : `docker.io/${image}`;
}
