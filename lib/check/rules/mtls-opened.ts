import { openings } from '../../model/policy/openings';
import type { Rule } from '../rule';

/** A namespace that requires an identity is worth what its widest exception is. */
export const mtlsOpened: Rule = {
  id: 'mtls-opened',
  group: 'mesh',
  severity: 'warning',
  title: 'nothing opens pods to callers without an identity where one is required',
  check: (objects) =>
    openings(objects).map(({ object, path, what, fix, needed }) => ({
      object,
      path,
      message: `${what}, and an identity of the mesh is required there: ${fix}`,
      ...(needed && { severity: 'note' as const }),
    })),
};
