/** The annotation that says whether pods are meshed: on a namespace, or on a pod template, which wins. */
export const INJECT_ANNOTATION = 'linkerd.io/inject';

/** The container that is Linkerd's proxy: among the containers, or as a native sidecar among the init containers. */
export const PROXY_CONTAINER = 'linkerd-proxy';

/** Namespaces whose pods the proxy injector leaves alone whatever is annotated. Source: Linkerd edge-26.8.3, the control plane's chart. */
export const NEVER_MESHED: readonly string[] = ['kube-system', 'cert-manager'];

/** The label whose value `disabled` keeps Linkerd's admission webhooks, the proxy injector's among them, away from a namespace. */
export const ADMISSION_WEBHOOKS_LABEL = 'config.linkerd.io/admission-webhooks';

/**
 * What Linkerd's proxy injector does with a pod: `enabled` meshes it, `disabled` leaves it alone, `ingress` meshes it and
 * routes outgoing HTTP by its `l5d-dst-override` header, for ingresses that call pod addresses without naming the service.
 */
export type Inject = 'enabled' | 'disabled' | 'ingress';
