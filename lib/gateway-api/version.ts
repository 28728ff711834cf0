/** The release of Gateway API that `linkerd check` of edge-26.8.3 names. */
export const GATEWAY_API_VERSION = '1.5.1';
