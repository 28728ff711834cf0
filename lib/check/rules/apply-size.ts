import type { Json } from '../../objects/manifest';
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
      if (atMost(object.manifest as Json) <= LIMIT) return [];
      const bytes = Buffer.byteLength(JSON.stringify(object.manifest));
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

/** No fewer bytes than a value has as JSON, which takes longer to write: a character has at most six, as `\u0000`. */
function atMost(value: Json): number {
  if (typeof value === 'string') return 6 * value.length + 2;
  if (typeof value !== 'object' || value === null) return 25;
  let bytes = 2;
  if (Array.isArray(value)) for (const item of value) bytes += atMost(item) + 1;
  else for (const key of Object.keys(value)) bytes += 6 * key.length + 4 + atMost(value[key] as Json);
  return bytes;
}
