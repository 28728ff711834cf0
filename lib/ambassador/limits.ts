import type { NetworkingLimits } from '../model/networking-limits';

/** The class of the Ingresses that Ambassador takes, which is how Serving names the layer to whom these limits belong. */
export const INGRESS_CLASS = 'ambassador.ingress.networking.knative.dev';

/**
 * What Ambassador cannot do for Knative Services. Emissary's own tests end at Serving 0.18, and Knative's documentation has dropped it as
 * untested. Source: Emissary 4.1.0, `python/ambassador/fetch/knative.py`, run in Envoy.
 */
export const LIMITS: NetworkingLimits = {
  requestTimeout: {
    seconds: 15,
    effect: 'a request ends with 504 after 15 seconds, whatever timeoutSeconds says',
    remedy:
      'answer within 15 seconds, for example with a job that the client asks for later, or choose another networking layer',
  },
  trafficSplit: {
    effect:
      'requests that pass through the activator all land on the last revision of a split, so percentages do not hold',
    remedy: 'send all traffic to one revision, and reach others by the host names of their tags',
  },
  http2: {
    effect: 'HTTP/2 without TLS does not reach a service, so neither does gRPC',
    remedy: 'serve HTTP/1.1, for example as gRPC-Web or JSON, or choose another networking layer',
  },
  webSocket: {
    effect: 'a WebSocket connection is refused with 403',
    remedy: 'set webSocket: true on the service',
  },
  tagHeader: {
    effect: 'the header Knative-Serving-Tag is not looked at, and a route by it takes all the traffic of its service',
    remedy: 'leave tag-header-based-routing off, and reach a tag by its host name',
  },
  domainMapping: {
    effect: 'the host of a DomainMapping is not rewritten, so its requests find no service',
    remedy: 'use the host that Serving gives the service, or a domain of config-domain',
  },
  tls: {
    effect: "Serving's external-domain-tls and http-protocol do nothing",
    remedy: 'set tls of ambassador() instead: certificates, minimum version and redirect',
  },
};
