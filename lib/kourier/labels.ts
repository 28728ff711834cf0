/** The name of the layer and of its public Service. */
export const KOURIER = 'kourier';

/** The namespace of the pods that requests pass through. */
export const KOURIER_NAMESPACE = 'kourier-system';

/** The namespace of Kourier's controller: it reads Serving's ConfigMaps, which are those of its own namespace. */
export const CONTROLLER_NAMESPACE = 'knative-serving';

/** The pods that requests pass through: what their Deployment is called, and by what its selectors know them. */
export const GATEWAY = '3scale-kourier-gateway';

/** What turns Knative Ingresses into the gateways' configuration: its Deployment and its Service. */
export const CONTROLLER = 'net-kourier-controller';

/** The release of Kourier that is embedded here. */
export const KOURIER_VERSION = '1.23.0';

/** The labels of every object, those of Kourier's own release. */
export const LABELS = {
  'networking.knative.dev/ingress-provider': KOURIER,
  'app.kubernetes.io/name': 'knative-serving',
  'app.kubernetes.io/component': 'net-kourier',
  'app.kubernetes.io/version': KOURIER_VERSION,
} as const;

export const GATEWAY_SELECTOR = { app: GATEWAY } as const;
export const CONTROLLER_SELECTOR = { app: CONTROLLER } as const;
