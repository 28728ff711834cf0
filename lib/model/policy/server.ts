import { at, list, mapping, text } from '../../objects/json';
import type { PlatformObject } from '../../objects/manifest';
import type { ObjectIndex } from '../object-index';
import type { PodTemplate } from '../pod-template';
import { isKnative } from '../pod-template';
import { selects } from '../selector';
import type { ServedPort } from '../served-pods';

export const POLICY_GROUP = 'policy.linkerd.io';

/** A Server of Linkerd: a port of pods, and who may call it. */
export interface Server {
  readonly object: PlatformObject;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;

  /** By its number, or by the name that a container gives it. */
  readonly port: number | string | undefined;

  /** What counts for those whom nothing authorizes. */
  readonly policy: string;

  /** What the proxy expects; `unknown` makes it look at the first bytes. */
  readonly protocol: string;
}

/** The Servers that select a template's pods. */
export function serversOf(template: PodTemplate, objects: ObjectIndex): Server[] {
  const inNamespace = objects.inNamespace(POLICY_GROUP, 'Server', template.namespace);
  if (inNamespace.length === 0) return [];
  const labels = podLabels(template);
  return inNamespace
    .filter(({ manifest: { spec } }) => {
      const selector = at(spec, 'podSelector');
      return selector !== undefined && selects(selector, labels);
    })
    .map((object): Server => {
      const { metadata, spec } = object.manifest;
      return {
        object,
        namespace: template.namespace,
        name: metadata.name ?? '',
        labels: mapping(metadata.labels) as Readonly<Record<string, string>>,
        port: at(spec, 'port') as Server['port'],
        policy: text(at(spec, 'accessPolicy')) ?? 'deny',
        protocol: text(at(spec, 'proxyProtocol')) ?? 'unknown',
      };
    });
}

/**
 * The Servers whose selector takes the pods of no template. One that takes all pods of its namespace may be there before any is, and one for workloads outside of
 * the cluster selects none.
 */
export function serversWithoutPods(objects: ObjectIndex): PlatformObject[] {
  return objects.ofKind(POLICY_GROUP, 'Server').filter(({ manifest: { metadata, spec } }) => {
    const selector = at(spec, 'podSelector');
    const takesAll = ['matchLabels', 'matchExpressions'].every((key) => isEmpty(at(selector, key)));
    if (selector === undefined || takesAll) return false;
    return !objects
      .podTemplatesIn(metadata.namespace ?? 'default')
      .some((template) => selects(selector, podLabels(template)));
  });
}

const isEmpty = (value: unknown): boolean => Object.keys(mapping(value)).length + list(value).length === 0;

/** The Servers that are about a port of pods, by its number or by its name. Of several Linkerd takes the oldest. */
export const serversAt = ({ template, port, portName }: ServedPort, objects: ObjectIndex): Server[] =>
  serversOf(template, objects).filter(
    (server) => server.port === port || (portName !== undefined && server.port === portName),
  );

const SERVING = 'serving.knative.dev/';

/** The labels of a template's pods. Serving gives those of a Knative Service some that its template does not have. */
function podLabels(template: PodTemplate): Readonly<Record<string, string>> {
  if (!isKnative(template)) return { ...injectedLabels(template), ...template.labels };
  const { kind, metadata } = template.object.manifest;
  const name = metadata.name ?? '';
  return {
    ...injectedLabels(template),
    ...template.labels,
    [`${SERVING}revision`]: kind === 'Revision' ? name : '*',
    ...(kind !== 'Revision' && { [`${SERVING}configuration`]: name }),
    ...(kind === 'Service' && { [`${SERVING}service`]: name }),
  };
}

/** The labels that Linkerd's injector gives pods, but for those that name the workload. Source: Linkerd edge-26.8.3, `pkg/inject`. */
const injectedLabels = ({ namespace }: PodTemplate): Readonly<Record<string, string>> => ({
  'linkerd.io/control-plane-ns': 'linkerd',
  'linkerd.io/workload-ns': namespace,
});
