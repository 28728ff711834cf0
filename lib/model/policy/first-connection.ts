import { OPEN_POLICIES, POLICIES_FOR_THE_MESH } from '../../objects/inbound-policy';
import { at, list, text, texts } from '../../objects/json';
import { defaultPolicyOf, isSkipped } from './inbound-policy';
import type { KnownPorts } from './known-ports';
import { isKnown, knownPorts } from './known-ports';
import type { ObjectIndex } from '../object-index';
import type { PodTemplate } from '../pod-template';
import type { Authorization, Server } from './server';
import { authorizationsOf, POLICY_GROUP, serversOf } from './server';

/**
 * A Server on a port whose policy the proxy learns at the first connection only, which it judges by the pods' default. A port that nobody
 * calls for 90 seconds is forgotten, so the next one is a first connection again.
 */
export interface LateServer {
  readonly name: string;
  readonly port: number;

  /** What the first connection is judged by. */
  readonly policy: string;

  /** Whether that refuses some whom the Server admits. */
  readonly refuses: boolean;

  /** Whether that admits some whom the Server refuses. */
  readonly admits: boolean;
}

/** The Servers of a template's pods whose first connection is judged otherwise than they say. */
export function lateServers(
  template: PodTemplate,
  objects: ObjectIndex,
): { readonly known: KnownPorts; readonly servers: readonly LateServer[] } | undefined {
  const byNumber = serversOf(template, objects).filter(hasNumber);
  if (byNumber.length === 0) return undefined;
  const known = knownPorts(template, objects);
  const policy = defaultPolicyOf(template, objects);
  const first = reachByPolicy(policy);
  const servers = byNumber
    .filter(({ port }) => !isKnown(port, known) && !isSkipped(port, template, objects))
    .map((server): LateServer => {
      const later = reachOf(server, objects);
      return {
        name: server.name,
        port: server.port,
        policy,
        refuses: later.outsiders > first.outsiders || later.mesh > first.mesh,
        admits: later.outsiders < first.outsiders || later.mesh < first.mesh,
      };
    })
    .filter(({ refuses, admits }) => refuses || admits);
  return { known, servers };
}

/** A port that a Server names is one that a container declares. */
const hasNumber = (server: Server): server is Server & { readonly port: number } => typeof server.port === 'number';

const NOBODY = 0;
const SOME = 1;
const ALL = 2;

/** How many callers get through: of those without an identity of the mesh, and of those with one. */
interface Reach {
  readonly outsiders: number;
  readonly mesh: number;
}

const reachByPolicy = (policy: string): Reach => ({
  outsiders: OPEN_POLICIES.includes(policy) ? ALL : NOBODY,
  mesh: POLICIES_FOR_THE_MESH.includes(policy) ? ALL : NOBODY,
});

/** Whoever one authorization lets in is in. */
function reachOf(server: Server, objects: ObjectIndex): Reach {
  const reaches = [
    reachByPolicy(server.policy),
    ...authorizationsOf(server, objects).map((authorization) => reachBy(authorization, server, objects)),
  ];
  return {
    outsiders: Math.max(...reaches.map(({ outsiders }) => outsiders)),
    mesh: Math.max(...reaches.map(({ mesh }) => mesh)),
  };
}

function reachBy(authorization: Authorization, server: Server, objects: ObjectIndex): Reach {
  if (!('required' in authorization)) return reachByClient(authorization.client);
  const reaches = [
    { outsiders: ALL, mesh: ALL },
    ...(authorization.ofRoute ? [{ outsiders: SOME, mesh: SOME }] : []),
    ...authorization.required.map((ref) => reachByAuthentication(ref, server.namespace, objects)),
  ];
  return {
    outsiders: Math.min(...reaches.map(({ outsiders }) => outsiders)),
    mesh: Math.min(...reaches.map(({ mesh }) => mesh)),
  };
}

function reachByAuthentication(ref: unknown, policyNamespace: string, objects: ObjectIndex): Reach {
  const kind = text(at(ref, 'kind')) ?? '';
  const namespace = text(at(ref, 'namespace')) ?? policyNamespace;
  const spec = objects
    .inNamespace(POLICY_GROUP, kind, namespace)
    .find(({ manifest: { metadata } }) => metadata.name === at(ref, 'name'))?.manifest.spec;
  if (kind === 'NetworkAuthentication') {
    const many = isEveryNetwork(at(spec, 'networks')) ? ALL : SOME;
    return { outsiders: many, mesh: many };
  }
  return { outsiders: NOBODY, mesh: texts(at(spec, 'identities')).includes('*') ? ALL : SOME };
}

function reachByClient(client: unknown): Reach {
  const networks = at(client, 'networks');
  const most = networks === undefined || isEveryNetwork(networks) ? ALL : SOME;
  if (at(client, 'unauthenticated') === true) return { outsiders: most, mesh: most };
  const mesh = at(client, 'meshTLS');
  const every = at(mesh, 'unauthenticatedTLS') === true || texts(at(mesh, 'identities')).includes('*');
  return { outsiders: NOBODY, mesh: every ? most : SOME };
}

const isEveryNetwork = (networks: unknown): boolean =>
  list(networks).some((network) => at(network, 'cidr') === '0.0.0.0/0' && list(at(network, 'except')).length === 0);
