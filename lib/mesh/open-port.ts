import { Construct } from 'constructs';
import type { ObjectMeta } from '../../imports/kubernetes';
import type {
  AuthenticationRef,
  LabelSelector,
  PathMatch,
  ProxyProtocol,
  TargetRef,
} from '../../imports/policy.linkerd.io';
import {
  AuthorizationPolicy,
  HTTPRoute,
  NetworkAuthentication,
  POLICY_GROUP,
  Server,
} from '../../imports/policy.linkerd.io';

/** A caller that never has an identity of the mesh, by the networks that it calls from. */
export type Caller = 'nodes' | 'apiServer';

/** A port of pods that somebody without an identity of the mesh must reach, also where mTLS is required. */
export interface OpenPort {
  /** What its policy objects are called, once in a namespace. */
  readonly name: string;

  /** Which pods of the namespace have it. */
  readonly podSelector: LabelSelector;

  readonly port: number;

  /**
   * What is spoken on it; with `unknown` the first bytes of each connection tell. `TLS` is that of the pod's own container, which Linkerd's
   * proxy passes on as it is.
   */
  readonly protocol: Extract<ProxyProtocol, 'unknown' | 'HTTP/1' | 'HTTP/2' | 'TLS'>;

  /** Who is let in. */
  readonly callers: 'anyone' | readonly Caller[];

  /**
   * How the port is parted between those callers and one that has an identity. It takes a protocol of HTTP.
   *
   * @default - all of the port is for those callers, and nobody else is let in
   */
  readonly parted?: PartedPort;
}

/** A port of which callers without an identity reach one path alone. What is on neither path is for nobody. */
export interface PartedPort {
  /** The path that those callers reach, as a whole. */
  readonly open: string;

  /** What the paths begin with that are for the client alone. */
  readonly guarded: string;

  /** The ServiceAccount whose meshed pods reach them. */
  readonly client: { readonly name: string; readonly namespace: string };
}

export interface OpenPortPoliciesProps {
  readonly namespace: string;
  readonly port: OpenPort;

  /** The networks, in CIDR notation, from which connections are taken with or without an identity. From others none is. */
  readonly networks: readonly string[];
}

/**
 * The policy objects that open a port to networks: a Server, and the authorization of whoever calls from there. Where the port is parted, each
 * part is a route of the Server with an authorization of its own.
 */
export class OpenPortPolicies extends Construct {
  constructor(scope: Construct, id: string, { namespace, port: openPort, networks }: OpenPortPoliciesProps) {
    super(scope, id);
    const { name, podSelector, port, protocol, parted } = openPort;
    const metadata = { name, namespace };
    new Server(this, 'server', {
      metadata,
      // What the CRD fills in as well. A Server without it is open, so it does not rest on the CRD.
      spec: { podSelector, port, proxyProtocol: protocol, accessPolicy: 'deny' },
    });
    new NetworkAuthentication(this, 'network-authentication', {
      metadata,
      spec: { networks: networks.map((cidr) => ({ cidr })) },
    });
    const ofNetworks: AuthenticationRef = { group: POLICY_GROUP, kind: 'NetworkAuthentication', name };
    if (parted === undefined) {
      this.admit('authorization-policy', metadata, { group: POLICY_GROUP, kind: 'Server', name }, ofNetworks);
      return;
    }
    const { open, guarded, client } = parted;
    this.admit('authorization-policy', metadata, this.route('route', metadata, name, 'Exact', open), ofNetworks);
    const ofClient = { name: `${name}-client`, namespace };
    const clientRoute = this.route('client-route', ofClient, name, 'PathPrefix', guarded);
    this.admit('client-authorization-policy', ofClient, clientRoute, { kind: 'ServiceAccount', ...client });
  }

  private admit(id: string, metadata: ObjectMeta, targetRef: TargetRef, authentication: AuthenticationRef): void {
    new AuthorizationPolicy(this, id, {
      metadata,
      spec: { targetRef, requiredAuthenticationRefs: [authentication] },
    });
  }

  private route(id: string, metadata: ObjectMeta, server: string, type: PathMatch['type'], value: string): TargetRef {
    new HTTPRoute(this, id, {
      metadata,
      spec: {
        parentRefs: [{ group: POLICY_GROUP, kind: 'Server', name: server }],
        rules: [{ matches: [{ path: { type, value } }] }],
      },
    });
    return { group: POLICY_GROUP, kind: 'HTTPRoute', name: metadata.name };
  }
}
