import type { PlatformObject } from '../../objects/manifest';
import { describeObject } from '../../objects/manifest';

/** The objects of a platform whose Linkerd is installed without a projected token for each proxy. */
export function withoutTokenProjection(objects: readonly PlatformObject[]): PlatformObject[] {
  return objects.map((object) => {
    const { manifest } = object;
    if (describeObject(manifest) !== 'ConfigMap linkerd/linkerd-config') return object;
    const { values = '' } = manifest.data as Record<string, string>;
    const data = {
      values: values.replace('serviceAccountTokenProjection: true', 'serviceAccountTokenProjection: false'),
    };
    return { ...object, manifest: { ...manifest, data } };
  });
}
