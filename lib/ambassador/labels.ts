/** The namespace, and the name of the Deployment, the public Service, the ServiceAccount, the Module and the roles. */
export const AMBASSADOR = 'ambassador';

/** The labels by which the Deployment knows its pods: those of Emissary's own chart, since a Deployment's selector never changes. */
export const POD_SELECTOR = {
  'app.kubernetes.io/name': AMBASSADOR,
  'app.kubernetes.io/instance': AMBASSADOR,
} as const;

/** The labels by which the public and the internal Service know the pods that take requests. */
export const REQUEST_SELECTOR = { ...POD_SELECTOR, profile: 'main' } as const;

/** The labels of every object. */
export const LABELS = { ...POD_SELECTOR, 'app.kubernetes.io/part-of': AMBASSADOR } as const;

/** The labels of the pods. */
export const POD_LABELS = { ...LABELS, ...REQUEST_SELECTOR } as const;

/**
 * The label of the Service whose address Emissary tells Knative for requests inside the cluster. Of several with it the last one
 * that Emissary sees wins, so one has it. Source: Emissary 4.1.0, `python/ambassador/fetch/service.py`.
 */
export const KNATIVE_SERVICE_LABEL = { 'app.kubernetes.io/component': 'ambassador-service' } as const;
