/** The oldest version of Kubernetes that the platform runs on. Source: Knative Serving 1.23, whose controllers end on older ones. */
export const LEAST_KUBERNETES = { major: 1, minor: 34 } as const;

/** As people write it. */
export const KUBERNETES_VERSION = `${LEAST_KUBERNETES.major}.${LEAST_KUBERNETES.minor}`;
