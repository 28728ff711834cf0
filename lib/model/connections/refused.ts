import { refusal } from '../policy/inbound-policy';
import { podTemplateOf } from '../pod-template';
import { portOf } from '../served-pods';
import type { Cluster } from './cluster';
import type { Connection } from './connection';
import { skippedPort } from './skipped-ports';

/**
 * Why the proxy of what is called refuses a connection, by its inbound policy; `undefined` if it lets it in.
 *
 * @param proven whether the caller proves its identity
 */
export function refusedBecause(
  { from, to, port, admitted }: Connection,
  proven: boolean,
  { mesh, index }: Cluster,
): string | undefined {
  if (typeof to === 'string' || port === undefined || admitted === true) return undefined;
  if (!mesh.membership(to).meshed || skippedPort(to, 'inbound', port, mesh) !== undefined) return undefined;
  const template = podTemplateOf(to.object);
  const caller =
    proven && typeof from !== 'string' ? { namespace: from.namespace, name: from.serviceAccount } : undefined;
  const [served] = template === undefined ? [] : portOf(template, port);
  return served && refusal(served, index, caller);
}
