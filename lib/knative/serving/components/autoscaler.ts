import type { Component } from './component';
import { CONFIG_NAMES, DIAGNOSTIC_PORTS, POD_IP, POD_NAME, SYSTEM_NAMESPACE } from './component';

/** Decides how many pods each revision has, by what activators and queue proxies tell it. */
export const AUTOSCALER: Component = {
  name: 'autoscaler',
  serviceAccount: 'controller',
  selector: { app: 'autoscaler' },
  container: {
    env: [POD_NAME, POD_IP, SYSTEM_NAMESPACE, ...CONFIG_NAMES],
    ports: [...DIAGNOSTIC_PORTS, { name: 'websocket', containerPort: 8080 }],
    readinessProbe: { httpGet: { port: 8080 } },
    livenessProbe: { httpGet: { port: 8080 }, failureThreshold: 6 },
  },
  resources: { requests: { cpu: '100m', memory: '100Mi' }, limits: { cpu: '1000m', memory: '1000Mi' } },
  deployment: { replicas: 1, strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } } },
  service: {
    name: 'autoscaler',
    selector: { app: 'autoscaler' },
    labels: { app: 'autoscaler' },
    ports: [{ name: 'http', port: 8080, targetPort: 8080 }],
  },
};
