import type { Component } from './component';
import { CONFIG_NAMES, DIAGNOSTIC_PORTS, POD_IP, POD_NAME, SYSTEM_NAMESPACE } from './component';

/** Takes requests for services that have no pod yet, or too few, until they have. */
export const ACTIVATOR: Component = {
  name: 'activator',
  serviceAccount: 'activator',
  selector: { app: 'activator', role: 'activator' },
  container: {
    env: [{ name: 'GOGC', value: '500' }, POD_NAME, POD_IP, SYSTEM_NAMESPACE, ...CONFIG_NAMES],
    ports: [...DIAGNOSTIC_PORTS, { name: 'http1', containerPort: 8012 }, { name: 'h2c', containerPort: 8013 }],
    readinessProbe: { httpGet: { port: 8012 }, periodSeconds: 5, failureThreshold: 5 },
    livenessProbe: { httpGet: { port: 8012 }, periodSeconds: 10, failureThreshold: 12, initialDelaySeconds: 15 },
  },
  resources: { requests: { cpu: '300m', memory: '60Mi' }, limits: { cpu: '1000m', memory: '600Mi' } },
  // As long as a request may take: those that it carries end before it does.
  pod: { terminationGracePeriodSeconds: 600 },
  service: {
    name: 'activator-service',
    type: 'ClusterIP',
    selector: { app: 'activator' },
    labels: { app: 'activator' },
    ports: [
      { name: 'http', port: 80, targetPort: 8012 },
      { name: 'http2', port: 81, targetPort: 8013 },
      { name: 'https', port: 443, targetPort: 8112 },
    ],
  },
  autoscaling: { minReplicas: 1, maxReplicas: 20 },
};
