import { at, list, strings, text } from '../../../objects/json';
import { describeObject } from '../../../objects/manifest';
import { re2 } from '../../../syntax/re2';
import { readYamlValue } from '../../../yaml/stream';
import type { Cluster } from '../cluster';
import type { Connection } from '../connection';
import type { Mesh } from '../mesh';
import type { Workload } from '../workload';
import { proxyOf } from '../workload';
import { PROXY_CONTAINER } from '../../../objects/inject';

/** What an injected proxy has that its pod's template does not show. Source: Linkerd edge-26.8.3, the proxy injector's patch. */
const INJECTED_PORTS = [
  { name: 'linkerd-proxy', number: 4143 },
  { name: 'linkerd-admin', number: 4191 },
] as const;
const CONTROL_PLANE_NAMESPACE_LABEL = 'linkerd.io/control-plane-ns';
const LINKERD_NAMESPACE = 'linkerd';

/** From a Prometheus to what its configuration makes it scrape among the pods of the platform. */
export function scrapeConnections(cluster: Cluster): Connection[] {
  const { workloads, configMapsOf } = cluster;
  return workloads.flatMap((from) =>
    configMapsOf(from).flatMap((object) =>
      Object.values(strings(object.manifest.data))
        .flatMap(scrapesOfPods)
        .flatMap((scrape) =>
          workloads
            .filter((to) => to !== from && isInNamespaces(scrape, to))
            .flatMap((to) => scraped(from, to, scrape, describeObject(object.manifest), cluster.mesh)),
        ),
    ),
  );
}

/** The scrapes of a Prometheus configuration that look for pods. Any other text has none. */
function scrapesOfPods(configuration: string): unknown[] {
  if (!configuration.includes('scrape_configs')) return [];
  return list(at(readYamlValue(configuration), 'scrape_configs')).filter((scrape) => discoveryOf(scrape) !== undefined);
}

const discoveryOf = (scrape: unknown): unknown =>
  list(at(scrape, 'kubernetes_sd_configs')).find((discovery) => at(discovery, 'role') === 'pod');

function isInNamespaces(scrape: unknown, { namespace }: Workload): boolean {
  const names = list(at(discoveryOf(scrape), 'namespaces', 'names'));
  return names.length === 0 || names.includes(namespace);
}

function scraped(from: Workload, to: Workload, scrape: unknown, knownFrom: string, mesh: Mesh): Connection[] {
  const { meshed } = mesh.membership(to);
  const injected = meshed && proxyOf(to) === undefined;
  const containers = injected ? [...to.containers, { name: PROXY_CONTAINER, ports: INJECTED_PORTS }] : to.containers;
  const labels = injected ? { ...to.labels, [CONTROL_PLANE_NAMESPACE_LABEL]: LINKERD_NAMESPACE } : to.labels;
  return containers.flatMap((container) =>
    container.ports
      .filter((port) =>
        isKept(list(at(scrape, 'relabel_configs')), {
          __meta_kubernetes_namespace: to.namespace,
          __meta_kubernetes_pod_phase: 'Running',
          __meta_kubernetes_pod_container_name: container.name,
          __meta_kubernetes_pod_container_port_name: port.name ?? '',
          __meta_kubernetes_pod_container_port_number: String(port.number),
          ...prefixed('__meta_kubernetes_pod_label_', labels),
          ...prefixed('__meta_kubernetes_pod_annotation_', to.annotations),
        }),
      )
      .map((port) => ({
        from,
        to,
        about: 'metrics',
        port: port.number,
        ofProxy: container.name === PROXY_CONTAINER,
        everyPod: true,
        knownFrom,
      })),
  );
}

/** Prometheus writes `_` for all that a label of its own may not have. */
function prefixed(prefix: string, labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [`${prefix}${key.replace(/[^a-zA-Z0-9_]/g, '_')}`, value]),
  );
}

/** What `keep` and `drop` of a relabel configuration leave. Other actions change labels that nobody asks for here. */
function isKept(rules: readonly unknown[], target: Readonly<Record<string, string>>): boolean {
  return rules.every((rule) => {
    const action = at(rule, 'action');
    if (action !== 'keep' && action !== 'drop') return true;
    const value = list(at(rule, 'source_labels'))
      .map((label) => target[text(label) ?? ''] ?? '')
      .join(text(at(rule, 'separator')) ?? ';');
    const regex = re2(`^(?:${text(at(rule, 'regex')) ?? '.*'})$`);
    return 'test' in regex && regex.test(value) === (action === 'keep');
  });
}
