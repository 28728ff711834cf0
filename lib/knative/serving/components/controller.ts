import type { Component } from './component';
import { CONFIG_NAMES, DIAGNOSTIC_PORTS, POD_NAME, SYSTEM_NAMESPACE } from './component';

/** Makes of each Knative Service what Kubernetes and the networking layer need. */
export const CONTROLLER: Component = {
  name: 'controller',
  serviceAccount: 'controller',
  selector: { app: 'controller' },
  container: {
    env: [POD_NAME, SYSTEM_NAMESPACE, ...CONFIG_NAMES],
    ports: [...DIAGNOSTIC_PORTS, { name: 'probes', containerPort: 8080 }],
    readinessProbe: {
      httpGet: { path: '/readiness', port: 'probes', scheme: 'HTTP' },
      periodSeconds: 5,
      failureThreshold: 3,
    },
    livenessProbe: {
      httpGet: { path: '/health', port: 'probes', scheme: 'HTTP' },
      periodSeconds: 5,
      failureThreshold: 6,
    },
  },
  resources: { requests: { cpu: '100m', memory: '100Mi' }, limits: { cpu: '1000m', memory: '1000Mi' } },
  service: { name: 'controller', selector: { app: 'controller' }, labels: { app: 'controller' } },
};
