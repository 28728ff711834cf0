import { Construct } from 'constructs';
import type { AuthenticationRef, LabelSelector, ProxyProtocol, TargetRef } from '../../../imports/policy.linkerd.io';
import { AuthorizationPolicy, NetworkAuthentication, POLICY_GROUP, Server } from '../../../imports/policy.linkerd.io';

/** A caller that never has an identity of the mesh, by the networks that it calls from. */
export type Caller = 'nodes' | 'apiServer';

/** A port of pods that somebody without an identity of the mesh must reach, also where mTLS is required. */
export interface OpenPort {
  /** What its policy objects are called, once in a namespace. */
  readonly name: string;

  /** Which pods of the namespace have it. */
  readonly podSelector: LabelSelector;

  readonly port: number;

  /** What is spoken on it. `TLS` is that of the pod's own container, which Linkerd's proxy passes on as it is. */
  readonly protocol: Extract<ProxyProtocol, 'HTTP/1' | 'TLS'>;

  /** Who is let in. */
  readonly callers: 'anyone' | readonly Caller[];
}

export interface OpenPortPoliciesProps {
  readonly namespace: string;
  readonly port: OpenPort;

  /** The networks, in CIDR notation, from which connections are taken with or without an identity. From others none is. */
  readonly networks: readonly string[];
}

/** The policy objects that open a port to networks: a Server, and the authorization of whoever calls from there. */
export class OpenPortPolicies extends Construct {
  constructor(scope: Construct, id: string, { namespace, port: openPort, networks }: OpenPortPoliciesProps) {
    super(scope, id);
    const { name, podSelector, port, protocol } = openPort;
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
    const server: TargetRef = { group: POLICY_GROUP, kind: 'Server', name };
    const authentication: AuthenticationRef = { group: POLICY_GROUP, kind: 'NetworkAuthentication', name };
    new AuthorizationPolicy(this, 'authorization-policy', {
      metadata,
      spec: { targetRef: server, requiredAuthenticationRefs: [authentication] },
    });
  }
}
