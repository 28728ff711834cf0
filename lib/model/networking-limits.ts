/** Something that a networking layer cannot do: why, and what to do instead. */
export interface Limit {
  /** What happens, in a clause that fits behind "with <layer>, ". */
  readonly effect: string;

  /** What to do about it, as an imperative. */
  readonly remedy: string;
}

/** What a networking layer cannot do. What is not there, it can. */
export interface NetworkingLimits {
  /**
   * Requests end after this many seconds, whatever the service's `timeoutSeconds` says.
   *
   * @default - none: the service's own timeout counts
   */
  readonly requestTimeout?: Limit & { readonly seconds: number };

  /**
   * Traffic is not split over revisions by percentages.
   *
   * @default - it is
   */
  readonly trafficSplit?: Limit;

  /**
   * HTTP/2 without TLS, and so gRPC, does not reach a service.
   *
   * @default - it does
   */
  readonly http2?: Limit;

  /**
   * WebSocket connections are refused unless the service asks for them.
   *
   * @default - they pass
   */
  readonly webSocket?: Limit;

  /**
   * Requests are not routed to a tag by the header `Knative-Serving-Tag`.
   *
   * @default - they are, where the feature is on
   */
  readonly tagHeader?: Limit;

  /**
   * DomainMappings do not work.
   *
   * @default - they do
   */
  readonly domainMapping?: Limit;

  /**
   * Knative's own options for TLS (`external-domain-tls`, `httpOption`) are ignored.
   *
   * @default - they count
   */
  readonly tls?: Limit;
}
