import type { ObjectIndex } from '../object-index';
import { missingToken } from '../proxy-token';
import { selects } from '../selector';
import { entryOf } from '../../objects/entry-of';
import { INJECT_ANNOTATION, NEVER_MESHED, PROXY_CONTAINER } from '../../objects/inject';
import type { PlatformObject } from '../../objects/manifest';
import { at, list, strings, text } from '../../objects/json';
import type { KubernetesServices } from './service';
import { admissionWebhooksOf } from './webhook';
import type { Container, Workload } from './workload';

/** Whether a workload's pods have a proxy, and if not, why. */
export type Membership = { readonly meshed: true } | { readonly meshed: false; readonly because: string };

/** What Linkerd makes of the pods of a platform. */
export interface Mesh {
  membership(workload: Workload): Membership;

  /** The annotation of the workload's pods: their template's, or else their namespace's. */
  annotation(workload: Workload, key: string): string | undefined;

  /** The labels of a namespace, with the name that the API server adds. */
  labelsOf(namespace: string): Readonly<Record<string, string>>;
}

/** Names the proxy injector's workload. Source: Linkerd edge-26.8.3, the label of its Deployment. */
const INJECTOR_LABEL = { key: 'linkerd.io/control-plane-component', value: 'proxy-injector' } as const;

export function meshOf(objects: readonly PlatformObject[], services: KubernetesServices, index: ObjectIndex): Mesh {
  const namespaces = new Map(
    objects
      .filter(({ manifest }) => manifest.kind === 'Namespace' && manifest.apiVersion === 'v1')
      .map(({ manifest }) => [manifest.metadata.name ?? '', manifest.metadata]),
  );
  const labelsOf = (name: string): Readonly<Record<string, string>> => ({
    ...strings(namespaces.get(name)?.labels),
    'kubernetes.io/metadata.name': name,
  });
  const injectors = admissionWebhooksOf(objects).filter(
    ({ webhook, service }) =>
      list(at(webhook, 'rules')).some((rule) => list(at(rule, 'resources')).includes('pods')) &&
      services.behind(service).some(({ workload }) => workload.labels[INJECTOR_LABEL.key] === INJECTOR_LABEL.value),
  );
  const covered = ({ namespace, labels }: Workload): boolean =>
    // Where the injector's configuration is not among the objects, what it leaves alone by its release counts.
    injectors.length === 0
      ? !NEVER_MESHED.includes(namespace)
      : injectors.some(
          ({ webhook }) =>
            selects(at(webhook, 'namespaceSelector'), labelsOf(namespace)) &&
            selects(at(webhook, 'objectSelector'), labels),
        );

  const newMembership = (workload: Workload): Membership => {
    const { annotations, namespace, containers, hostNetwork, spec } = workload;
    if (proxyOf(containers) !== undefined) return { meshed: true };
    const own = annotations[INJECT_ANNOTATION];
    const inherited = text(at(namespaces.get(namespace)?.annotations, INJECT_ANNOTATION));
    const inject = own ?? inherited;
    const whose = own === undefined ? `namespace ${namespace}` : 'its pod template';
    if (inject === undefined)
      return outside(`neither namespace ${namespace} nor its pod template has ${INJECT_ANNOTATION}`);
    if (inject !== 'enabled' && inject !== 'ingress') return outside(`${whose} has ${INJECT_ANNOTATION}: ${inject}`);
    if (hostNetwork) return outside('its pods use the network of their node');
    if (!covered(workload)) return outside(`no webhook of the proxy injector covers namespace ${namespace}`);
    const token = missingToken({ namespace, spec }, index);
    return token === undefined ? { meshed: true } : outside(token.reason);
  };
  // Each connection asks for both of its ends.
  const memberships = new Map<Workload, Membership>();

  return {
    labelsOf,
    annotation: ({ annotations, namespace }, key) =>
      annotations[key] ?? strings(namespaces.get(namespace)?.annotations)[key],
    membership: (workload) => entryOf(memberships, workload, () => newMembership(workload)),
  };
}

const outside = (because: string): Membership => ({ meshed: false, because });

/** The proxy that a manifest brings itself, as Linkerd's own do. */
export function proxyOf(containers: readonly Container[]): Container | undefined {
  return containers.find(({ name }) => name === PROXY_CONTAINER);
}

/** Ports as Linkerd's annotations and arguments list them: `25,8000-8010`. */
export function isInPorts(port: number, ports: string | undefined): boolean {
  if (ports === undefined) return false;
  return ports.split(',').some((part) => {
    const [, from, to = from] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part) ?? [];
    return from !== undefined && port >= Number(from) && port <= Number(to);
  });
}

/** The value of an argument: `--name=value`, or `--name value`. */
export function argument(args: readonly string[], name: string): string | undefined {
  const index = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  const arg = args[index];
  if (arg === undefined) return undefined;
  return arg === name ? text(args[index + 1]) : arg.slice(name.length + 1);
}
