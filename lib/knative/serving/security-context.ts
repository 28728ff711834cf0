import type { Container } from '../../../imports/kubernetes';

/** What every container of Serving may do: nothing that the Pod Security Standard `restricted` forbids, and no writing to its own files. */
export const RESTRICTED: NonNullable<Container['securityContext']> = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
