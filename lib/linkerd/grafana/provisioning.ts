import type { Construct } from 'constructs';
import { ConfigMap } from '../../../imports/kubernetes';
import type { Json } from '../../objects/manifest';
import { toYaml } from '../../render/yaml';
import { dashboard } from './dashboard';
import { GRAFANA, metadata } from './names';
import { DATA_SOURCE } from './panels';
import { RESOURCES } from './resources';

/** A ConfigMap, and where the container finds its keys as files. */
interface Mounted {
  readonly configMap: string;
  readonly mountPath: string;
}

/** What Grafana reads when it starts, and dashboards also later. */
export const PROVISIONED = {
  dataSources: { configMap: `${GRAFANA}-data-sources`, mountPath: '/etc/grafana/provisioning/datasources' },
  dashboardProviders: {
    configMap: `${GRAFANA}-dashboard-providers`,
    mountPath: '/etc/grafana/provisioning/dashboards',
  },
  dashboards: { configMap: `${GRAFANA}-dashboards`, mountPath: '/etc/grafana/dashboards' },
} as const satisfies Record<string, Mounted>;

/** The environment variable that holds the URL of Prometheus: Grafana reads data sources when it starts, and a changed variable restarts it. */
export const PROMETHEUS_URL = 'PROMETHEUS_URL';

/** What is shown first. */
export const HOME_DASHBOARD = `${PROVISIONED.dashboards.mountPath}/linkerd-namespace.json`;

const DATA_SOURCES: Json = {
  apiVersion: 1,
  datasources: [
    {
      ...DATA_SOURCE,
      name: 'Prometheus',
      access: 'proxy',
      url: `$${PROMETHEUS_URL}`,
      isDefault: true,
      editable: false,
      // How often viz's Prometheus scrapes.
      jsonData: { httpMethod: 'POST', timeInterval: '10s' },
    },
  ],
};

const DASHBOARD_PROVIDERS: Json = {
  apiVersion: 1,
  providers: [
    {
      name: 'linkerd',
      type: 'file',
      allowUiUpdates: false,
      disableDeletion: true,
      options: { path: PROVISIONED.dashboards.mountPath },
    },
  ],
};

/** The data source and the dashboards, as files. */
export function addProvisioning(scope: Construct): void {
  const files = {
    dataSources: { 'prometheus.yaml': toYaml(DATA_SOURCES) },
    dashboardProviders: { 'linkerd.yaml': toYaml(DASHBOARD_PROVIDERS) },
    dashboards: Object.fromEntries(
      RESOURCES.map(dashboard).map((content) => [`${content.uid}.json`, JSON.stringify(content, null, 1)]),
    ),
  };
  for (const [part, { configMap }] of Object.entries(PROVISIONED)) {
    const data = files[part as keyof typeof files];
    new ConfigMap(scope, configMap, { metadata: metadata(configMap), data });
  }
}
