import type { Component } from './component';
import { CONFIG_NAMES, DIAGNOSTIC_PORTS, SYSTEM_NAMESPACE } from './component';

/** Makes an HPA for each revision of the autoscaling class `hpa.autoscaling.knative.dev`. */
export const AUTOSCALER_HPA: Component = {
  name: 'autoscaler-hpa',
  serviceAccount: 'controller',
  selector: { app: 'autoscaler-hpa' },
  labels: { 'autoscaling.knative.dev/autoscaler-provider': 'hpa' },
  container: {
    env: [SYSTEM_NAMESPACE, ...CONFIG_NAMES],
    ports: [...DIAGNOSTIC_PORTS, { name: 'probes', containerPort: 8080 }],
    readinessProbe: {
      httpGet: { path: '/readiness', port: 'probes', scheme: 'HTTP' },
      periodSeconds: 5,
      failureThreshold: 5,
    },
    livenessProbe: {
      httpGet: { path: '/health', port: 'probes', scheme: 'HTTP' },
      periodSeconds: 5,
      failureThreshold: 5,
    },
  },
  resources: { requests: { cpu: '30m', memory: '40Mi' }, limits: { cpu: '300m', memory: '400Mi' } },
  service: { name: 'autoscaler-hpa', selector: { app: 'autoscaler-hpa' }, labels: { app: 'autoscaler-hpa' } },
};
