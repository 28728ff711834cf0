import type { Rule } from '../rule';

/** The most that all annotations of an object have together. Source: Kubernetes 1.34, `TotalAnnotationSizeLimitB`. */
const LIMIT = 262_144;

export const applySize: Rule = {
  id: 'apply-size',
  group: 'objects',
  severity: 'error',
  title: `every object fits the annotation of kubectl apply (${LIMIT} bytes)`,
  check: (objects) =>
    objects.all.flatMap((object) => {
      const json = JSON.stringify(object.manifest);
      // No character has more than three bytes.
      const bytes = json.length <= LIMIT / 3 ? 0 : Buffer.byteLength(json);
      if (bytes <= LIMIT) return [];
      return [
        {
          object,
          path: '',
          message: `has ${bytes} bytes as JSON, and kubectl apply keeps at most ${LIMIT} in its annotation: split the object, or apply it with --server-side`,
        },
      ];
    }),
};
