import { at, list, mapping, text } from '../../objects/json';
import type { Json, PlatformObject } from '../../objects/manifest';
import type { ObjectIndex } from '../object-index';
import type { PodTemplate } from '../pod-template';
import { isKnative } from '../pod-template';
import { selects } from '../selector';

export const POLICY_GROUP = 'policy.linkerd.io';

/** A Server of Linkerd: a port of pods, and who may call it. */
export interface Server {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;

  /** By its number, or by the name that a container gives it. */
  readonly port: number | string | undefined;

  /** What counts for those whom nothing authorizes. */
  readonly policy: string;
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
    .map(({ manifest: { metadata, spec } }) => ({
      namespace: template.namespace,
      name: metadata.name ?? '',
      labels: mapping(metadata.labels) as Readonly<Record<string, string>>,
      port: at(spec, 'port') as Server['port'],
      policy: text(at(spec, 'accessPolicy')) ?? 'deny',
    }));
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

/** What lets callers reach a Server: an AuthorizationPolicy or a ServerAuthorization. */
export type Authorization =
  | {
      /** What a caller must meet, all of it. */
      readonly required: readonly Json[];

      /** Whether it is about one of the Server's routes alone. */
      readonly ofRoute: boolean;
    }
  | { readonly client: Json | undefined };

/** All that lets callers reach a Server. */
export function authorizationsOf(server: Server, objects: ObjectIndex): Authorization[] {
  const inNamespace = (kind: string): unknown[] =>
    objects.inNamespace(POLICY_GROUP, kind, server.namespace).map(({ manifest }) => manifest.spec);
  const policies = inNamespace('AuthorizationPolicy').flatMap((spec) => {
    const target = at(spec, 'targetRef');
    const direct = isDirect(target, server);
    if (!direct && !isOfRoute(target, server, objects)) return [];
    return [{ required: list(at(spec, 'requiredAuthenticationRefs')), ofRoute: !direct }];
  });
  const ofClients = inNamespace('ServerAuthorization').flatMap((spec) => {
    const { name, selector } = mapping(at(spec, 'server'));
    const meant = name === undefined ? selects(selector, server.labels) : name === server.name;
    return meant ? [{ client: at(spec, 'client') }] : [];
  });
  return [...policies, ...ofClients];
}

/** Whether a policy's target is a Server, or its whole namespace. */
function isDirect(target: unknown, { namespace, name }: Server): boolean {
  const named = at(target, 'name');
  const kind = at(target, 'kind');
  return (kind === 'Server' && named === name) || (kind === 'Namespace' && named === namespace);
}

function isOfRoute(target: unknown, { namespace, name }: Server, objects: ObjectIndex): boolean {
  const kind = text(at(target, 'kind')) ?? '';
  if (kind === 'Server' || kind === 'Namespace') return false;
  const named = at(target, 'name');
  return [POLICY_GROUP, 'gateway.networking.k8s.io'].some((group) =>
    objects
      .ofKind(group, kind)
      .some(
        ({ manifest: { metadata, spec } }) =>
          metadata.name === named &&
          (metadata.namespace ?? 'default') === namespace &&
          list(at(spec, 'parentRefs')).some((ref) => at(ref, 'kind') === 'Server' && at(ref, 'name') === name),
      ),
  );
}
