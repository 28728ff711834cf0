import type { NetworkingLimits } from '../model/networking-limits';

/** The class of the Ingresses that Kourier takes, which is how Serving names the layer to whom these limits belong. */
export const INGRESS_CLASS = 'kourier.ingress.networking.knative.dev';

/**
 * What Kourier cannot do for Knative Services, which is nothing of what there is to say: routes have no timeout but the revision's, splits go by
 * their weights, tags go by header, WebSocket and HTTP/2 pass, DomainMappings and Serving's TLS count. Source: net-kourier 1.23.0,
 * `pkg/generator/ingress_translator.go` and `pkg/envoy/api/route.go`. docs/networking.md has what is not about a service.
 */
export const LIMITS: NetworkingLimits = {};
