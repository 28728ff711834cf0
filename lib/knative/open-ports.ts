import type { OpenPort } from '../mesh/open-port';
import { QUEUE_PROXY_PORTS } from '../objects/revision-ports';
import { WEBHOOK } from './serving/components/webhook';

/**
 * The port of Serving's webhook. The API server calls it and is not in the mesh; without it no ConfigMap and no Knative Service can be written.
 * Kubelets call it too: the webhook's probes are HTTPS on the same port, and Linkerd lets only probes of plain HTTP pass by itself.
 */
export const WEBHOOK_PORT: OpenPort = {
  name: 'webhook',
  podSelector: { matchLabels: WEBHOOK.selector },
  port: 8443,
  protocol: 'TLS',
  callers: ['apiServer', 'nodes'],
};

/**
 * The port of queue-proxy, in each pod of a Knative Service, on which the kubelet calls the hook that ends its requests before the pod stops
 * (`/wait-for-drain`). Where it is refused, requests are dropped at each scale-down: Linkerd lets probes pass by itself, hooks never.
 */
export const DRAIN_HOOK_PORT: OpenPort = {
  name: 'queue-proxy-drain-hook',
  podSelector: { matchExpressions: [{ key: 'serving.knative.dev/revision', operator: 'Exists' }] },
  port: QUEUE_PROXY_PORTS.hooks,
  protocol: 'HTTP/1',
  callers: ['nodes'],
};
