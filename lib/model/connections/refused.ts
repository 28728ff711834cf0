import type { ObjectIndex } from '../object-index';
import { httpProbes, probeRefusal } from '../policy/http-probe';
import { refusal } from '../policy/inbound-policy';
import type { PodTemplate } from '../pod-template';
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
  if (typeof to === 'string' || port === undefined || admitted === 'tap') return undefined;
  if (!mesh.membership(to).meshed || skippedPort(to, 'inbound', port, mesh) !== undefined) return undefined;
  const template = podTemplateOf(to.object);
  if (template === undefined) return undefined;
  if (admitted === 'probe') return refusedProbe(template, port, index);
  const caller =
    proven && typeof from !== 'string' ? { namespace: from.namespace, name: from.serviceAccount } : undefined;
  const [served] = portOf(template, port);
  return served && refusal(served, index, caller);
}

const refusedProbe = (template: PodTemplate, port: number, index: ObjectIndex): string | undefined =>
  httpProbes(template)
    .filter(({ served }) => served.port === port)
    .flatMap((probe) => probeRefusal(probe, index)?.reason ?? [])[0];
