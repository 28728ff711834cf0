import type { Construct } from 'constructs';
import { CronJob } from '../../../imports/kubernetes';
import { CLUSTER_DOMAIN } from '../proxy/cluster-domain';
import { VIZ_NAMESPACE } from '../viz/namespace';
import { componentSelector, CREATED_BY, workloadLabels } from './labels';
import { LINKERD_NAMESPACE } from './namespace';
import { API_ACCESS } from './service-account-token';
import type { ControlPlaneSettings } from './settings';
import { placement } from './settings';
import { controller } from './workload';

/** Where viz's own Prometheus answers. */
export const VIZ_PROMETHEUS_URL = `http://prometheus.${VIZ_NAMESPACE}.svc.${CLUSTER_DOMAIN}:9090`;

/** Asks Linkerd's makers once a day for a newer version, and tells them a few figures of the mesh. */
export function addHeartbeat(scope: Construct, settings: ControlPlaneSettings): void {
  const { logLevel, logFormat, prometheusUrl } = settings;
  new CronJob(scope, 'heartbeat', {
    metadata: {
      name: 'linkerd-heartbeat',
      namespace: LINKERD_NAMESPACE,
      labels: workloadLabels('heartbeat'),
      annotations: CREATED_BY,
    },
    spec: {
      concurrencyPolicy: 'Replace',
      schedule: settings.heartbeatSchedule,
      successfulJobsHistoryLimit: 0,
      jobTemplate: {
        spec: {
          template: {
            metadata: {
              labels: { ...componentSelector('heartbeat'), 'linkerd.io/workload-ns': LINKERD_NAMESPACE },
              annotations: { ...CREATED_BY, ...settings.podAnnotations },
            },
            spec: {
              ...placement(settings),
              automountServiceAccountToken: false,
              containers: [
                controller(settings, {
                  name: 'heartbeat',
                  resources: 'heartbeat',
                  args: [
                    'heartbeat',
                    `-controller-namespace=${LINKERD_NAMESPACE}`,
                    `-log-level=${logLevel}`,
                    `-log-format=${logFormat}`,
                    `-prometheus-url=${prometheusUrl === '' ? VIZ_PROMETHEUS_URL : prometheusUrl}`,
                  ],
                  // The image's entry point waits for a proxy, which this pod has not, unless this is set.
                  env: [{ name: 'LINKERD_DISABLED', value: 'heartbeat has no proxy' }],
                }),
              ],
              restartPolicy: 'Never',
              securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
              serviceAccountName: 'linkerd-heartbeat',
              volumes: [API_ACCESS],
            },
          },
        },
      },
    },
  });
}
