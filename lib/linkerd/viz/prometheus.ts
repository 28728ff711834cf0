import type { Construct } from 'constructs';
import { ConfigMap } from '../../../imports/kubernetes';
import type { Json } from '../../objects/manifest';
import { toYaml } from '../../render/yaml';
import { CREATED_BY, objectLabels } from './labels';
import { VIZ_NAMESPACE } from './namespace';
import { PROMETHEUS_CONFIG } from './prometheus-config';
import type { VizSettings } from './settings';
import { addWorkload } from './workload';

const CONFIG = 'prometheus-config';
const FILE = 'prometheus.yml';

/** The user that Prometheus's image is made for. */
const NOBODY = 65534;

/** Viz's own Prometheus. Its figures are for the dashboard, not for keeping: six hours, and gone with the pod. */
export function addPrometheus(scope: Construct, settings: VizSettings): void {
  new ConfigMap(scope, CONFIG, {
    metadata: {
      name: CONFIG,
      namespace: VIZ_NAMESPACE,
      labels: objectLabels('prometheus'),
      annotations: CREATED_BY,
    },
    data: { [FILE]: toYaml(PROMETHEUS_CONFIG as unknown as Json) },
  });
  const probe = (path: string) => ({
    httpGet: { path, port: 9090 },
    initialDelaySeconds: 30,
    timeoutSeconds: 30,
  });
  addWorkload(scope, {
    component: 'prometheus',
    settings,
    user: NOBODY,
    fsGroup: NOBODY,
    evictable: false,
    servicePorts: [{ name: 'admin', port: 9090, targetPort: 9090 }],
    container: {
      args: [
        `--log.level=${settings.logLevel}`,
        // Prometheus's words for the formats.
        `--log.format=${settings.logFormat === 'json' ? 'json' : 'logfmt'}`,
        `--config.file=/etc/prometheus/${FILE}`,
        '--storage.tsdb.path=/data',
        '--storage.tsdb.retention.time=6h',
      ],
      ports: { admin: 9090 },
      livenessProbe: probe('/-/healthy'),
      readinessProbe: probe('/-/ready'),
      volumeMounts: [
        { name: 'data', mountPath: '/data' },
        { name: CONFIG, mountPath: `/etc/prometheus/${FILE}`, subPath: FILE, readOnly: true },
      ],
    },
    volumes: [
      { name: 'data', emptyDir: {} },
      { name: CONFIG, configMap: { name: CONFIG } },
    ],
  });
}
