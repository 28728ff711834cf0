import { apiObjectClass } from './api-object';
import type { ObjectMeta } from './kubernetes';

/** The API group of Linkerd's policy kinds. */
export const POLICY_GROUP = 'policy.linkerd.io';

/** What the proxy expects on a Server's port; `unknown` makes it look at the first bytes of each connection. */
export type ProxyProtocol = 'unknown' | 'HTTP/1' | 'HTTP/2' | 'gRPC' | 'opaque' | 'TLS';

/** What happens to a connection that no authorization admits. */
export type AccessPolicy =
  'deny' | 'audit' | 'all-unauthenticated' | 'all-authenticated' | 'cluster-unauthenticated' | 'cluster-authenticated';

/** Which objects are meant, by their labels. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

/** A port of the pods of its namespace that the selector finds. */
export interface ServerSpec {
  readonly podSelector: LabelSelector;

  /** The port's number or its name in the pods. */
  readonly port: number | string;

  /** @default 'unknown' */
  readonly proxyProtocol?: ProxyProtocol;

  /** @default 'deny' */
  readonly accessPolicy?: AccessPolicy;
}

/** An object that a policy is about, in the policy's own namespace. */
export interface TargetRef {
  /** @default - the core group */
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
}

/** What a client must prove, or a ServiceAccount whose pods are admitted. */
export interface AuthenticationRef extends TargetRef {
  /** @default - the policy's own namespace */
  readonly namespace?: string;
}

/** Admits to its target whoever satisfies all of the authentications. */
export interface AuthorizationPolicySpec {
  readonly targetRef: TargetRef;
  readonly requiredAuthenticationRefs: readonly AuthenticationRef[];
}

/** Clients that prove one of these identities in mutual TLS. One of the two lists is there. */
export interface MeshTLSAuthenticationSpec {
  /** Identities; `*` is any of the mesh, `*.suffix` those that end so. */
  readonly identities?: readonly string[];
  readonly identityRefs?: readonly AuthenticationRef[];
}

/** Clients by their address. */
export interface NetworkAuthenticationSpec {
  readonly networks: readonly {
    /** An address range, for example `10.0.0.0/8`. */
    readonly cidr: string;

    /** Ranges within it that are not meant. */
    readonly except?: readonly string[];
  }[];
}

/** The path of a request, as a whole or by what it begins with. */
export interface PathMatch {
  readonly type: 'Exact' | 'PathPrefix';
  readonly value: string;
}

/** Requests to a Server that have something in common. Once a Server has a route, what no route matches is refused. */
export interface HTTPRouteSpec {
  /** The Servers, in the route's own namespace. */
  readonly parentRefs: readonly TargetRef[];
  readonly rules: readonly { readonly matches: readonly { readonly path: PathMatch }[] }[];
}

/** What an object of a policy kind is declared with. */
interface Declared<Spec> {
  readonly metadata: ObjectMeta;
  readonly spec: Spec;
}

export type ServerProps = Declared<ServerSpec>;
export type AuthorizationPolicyProps = Declared<AuthorizationPolicySpec>;
export type MeshTLSAuthenticationProps = Declared<MeshTLSAuthenticationSpec>;
export type HTTPRouteProps = Declared<HTTPRouteSpec>;
export type NetworkAuthenticationProps = Declared<NetworkAuthenticationSpec>;

export class Server extends apiObjectClass<ServerProps>(`${POLICY_GROUP}/v1beta3`, 'Server') {}
export class AuthorizationPolicy extends apiObjectClass<AuthorizationPolicyProps>(
  `${POLICY_GROUP}/v1alpha1`,
  'AuthorizationPolicy',
) {}
export class MeshTLSAuthentication extends apiObjectClass<MeshTLSAuthenticationProps>(
  `${POLICY_GROUP}/v1alpha1`,
  'MeshTLSAuthentication',
) {}
export class NetworkAuthentication extends apiObjectClass<NetworkAuthenticationProps>(
  `${POLICY_GROUP}/v1alpha1`,
  'NetworkAuthentication',
) {}
export class HTTPRoute extends apiObjectClass<HTTPRouteProps>(`${POLICY_GROUP}/v1beta3`, 'HTTPRoute') {}
