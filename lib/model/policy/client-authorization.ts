import { at, list, mapping, text, texts } from '../../objects/json';
import type { PlatformObject } from '../../objects/manifest';
import type { ObjectIndex } from '../object-index';
import { selects } from '../selector';
import { ANY_IDENTITY, identitiesIn, identityOf, isOfPattern } from './identity';
import { GATEWAY_API_GROUP, isRouteOf } from './route';
import type { Server } from './server';
import { POLICY_GROUP } from './server';
import { refersTo } from './target-ref';

/** Whom an AuthorizationPolicy or a ServerAuthorization lets reach a Server: who meets all of it. */
export interface ClientAuthorization {
  readonly object: PlatformObject;

  /**
   * The identities, with patterns among them. `undefined`: none is asked for. `unknown`: the authentication that names them is not among
   * the objects.
   */
  readonly identities: readonly string[] | 'unknown' | undefined;

  /** From where: `every` is all of the cluster at least. */
  readonly networks: 'every' | 'some';

  /** The route that it is about; `undefined` if it is about all of the Server. */
  readonly route: PlatformObject | undefined;
}

/** Whether a caller is let in, by its identity if it proves one. From which networks it calls is not looked at. */
export function admits({ identities }: ClientAuthorization, identity: string | undefined): boolean {
  if (identities === undefined) return true;
  if (identity === undefined) return false;
  return identities === 'unknown' || identities.some((pattern) => isOfPattern(identity, pattern));
}

/**
 * All that lets callers reach a Server. What Linkerd refuses to read lets nobody in.
 * Source: Linkerd edge-26.8.3, `policy-controller/k8s/index/src/inbound/index.rs`, `policy_client_authz`.
 */
export function authorizationsOf(server: Server, objects: ObjectIndex): ClientAuthorization[] {
  return [...byPolicy(server, objects), ...byClient(server, objects)];
}

function byPolicy(server: Server, objects: ObjectIndex): ClientAuthorization[] {
  return objects.inNamespace(POLICY_GROUP, 'AuthorizationPolicy', server.namespace).flatMap((object) => {
    const { spec } = object.manifest;
    const target = at(spec, 'targetRef');
    const direct = isDirect(target, server);
    const route = direct ? undefined : routeOf(target, server, objects);
    if (!direct && route === undefined) return [];
    const refs = list(at(spec, 'requiredAuthenticationRefs'));
    const networks = refs.filter((ref) => refersTo(ref, POLICY_GROUP, 'NetworkAuthentication'));
    const identities = refs.flatMap((ref) => identitiesOf(ref, server.namespace, objects) ?? []);
    // Of each there may be one, and nothing else.
    if (networks.length > 1 || identities.length > 1 || networks.length + identities.length < refs.length) return [];
    const [network] = networks;
    return [
      {
        object,
        identities: identities[0]?.of,
        networks: network === undefined ? 'every' : networksOf(network, server.namespace, objects),
        route,
      },
    ];
  });
}

/** Whether a policy's target is a Server, or its whole namespace. */
function isDirect(target: unknown, { namespace, name }: Server): boolean {
  const named = at(target, 'name');
  return (
    (refersTo(target, POLICY_GROUP, 'Server') && named === name) ||
    (refersTo(target, '', 'Namespace') && named === namespace)
  );
}

const ROUTES = [
  { group: POLICY_GROUP, kind: 'HTTPRoute' },
  { group: GATEWAY_API_GROUP, kind: 'HTTPRoute' },
  { group: GATEWAY_API_GROUP, kind: 'GRPCRoute' },
] as const;

function routeOf(target: unknown, server: Server, objects: ObjectIndex): PlatformObject | undefined {
  const meant = ROUTES.find(({ group, kind }) => refersTo(target, group, kind));
  if (meant === undefined) return undefined;
  return objects
    .inNamespace(meant.group, meant.kind, server.namespace)
    .find((route) => route.manifest.metadata.name === at(target, 'name') && isRouteOf(route, server));
}

/** The identities that an authentication of a policy names; `undefined` of what names none. */
function identitiesOf(
  ref: unknown,
  policyNamespace: string,
  objects: ObjectIndex,
): { readonly of: readonly string[] | 'unknown' } | undefined {
  if (refersTo(ref, '', 'ServiceAccount')) return { of: [account(ref, policyNamespace, objects)] };
  if (!refersTo(ref, POLICY_GROUP, 'MeshTLSAuthentication')) return undefined;
  const namespace = text(at(ref, 'namespace')) ?? policyNamespace;
  const spec = authentication('MeshTLSAuthentication', ref, namespace, objects)?.manifest.spec;
  if (spec === undefined) return { of: 'unknown' };
  const refs = list(at(spec, 'identityRefs'));
  const byRef = refs.flatMap((one) => {
    if (refersTo(one, '', 'ServiceAccount')) return [account(one, namespace, objects)];
    return refersTo(one, '', 'Namespace') ? [identitiesIn(text(at(one, 'name')) ?? '', objects)] : [];
  });
  // One reference to something else, and Linkerd takes none of it.
  return { of: byRef.length < refs.length ? [] : [...texts(at(spec, 'identities')), ...byRef] };
}

const account = (ref: unknown, fallback: string, objects: ObjectIndex): string =>
  identityOf({ namespace: text(at(ref, 'namespace')) ?? fallback, name: text(at(ref, 'name')) ?? '' }, objects);

function networksOf(ref: unknown, policyNamespace: string, objects: ObjectIndex): ClientAuthorization['networks'] {
  const namespace = text(at(ref, 'namespace')) ?? policyNamespace;
  const found = authentication('NetworkAuthentication', ref, namespace, objects);
  return isEveryNetwork(at(found?.manifest.spec, 'networks')) ? 'every' : 'some';
}

function authentication(
  kind: string,
  ref: unknown,
  namespace: string,
  objects: ObjectIndex,
): PlatformObject | undefined {
  return objects
    .inNamespace(POLICY_GROUP, kind, namespace)
    .find(({ manifest: { metadata } }) => metadata.name === at(ref, 'name'));
}

function byClient(server: Server, objects: ObjectIndex): ClientAuthorization[] {
  return objects.inNamespace(POLICY_GROUP, 'ServerAuthorization', server.namespace).flatMap((object) => {
    const { spec } = object.manifest;
    const { name, selector } = mapping(at(spec, 'server'));
    if (name === undefined ? !selects(selector, server.labels) : name !== server.name) return [];
    const networks = list(at(spec, 'client', 'networks'));
    return [
      {
        object,
        identities: identitiesOfClient(at(spec, 'client'), server, objects),
        // Without a network it is for all of the cluster's.
        networks: networks.length === 0 || isEveryNetwork(networks) ? 'every' : 'some',
        route: undefined,
      },
    ];
  });
}

function identitiesOfClient(client: unknown, server: Server, objects: ObjectIndex): readonly string[] | undefined {
  if (at(client, 'unauthenticated') === true) return undefined;
  const mesh = at(client, 'meshTLS');
  if (at(mesh, 'unauthenticatedTLS') === true) return [ANY_IDENTITY];
  const accounts = list(at(mesh, 'serviceAccounts')).map((ref) => account(ref, server.namespace, objects));
  return [...texts(at(mesh, 'identities')), ...accounts];
}

/** Whether networks are all of IPv4 or all of IPv6, with no exception. */
const isEveryNetwork = (networks: unknown): boolean =>
  list(networks).some(
    (network) => text(at(network, 'cidr'))?.endsWith('/0') === true && list(at(network, 'except')).length === 0,
  );
