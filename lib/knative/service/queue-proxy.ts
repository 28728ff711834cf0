import { knownProps, VALUE } from '../../objects/known-props';
import type { Quantity } from '../../syntax/quantity';
import type { Admission } from './admission';

/**
 * Serving's queue-proxy, which stands before the serving container in each pod: the annotations
 * `queue.sidecar.serving.knative.dev/*` of the template. What is not given is as `config-deployment` of the platform's settings
 * has it. Source: Serving 1.23.0, `pkg/apis/serving/register.go`.
 */
export interface QueueProxy {
  /** @default - `queue-sidecar-cpu-request` of the settings, which is 25m */
  readonly cpuRequest?: Quantity;

  /** @default - `queue-sidecar-cpu-limit` of the settings, which has none */
  readonly cpuLimit?: Quantity;

  /** @default - `queue-sidecar-memory-request` of the settings, which has none */
  readonly memoryRequest?: Quantity;

  /** @default - `queue-sidecar-memory-limit` of the settings, which has none */
  readonly memoryLimit?: Quantity;

  /** @default - `queue-sidecar-ephemeral-storage-request` of the settings, which has none */
  readonly ephemeralStorageRequest?: Quantity;

  /** @default - `queue-sidecar-ephemeral-storage-limit` of the settings, which has none */
  readonly ephemeralStorageLimit?: Quantity;

  /**
   * Mounts the pod's annotations into queue-proxy, for extensions of it. Flag `queueproxy.mount-podinfo`.
   *
   * @default - not unless the flag is `enabled`
   */
  readonly mountPodInfo?: true;
}

/** The props of {@link QueueProxy}. */
export const QUEUE_PROXY_PROPS = knownProps<QueueProxy>({
  cpuRequest: VALUE,
  cpuLimit: VALUE,
  memoryRequest: VALUE,
  memoryLimit: VALUE,
  ephemeralStorageRequest: VALUE,
  ephemeralStorageLimit: VALUE,
  mountPodInfo: VALUE,
});

const QUEUE_SIDECAR = 'queue.sidecar.serving.knative.dev/';
const POD_INFO = 'features.knative.dev/queueproxy-podinfo';

const ANNOTATIONS: Readonly<Record<Exclude<keyof QueueProxy, 'mountPodInfo'>, string>> = {
  cpuRequest: `${QUEUE_SIDECAR}cpu-resource-request`,
  cpuLimit: `${QUEUE_SIDECAR}cpu-resource-limit`,
  memoryRequest: `${QUEUE_SIDECAR}memory-resource-request`,
  memoryLimit: `${QUEUE_SIDECAR}memory-resource-limit`,
  ephemeralStorageRequest: `${QUEUE_SIDECAR}ephemeral-storage-resource-request`,
  ephemeralStorageLimit: `${QUEUE_SIDECAR}ephemeral-storage-resource-limit`,
};

/** The annotations that {@link QueueProxy} writes, and the prop that does. */
export const QUEUE_PROXY_ANNOTATIONS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({ ...ANNOTATIONS, mountPodInfo: POD_INFO }).map(([prop, key]) => [key, `queueProxy.${prop}`]),
);

/** The annotations of a template that say what queue-proxy gets. */
export function queueProxyAnnotations(admission: Admission, queueProxy: QueueProxy): Record<string, string> {
  const annotations: Record<string, string> = {};
  for (const prop of Object.keys(ANNOTATIONS) as (keyof typeof ANNOTATIONS)[]) {
    const quantity = queueProxy[prop];
    if (quantity === undefined) continue;
    annotations[ANNOTATIONS[prop]] = quantity;
  }
  if (queueProxy.mountPodInfo !== undefined) {
    admission.requireFlag('queueProxy.mountPodInfo', 'queueproxy.mount-podinfo');
    annotations[POD_INFO] = 'enabled';
  }
  return annotations;
}
