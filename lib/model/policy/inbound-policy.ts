import { DEFAULT_INBOUND_POLICY, OPEN_POLICIES, POLICIES_FOR_THE_MESH } from '../../objects/inbound-policy';
import { at, list, text, texts } from '../../objects/json';
import { configOf, hasOwnProxy } from '../mesh';
import type { ObjectIndex } from '../object-index';
import type { PodTemplate } from '../pod-template';
import type { ServedPort } from '../served-pods';
import type { Server } from './server';
import { authorizationsOf, POLICY_GROUP, serversOf } from './server';

/** A service account, whose identity the proxies of its pods prove. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

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
  const servers = serversOf(template, objects).filter((server) => isAbout(server, served));
  const [first] = servers;
  if (first !== undefined) {
    return servers.some((server) => accepted.includes(server.policy) || isAuthorized(server, identity, objects))
      ? undefined
      : `the Server ${first.name} admits ${identity === undefined ? 'none' : 'others alone'}`;
  }
  const policy = defaultPolicyOf(template, objects);
  return accepted.includes(policy) ? undefined : `the default inbound policy is ${policy}`;
}

const isAbout = (server: Server, { port, portName }: ServedPort): boolean =>
  server.port === port || (portName !== undefined && server.port === portName);

/** Whether a port of a template's pods goes past the proxy. */
export function isSkipped(port: number, template: PodTemplate, objects: ObjectIndex): boolean {
  const skipped = configOf('config.linkerd.io/skip-inbound-ports', template, objects);
  return skipped?.split(',').some((range) => isWithin(port, range.trim())) === true;
}

/** What counts for connections to a template's pods, on ports that no Server is about. */
export function defaultPolicyOf(template: PodTemplate, objects: ObjectIndex): string {
  // The injector writes a namespace's annotation to pods; those that bring their proxy along have their own alone.
  const own = hasOwnProxy(template)
    ? template.annotations[DEFAULT_INBOUND_POLICY]
    : configOf(DEFAULT_INBOUND_POLICY, template, objects);
  return own ?? defaultPolicy(objects);
}

const defaultPolicy = ({ linkerd }: ObjectIndex): string =>
  text(at(linkerd, 'proxy', 'defaultInboundPolicy')) ?? 'all-unauthenticated';

/** Whether anyone may be refused at a template's pods at all. Most platforms say nothing of it, and have many templates. */
export function isRestricted(template: PodTemplate, objects: ObjectIndex): boolean {
  const policy = configOf(DEFAULT_INBOUND_POLICY, template, objects) ?? defaultPolicy(objects);
  return !OPEN_POLICIES.includes(policy) || objects.inNamespace(POLICY_GROUP, 'Server', template.namespace).length > 0;
}

/** Whether a port is one of a range, or is it. */
export function isWithin(port: number, range: string): boolean {
  const [first, last = first] = range.split('-').map(Number);
  return first !== undefined && last !== undefined && first <= port && port <= last;
}

/** The name that a proxy's certificate has. Source: Linkerd edge-26.8.3, identities of its proxies. */
function identityOf({ namespace, name }: ServiceAccount, { linkerd }: ObjectIndex): string {
  const domain = text(at(linkerd, 'identityTrustDomain')) ?? 'cluster.local';
  return `${name}.${namespace}.serviceaccount.identity.linkerd.${domain}`;
}

/** Whether an AuthorizationPolicy, or a ServerAuthorization, lets a caller reach a Server. */
function isAuthorized(server: Server, identity: string | undefined, objects: ObjectIndex): boolean {
  return authorizationsOf(server, objects).some((authorization) =>
    'required' in authorization
      ? authorization.required.every((ref) => isMet(ref, server.namespace, identity, objects))
      : isMetByClient(authorization.client, server, identity),
  );
}

/** Whether a caller is one whom an authentication means. One that is not among the objects is taken to mean it. */
function isMet(ref: unknown, policyNamespace: string, identity: string | undefined, objects: ObjectIndex): boolean {
  const kind = at(ref, 'kind');
  if (kind === 'NetworkAuthentication') return true;
  if (identity === undefined) return false;
  const namespace = text(at(ref, 'namespace')) ?? policyNamespace;
  if (kind === 'ServiceAccount') return isAccount(identity, ref, namespace);
  const found = objects
    .ofKind(POLICY_GROUP, 'MeshTLSAuthentication')
    .find(
      ({ manifest: { metadata } }) =>
        metadata.name === at(ref, 'name') && (metadata.namespace ?? 'default') === namespace,
    );
  if (found === undefined) return true;
  const { spec } = found.manifest;
  return (
    texts(at(spec, 'identities')).some((pattern) => isOfPattern(identity, pattern)) ||
    list(at(spec, 'identityRefs')).some((one) => isAccount(identity, one, namespace))
  );
}

/** Whether an identity is that of a service account, or of any in a namespace. */
function isAccount(identity: string, ref: unknown, fallback: string): boolean {
  const name = text(at(ref, 'name')) ?? '';
  if (at(ref, 'kind') === 'Namespace') return identity.split('.')[1] === name;
  return identity.startsWith(`${name}.${text(at(ref, 'namespace')) ?? fallback}.serviceaccount.`);
}

const isOfPattern = (identity: string, pattern: string): boolean =>
  pattern.startsWith('*') ? identity.endsWith(pattern.slice(1)) : identity === pattern;

function isMetByClient(client: unknown, server: Server, identity: string | undefined): boolean {
  const mesh = at(client, 'meshTLS');
  if (at(client, 'unauthenticated') === true) return true;
  if (identity === undefined) return false;
  return (
    at(mesh, 'unauthenticatedTLS') === true ||
    texts(at(mesh, 'identities')).some((pattern) => isOfPattern(identity, pattern)) ||
    list(at(mesh, 'serviceAccounts')).some((account) => isAccount(identity, account, server.namespace))
  );
}
