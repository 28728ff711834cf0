import { apiObjectClass } from './api-object';
import type { ObjectMeta } from './kubernetes';

// The custom resources of Ambassador (Emissary-ingress 4.1.0), version `getambassador.io/v3alpha1`.

/** What every kind's spec has. */
interface AmbassadorResourceSpec {
  /**
   * The Ambassador installations that read the object, by their `AMBASSADOR_ID`.
   *
   * @default ['default']
   */
  readonly ambassador_id?: readonly string[];
}

/** Picks objects by all of these labels. Emissary evaluates no `matchExpressions`. */
export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
}

export interface ListenerProps {
  readonly metadata: ObjectMeta;
  readonly spec: ListenerSpec;
}

/** A port on which Ambassador takes requests. Without one it serves nothing. */
export interface ListenerSpec extends AmbassadorResourceSpec {
  /** 1 to 65535: a port of the container, not of the Service in front of it. */
  readonly port: number;

  /**
   * What is spoken on the port. Either this or `protocolStack`.
   *
   * @default - `protocolStack`
   */
  readonly protocol?: ListenerProtocol;

  /**
   * The layers of the protocol, outermost first.
   *
   * @default - as `protocol` stands for
   */
  readonly protocolStack?: readonly ('HTTP' | 'PROXY' | 'TLS' | 'TCP' | 'UDP')[];

  /**
   * When a request counts as secure: by `X-Forwarded-Proto` (`XFP`), which Envoy sets itself unless it trusts a proxy in front, always
   * (`SECURE`) or never (`INSECURE`). A Host's `requestPolicy` says what happens to insecure ones.
   */
  readonly securityModel: 'XFP' | 'SECURE' | 'INSECURE';

  /** The Hosts that the port serves. */
  readonly hostBinding: HostBinding;

  /**
   * Trusted proxies in front that set `X-Forwarded-For`.
   *
   * @default 0
   */
  readonly l7Depth?: number;

  /**
   * Streams that an HTTP/2 connection may have open at once, 1 or more.
   *
   * @default - Envoy's
   */
  readonly http2MaxConcurrentStreams?: number;

  /**
   * What the names of the port's statistics start with.
   *
   * @default - by protocol, for example `ingress_http`
   */
  readonly statsPrefix?: string;
}

export type ListenerProtocol = 'HTTP' | 'HTTPS' | 'HTTPPROXY' | 'HTTPSPROXY' | 'TCP' | 'TLS' | 'UDP';

/** The Hosts that a Listener serves: those of these namespaces that have these labels. At least one of the two. */
export interface HostBinding {
  /**
   * `SELF` is the Listener's own namespace, `ALL` every one. `SELECTOR` is in the schema, but Emissary does not support it.
   *
   * @default { from: 'SELF' }
   */
  readonly namespace?: { readonly from: 'SELF' | 'ALL' };

  /** @default - Hosts with any labels */
  readonly selector?: LabelSelector;
}

export interface HostProps {
  readonly metadata: ObjectMeta;
  readonly spec: HostSpec;
}

/** A hostname that Ambassador answers to, with its certificate. */
export interface HostSpec extends AmbassadorResourceSpec {
  /**
   * The name, or one with a `*` in place of its beginning: `*.example.com` stands for every name that ends in `.example.com`, however many
   * labels it has.
   *
   * @default '*'
   */
  readonly hostname?: string;

  /**
   * Mappings that belong to the Host by their labels, beside those of its hostname.
   *
   * @default - by hostname alone
   */
  readonly mappingSelector?: LabelSelector;

  /** @default - insecure requests are redirected to https */
  readonly requestPolicy?: {
    readonly insecure: {
      /**
       * What happens to a request that is not secure.
       *
       * @default 'Redirect'
       */
      readonly action?: 'Redirect' | 'Reject' | 'Route';

      /**
       * A further port for insecure requests.
       *
       * @default - none
       */
      readonly additionalPort?: number;
    };
  };

  /**
   * The Secret with the certificate, of type `kubernetes.io/tls`, in the Host's own namespace.
   *
   * @default - no TLS
   */
  readonly tlsSecret?: { readonly name: string };

  /**
   * The TLSContext with the settings for TLS. Either this or `tls`.
   *
   * @default - none
   */
  readonly tlsContext?: { readonly name: string };

  /**
   * Settings for TLS. They need a `tlsSecret`.
   *
   * @default - Envoy's
   */
  readonly tls?: HostTls;
}

export type TlsVersion = 'v1.0' | 'v1.1' | 'v1.2' | 'v1.3';

/** A Host's settings for TLS. */
export interface HostTls {
  /** @default - Envoy's, TLS 1.2 */
  readonly min_tls_version?: TlsVersion;

  /** @default - Envoy's, TLS 1.3 */
  readonly max_tls_version?: TlsVersion;

  /**
   * The application protocols that are offered, with commas: `h2,http/1.1`.
   *
   * @default - HTTP/1.1
   */
  readonly alpn_protocols?: string;

  /** @default - Envoy's */
  readonly cipher_suites?: readonly string[];

  /** @default - Envoy's */
  readonly ecdh_curves?: readonly string[];

  /**
   * The Secret with the CA that signs clients' certificates.
   *
   * @default - clients' certificates are not checked
   */
  readonly ca_secret?: string;

  /** @default - no file */
  readonly cacert_chain_file?: string;

  /** @default - no file */
  readonly cert_chain_file?: string;

  /** @default - no file */
  readonly private_key_file?: string;

  /**
   * Whether a client must show a certificate.
   *
   * @default false
   */
  readonly cert_required?: boolean;

  /**
   * The Secret with the list of revoked clients' certificates.
   *
   * @default - none
   */
  readonly crl_secret?: string;

  /**
   * A port whose cleartext requests are redirected.
   *
   * @default - none
   */
  readonly redirect_cleartext_from?: number;

  /**
   * The server name that a connection to the upstream asks for.
   *
   * @default - none
   */
  readonly sni?: string;
}

export interface MappingProps {
  readonly metadata: ObjectMeta;
  readonly spec: MappingSpec;
}

/** A route: requests for a hostname and a prefix go to a service. Whoever may create one, in any namespace, may take over a hostname. */
export interface MappingSpec extends AmbassadorResourceSpec, MappingMatch, MappingTarget, MappingRequestPolicy {}

/** The requests that a Mapping stands for. */
export interface MappingMatch {
  /**
   * The hostname, or one with a `*` in place of its beginning or end.
   *
   * @default - that of the Hosts whose `mappingSelector` picks the Mapping
   */
  readonly hostname?: string;

  /** What the path begins with. */
  readonly prefix: string;

  /**
   * The path must be the prefix.
   *
   * @default false
   */
  readonly prefix_exact?: boolean;

  /**
   * The prefix is a regular expression, for the whole path.
   *
   * @default false
   */
  readonly prefix_regex?: boolean;

  /** @default true */
  readonly case_sensitive?: boolean;

  /** @default - every method */
  readonly method?: string;

  /**
   * The method is a regular expression.
   *
   * @default false
   */
  readonly method_regex?: boolean;

  /**
   * Headers that a request must have, with their values.
   *
   * @default - none
   */
  readonly headers?: Readonly<Record<string, string>>;

  /** @default - none */
  readonly regex_headers?: Readonly<Record<string, string>>;

  /**
   * Query parameters that a request must have, with their values.
   *
   * @default - none
   */
  readonly query_parameters?: Readonly<Record<string, string>>;

  /** @default - none */
  readonly regex_query_parameters?: Readonly<Record<string, string>>;

  /**
   * Mappings of a higher precedence are tried first.
   *
   * @default 0
   */
  readonly precedence?: number;
}

/** Where a Mapping's requests go. */
export interface MappingTarget {
  /** `[scheme://]name[.namespace][:port]`. The port is 80, with https 443, unless given. */
  readonly service: string;

  /**
   * The share of the requests in percent, 0 to 100, among Mappings for the same requests.
   *
   * @default - what the others leave
   */
  readonly weight?: number;

  /** @default - the Module's, which is Kubernetes Services by name */
  readonly resolver?: string;

  /** @default - the Module's */
  readonly load_balancer?: {
    readonly policy: 'round_robin' | 'ring_hash' | 'maglev' | 'least_request';
    readonly cookie?: { readonly name: string; readonly path?: string; readonly ttl?: string };
    readonly header?: string;
    readonly source_ip?: boolean;
  };

  /** @default - none */
  readonly circuit_breakers?: readonly {
    readonly priority?: 'default' | 'high';
    readonly max_connections?: number;
    readonly max_pending_requests?: number;
    readonly max_requests?: number;
    readonly max_retries?: number;
  }[];

  /** @default - none */
  readonly health_checks?: readonly {
    readonly health_check: {
      readonly grpc?: { readonly upstream_name: string; readonly authority?: string };
      readonly http?: {
        readonly path: string;
        readonly hostname?: string;
        readonly add_request_headers?: Readonly<Record<string, AddedHeader>>;
        readonly remove_request_headers?: readonly string[];
        readonly expected_statuses?: readonly { readonly min: number; readonly max: number }[];
      };
    };
    readonly healthy_threshold?: number;
    readonly unhealthy_threshold?: number;
    readonly interval?: string;
    readonly timeout?: string;
  }[];

  /**
   * The TLSContext that the connection to the service uses.
   *
   * @default - none
   */
  readonly tls?: string;

  /**
   * The service speaks gRPC, so HTTP/2.
   *
   * @default false
   */
  readonly grpc?: boolean;

  /**
   * Sends a copy of each request, and drops the answers.
   *
   * @default false
   */
  readonly shadow?: boolean;

  /** @default - by service */
  readonly cluster_tag?: string;

  /** @default - by service */
  readonly stats_name?: string;

  /**
   * Milliseconds to connect.
   *
   * @default 3000
   */
  readonly connect_timeout_ms?: number;

  /** @default - Envoy's */
  readonly cluster_idle_timeout_ms?: number;

  /** @default - no limit */
  readonly cluster_max_connection_lifetime_ms?: number;

  /** @default - none */
  readonly keepalive?: { readonly idle_time?: number; readonly interval?: number; readonly probes?: number };

  /** @default 'strict_dns' */
  readonly dns_type?: 'strict_dns' | 'logical_dns';

  /** @default false */
  readonly respect_dns_ttl?: boolean;

  /** @default - the Module's */
  readonly enable_ipv4?: boolean;

  /** @default - the Module's */
  readonly enable_ipv6?: boolean;
}

/** A header that is added to a request or an answer. */
export interface AddedHeader {
  readonly value: string;

  /**
   * Adds to what is there; `false` replaces it.
   *
   * @default true
   */
  readonly append?: boolean;
}

/** What happens to a Mapping's requests and answers on the way. */
export interface MappingRequestPolicy {
  /**
   * Milliseconds from the end of the request to the end of the answer; 0 is no limit.
   *
   * @default - the Module's `cluster_request_timeout_ms`, 3000
   */
  readonly timeout_ms?: number;

  /** @default - Envoy's, 5 minutes */
  readonly idle_timeout_ms?: number;

  /** @default - none */
  readonly retry_policy?: {
    readonly retry_on?:
      '5xx' | 'gateway-error' | 'connect-failure' | 'retriable-4xx' | 'refused-stream' | 'retriable-status-codes';
    readonly num_retries?: number;
    readonly per_try_timeout?: string;
  };

  /**
   * Protocols that a connection may change to. All other requests to change are answered with 403.
   *
   * @default - none
   */
  readonly allow_upgrade?: readonly string[];

  /**
   * What the prefix is replaced with; an empty text leaves it.
   *
   * @default '/'
   */
  readonly rewrite?: string;

  /** @default - none */
  readonly regex_rewrite?: RegexSubstitution;

  /** @default - the request's own */
  readonly host_rewrite?: string;

  /**
   * Sets the host to the service's DNS name.
   *
   * @default false
   */
  readonly auto_host_rewrite?: boolean;

  /**
   * Answers with a redirect to `service`.
   *
   * @default false
   */
  readonly host_redirect?: boolean;

  /** @default - the path stays */
  readonly path_redirect?: string;

  /** @default - the prefix stays */
  readonly prefix_redirect?: string;

  /** @default - the path stays */
  readonly regex_redirect?: RegexSubstitution;

  /** @default 301 */
  readonly redirect_response_code?: 301 | 302 | 303 | 307 | 308;

  /** @default - none */
  readonly add_request_headers?: Readonly<Record<string, AddedHeader>>;

  /** @default - none */
  readonly add_response_headers?: Readonly<Record<string, AddedHeader>>;

  /** @default - the Module's `defaults.httpmapping` */
  readonly remove_request_headers?: readonly string[];

  /** @default - the Module's `defaults.httpmapping` */
  readonly remove_response_headers?: readonly string[];

  /**
   * Adds `l5d-dst-override`, which names the service to a Linkerd proxy in ingress mode.
   *
   * @default - the Module's
   */
  readonly add_linkerd_headers?: boolean;

  /** @default - the Module's */
  readonly cors?: {
    readonly origins?: readonly string[];
    readonly methods?: readonly string[];
    readonly headers?: readonly string[];
    readonly exposed_headers?: readonly string[];
    readonly credentials?: boolean;
    readonly max_age?: string;
  };

  /**
   * Goes past the AuthService.
   *
   * @default false
   */
  readonly bypass_auth?: boolean;

  /** @default - none */
  readonly auth_context_extensions?: Readonly<Record<string, string>>;

  /** @default false */
  readonly bypass_error_response_overrides?: boolean;

  /** @default - the Module's */
  readonly error_response_overrides?: readonly {
    readonly on_status_code: number;
    readonly body: {
      readonly content_type?: string;
      readonly text_format?: string;
      readonly text_format_source?: { readonly filename: string };
      readonly json_format?: Readonly<Record<string, string>>;
    };
  }[];

  /**
   * Labels for the RateLimitService, by domain.
   *
   * @default - the Module's
   */
  readonly labels?: Readonly<Record<string, readonly object[]>>;

  /** @default 'default' */
  readonly priority?: 'default' | 'high';

  /**
   * Merged into Envoy's route as it is.
   *
   * @default - none
   */
  readonly envoy_override?: Readonly<Record<string, unknown>>;

  /** @default - none */
  readonly docs?: {
    readonly display_name?: string;
    readonly ignored?: boolean;
    readonly path?: string;
    readonly timeout_ms?: number;
    readonly url?: string;
  };
}

/** A part of a path that is replaced. */
export interface RegexSubstitution {
  readonly pattern: string;
  readonly substitution: string;
}

export interface ModuleProps {
  readonly metadata: ObjectMeta;
  readonly spec: ModuleSpec;
}

/** Settings of a whole installation: those of the Module `ambassador`. The schema leaves `config` open, so these are the settings that matter here. */
export interface ModuleSpec extends AmbassadorResourceSpec {
  readonly config: ModuleConfig;
}

export interface ModuleConfig {
  /**
   * The diagnostics page under `/ambassador/v0/`, on every virtual host.
   *
   * @default { enabled: true }
   */
  readonly diagnostics?: { readonly enabled: boolean; readonly allow_non_local?: boolean };

  /**
   * The readiness probe on every virtual host. The one on the admin port is always there.
   *
   * @default { enabled: true }
   */
  readonly readiness_probe?: { readonly enabled: boolean };

  /**
   * The liveness probe on every virtual host. The one on the admin port is always there.
   *
   * @default { enabled: true }
   */
  readonly liveness_probe?: { readonly enabled: boolean };

  /**
   * Takes the port off a Host header where it is the Listener's own.
   *
   * @default false
   */
  readonly strip_matching_host_port?: boolean;

  /**
   * Defaults of every Mapping that does not set them itself, also of those that Emissary makes of a Knative Ingress.
   *
   * @default - none
   */
  readonly defaults?: {
    readonly httpmapping?: Pick<
      MappingRequestPolicy,
      'add_request_headers' | 'add_response_headers' | 'remove_request_headers' | 'remove_response_headers'
    >;
  };

  /**
   * Milliseconds that a route without a timeout of its own has. Those of Knative Services have one.
   *
   * @default 3000
   */
  readonly cluster_request_timeout_ms?: number;

  /** @default false */
  readonly add_linkerd_headers?: boolean;

  /**
   * Takes the client's address from the connection.
   *
   * @default true
   */
  readonly use_remote_address?: boolean;

  /**
   * Trusted proxies in front that set `X-Forwarded-For`.
   *
   * @default 0
   */
  readonly xff_num_trusted_hops?: number;

  /** @default false */
  readonly merge_slashes?: boolean;

  /** @default false */
  readonly reject_requests_with_escaped_slashes?: boolean;

  /** @default 'text' */
  readonly envoy_log_type?: 'text' | 'json' | 'typed_json';

  /** @default 'envoy' */
  readonly server_name?: string;
}

export class Listener extends apiObjectClass<ListenerProps>('getambassador.io/v3alpha1', 'Listener') {}
export class Host extends apiObjectClass<HostProps>('getambassador.io/v3alpha1', 'Host') {}
export class Mapping extends apiObjectClass<MappingProps>('getambassador.io/v3alpha1', 'Mapping') {}
export class Module extends apiObjectClass<ModuleProps>('getambassador.io/v3alpha1', 'Module') {}
