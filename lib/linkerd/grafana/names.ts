import { CLUSTER_DOMAIN } from '../proxy/cluster-domain';
import { VIZ_NAMESPACE } from '../viz/namespace';

/** What all of Grafana's objects are called. */
export const GRAFANA = 'grafana';

export const GRAFANA_PORT = 3000;

/** That port's name in the pod. */
export const HTTP = 'http';

/** The option `grafanaUrl` of viz for this Grafana: the dashboard passes requests under `/grafana` on to it. */
export const GRAFANA_URL = `${GRAFANA}.${VIZ_NAMESPACE}.svc.${CLUSTER_DOMAIN}:${GRAFANA_PORT}`;

/** By what the pods are found. Not viz's own label: its command line tool would take the objects for left-overs of an upgrade. */
export const GRAFANA_LABELS = { 'app.kubernetes.io/name': GRAFANA };

export const metadata = (name: string = GRAFANA) => ({ name, namespace: VIZ_NAMESPACE, labels: GRAFANA_LABELS });
