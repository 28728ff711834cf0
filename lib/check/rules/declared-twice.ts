import type { PlatformObject } from '../../objects/manifest';
import { objectKey } from '../../objects/manifest';
import type { Rule } from '../rule';

export const declaredTwice: Rule = {
  id: 'declared-twice',
  group: 'objects',
  severity: 'error',
  title: 'every object is declared once',
  check: (objects) => {
    const first = new Map<string, PlatformObject>();
    return objects.all.flatMap((object) => {
      const { manifest } = object;
      const key = objectKey(manifest);
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, object);
      // What the API server names is another object each time.
      if (earlier === undefined || manifest.metadata.name === undefined) return [];
      // Overlays of one base make the same objects, each for another cluster.
      if (isOfOverlays(object, earlier)) return [];
      const harm =
        manifest.kind === 'Namespace'
          ? 'the one that is applied last strips the annotations and labels of the other'
          : 'the one that is applied last wins, and kustomize refuses both';
      return [
        { object, path: '', message: `is declared already by ${earlier.source}; ${harm}: remove one of the two` },
      ];
    });
  },
};

const isOfOverlays = (one: PlatformObject, other: PlatformObject): boolean =>
  one.madeBy !== undefined && other.madeBy !== undefined && one.madeBy !== other.madeBy;
