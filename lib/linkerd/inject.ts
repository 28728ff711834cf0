/** The annotation that says whether pods are meshed: on a namespace, or on a pod template, which wins. */
export const INJECT_ANNOTATION = 'linkerd.io/inject';

/**
 * What Linkerd's proxy injector does with a pod: `enabled` meshes it, `disabled` leaves it alone, `ingress` meshes it and
 * routes outgoing HTTP by its `l5d-dst-override` header, for ingresses that call pod addresses without naming the service.
 */
export type Inject = 'enabled' | 'disabled' | 'ingress';
