import { OPEN_POLICIES, POLICIES_FOR_THE_MESH } from '../../objects/inbound-policy';
import { defaultPolicyOf, isSkipped } from './inbound-policy';
import type { KnownPorts } from './known-ports';
import { isKnown, knownPorts } from './known-ports';
import type { ObjectIndex } from '../object-index';
import type { PodTemplate } from '../pod-template';
import type { ClientAuthorization } from './client-authorization';
import { authorizationsOf } from './client-authorization';
import { ANY_IDENTITY } from './identity';
import type { Server } from './server';
import { serversOf } from './server';

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
  const reaches = [reachByPolicy(server.policy), ...authorizationsOf(server, objects).map(reachBy)];
  return {
    outsiders: Math.max(...reaches.map(({ outsiders }) => outsiders)),
    mesh: Math.max(...reaches.map(({ mesh }) => mesh)),
  };
}

function reachBy({ identities, networks, route }: ClientAuthorization): Reach {
  const most = networks === 'every' && route === undefined ? ALL : SOME;
  if (identities === undefined) return { outsiders: most, mesh: most };
  return { outsiders: NOBODY, mesh: identities.includes(ANY_IDENTITY) ? most : SOME };
}
