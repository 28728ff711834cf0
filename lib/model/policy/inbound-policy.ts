import { DEFAULT_INBOUND_POLICY, OPEN_POLICIES, POLICIES_FOR_THE_MESH } from '../../objects/inbound-policy';
import { isInPorts } from '../../syntax/port';
import { at, text } from '../../objects/json';
import { configOf, hasOwnProxy } from '../mesh';
import type { ObjectIndex } from '../object-index';
import type { PodTemplate } from '../pod-template';
import type { ServedPort } from '../served-pods';
import { admits, authorizationsOf } from './client-authorization';
import type { ServiceAccount } from './identity';
import { identityOf } from './identity';
import type { Server } from './server';
import { POLICY_GROUP, serversAt } from './server';

/**
 * Why a caller is refused at a port of pods; `undefined` if it is let in. Whether networks that are let in are those that it calls from
 * is not looked at.
 *
 * @param caller whose identity it proves; `undefined` of one without an identity of the mesh
 */
export function refusal(served: ServedPort, objects: ObjectIndex, caller?: ServiceAccount): string | undefined {
  const { template, port } = served;
  if (isSkipped(port, template, objects)) return undefined;
  const identity = caller && identityOf(caller, objects);
  const accepted = identity === undefined ? OPEN_POLICIES : POLICIES_FOR_THE_MESH;
  const servers = serversAt(served, objects);
  const [first] = servers;
  if (first !== undefined) {
    const isIn = (server: Server): boolean =>
      accepted.includes(server.policy) ||
      authorizationsOf(server, objects).some((authorization) => admits(authorization, identity));
    return servers.some(isIn)
      ? undefined
      : `the Server ${first.name} admits ${identity === undefined ? 'none' : 'others alone'}`;
  }
  const policy = defaultPolicyOf(template, objects);
  return accepted.includes(policy) ? undefined : `the default inbound policy is ${policy}`;
}

/** Whether a port of a template's pods goes past the proxy. */
export function isSkipped(port: number, template: PodTemplate, objects: ObjectIndex): boolean {
  const skipped = configOf('config.linkerd.io/skip-inbound-ports', template, objects);
  return isInPorts(port, skipped);
}

/** What counts for connections to a template's pods, on ports that no Server is about. */
export function defaultPolicyOf(template: PodTemplate, objects: ObjectIndex): string {
  // The injector writes a namespace's annotation to pods; those that bring their proxy along have their own alone.
  const own = hasOwnProxy(template)
    ? template.annotations[DEFAULT_INBOUND_POLICY]
    : configOf(DEFAULT_INBOUND_POLICY, template, objects);
  return own ?? defaultPolicy(objects);
}

/** What counts where neither a template nor its namespace says anything. */
export const defaultPolicy = ({ linkerd }: ObjectIndex): string =>
  text(at(linkerd, 'proxy', 'defaultInboundPolicy')) ?? 'all-unauthenticated';

/** Whether anyone may be refused at a template's pods at all. Most platforms say nothing of it, and have many templates. */
export function isRestricted(template: PodTemplate, objects: ObjectIndex): boolean {
  const policy = configOf(DEFAULT_INBOUND_POLICY, template, objects) ?? defaultPolicy(objects);
  return !OPEN_POLICIES.includes(policy) || objects.inNamespace(POLICY_GROUP, 'Server', template.namespace).length > 0;
}
