import type { Component } from './component';
import { CONFIG_NAMES, DIAGNOSTIC_PORTS, POD_NAME, SYSTEM_NAMESPACE } from './component';

/** Checks and completes Serving's objects and ConfigMaps when they are written. */
export const WEBHOOK: Component = {
  name: 'webhook',
  serviceAccount: 'controller',
  selector: { app: 'webhook', role: 'webhook' },
  container: {
    env: [
      POD_NAME,
      SYSTEM_NAMESPACE,
      ...CONFIG_NAMES,
      { name: 'WEBHOOK_NAME', value: 'webhook' },
      { name: 'WEBHOOK_PORT', value: '8443' },
    ],
    ports: [...DIAGNOSTIC_PORTS, { name: 'https-webhook', containerPort: 8443 }],
    readinessProbe: { httpGet: { scheme: 'HTTPS', port: 8443 }, periodSeconds: 1 },
    livenessProbe: {
      httpGet: { scheme: 'HTTPS', port: 8443 },
      periodSeconds: 10,
      failureThreshold: 6,
      initialDelaySeconds: 20,
    },
  },
  resources: { requests: { cpu: '100m', memory: '100Mi' }, limits: { cpu: '500m', memory: '500Mi' } },
  pod: { terminationGracePeriodSeconds: 300 },
  service: {
    name: 'webhook',
    selector: { app: 'webhook', role: 'webhook' },
    labels: { app: 'webhook', role: 'webhook' },
    ports: [{ name: 'https-webhook', port: 443, targetPort: 8443 }],
  },
  autoscaling: { minReplicas: 1, maxReplicas: 5 },
};
