import type { Construct } from 'constructs';
import { TRUST_ROOTS } from '../proxy/env';
import { componentSelector } from './labels';
import { LINKERD_CONFIG } from './linkerd-config';
import { LINKERD_NAMESPACE } from './namespace';
import type { ControlPlaneSettings } from './settings';
import { addWorkload } from './workload';

/** Adds the proxy to pods as they are created. */
export function addProxyInjector(scope: Construct, settings: ControlPlaneSettings): void {
  addWorkload(scope, {
    component: 'proxy-injector',
    settings,
    replicas: settings.injectorReplicas,
    matchLabels: componentSelector('proxy-injector'),
    inboundPorts: [8443, 9995],
    podAnnotations: { 'config.linkerd.io/opaque-ports': '8443' },
    controllers: [
      {
        name: 'proxy-injector',
        resources: 'proxyInjector',
        args: [
          'proxy-injector',
          `-log-level=${settings.logLevel}`,
          `-log-format=${settings.logFormat}`,
          `-linkerd-namespace=${LINKERD_NAMESPACE}`,
          '-enable-pprof=false',
        ],
        ports: { 'proxy-injector': 8443, 'injector-admin': 9995 },
        admin: { port: 9995, livePath: '/ping' },
        volumeMounts: [
          { name: 'config', mountPath: '/var/run/linkerd/config' },
          { name: 'trust-roots', mountPath: '/var/run/linkerd/identity/trust-roots' },
          { name: 'tls', mountPath: '/var/run/linkerd/tls', readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: LINKERD_CONFIG } },
      { name: 'trust-roots', configMap: { name: TRUST_ROOTS.configMap } },
      { name: 'tls', secret: { secretName: 'linkerd-proxy-injector-k8s-tls' } },
    ],
  });
}
