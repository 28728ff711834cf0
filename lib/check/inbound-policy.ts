import { at, list, mapping, strings, text, texts } from '../objects/json';
import { configOf, hasOwnProxy } from './mesh';
import type { ObjectIndex } from './object-index';
import type { PodTemplate } from './pod-template';
import type { ServedPort } from './served-pods';
import { selects } from './selector';

const POLICY = 'policy.linkerd.io';
const DEFAULT_POLICY = 'config.linkerd.io/default-inbound-policy';

/** The policies with which a pod takes connections that prove no identity of the mesh. `audit` lets them in and says so. */
const OPEN = ['all-unauthenticated', 'cluster-unauthenticated', 'audit'];

/** Those with which it takes connections that prove one. */
const FOR_THE_MESH = [...OPEN, 'all-authenticated', 'cluster-authenticated'];

/** The Serving label that every pod of a Knative Service has, though its template does not. */
const REVISION_LABEL = { 'serving.knative.dev/revision': '*' };

/** A service account, whose identity the proxies of its pods prove. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Why a caller is refused at a port of pods; `undefined` if it is let in. Whether networks that are let in are those that it calls from
 * is not looked at.
 *
 * @param caller whose identity it proves; `undefined` of one without an identity of the mesh
 */
export function refusal(served: ServedPort, objects: ObjectIndex, caller?: ServiceAccount): string | undefined {
  const { template, port } = served;
  const skipped = configOf('config.linkerd.io/skip-inbound-ports', template, objects);
  if (skipped?.split(',').some((range) => isWithin(port, range.trim())) === true) return undefined;
  const identity = caller && identityOf(caller, objects);
  const accepted = identity === undefined ? OPEN : FOR_THE_MESH;
  const servers = serversOf(served, objects);
  const [first] = servers;
  if (first !== undefined) {
    return servers.some((server) => accepted.includes(server.policy) || isAuthorized(server, identity, objects))
      ? undefined
      : `the Server ${first.name} admits ${identity === undefined ? 'none' : 'others alone'}`;
  }
  const policy = ownConfigOf(DEFAULT_POLICY, served, objects) ?? defaultPolicy(objects);
  return accepted.includes(policy) ? undefined : `the default inbound policy is ${policy}`;
}

const defaultPolicy = ({ linkerd }: ObjectIndex): string =>
  text(at(linkerd, 'proxy', 'defaultInboundPolicy')) ?? 'all-unauthenticated';

/** Whether anyone may be refused at a template's pods at all. Most platforms say nothing of it, and have many templates. */
export function isRestricted(template: PodTemplate, objects: ObjectIndex): boolean {
  const policy = configOf(DEFAULT_POLICY, template, objects) ?? defaultPolicy(objects);
  return !OPEN.includes(policy) || objects.inNamespace(POLICY, 'Server', template.namespace).length > 0;
}

/** The injector writes a namespace's annotation to pods; those that bring their proxy along have their own alone. */
function ownConfigOf(annotation: string, { template }: ServedPort, objects: ObjectIndex): string | undefined {
  return hasOwnProxy(template) ? template.annotations[annotation] : configOf(annotation, template, objects);
}

function isWithin(port: number, range: string): boolean {
  const [first, last = first] = range.split('-').map(Number);
  return first !== undefined && last !== undefined && first <= port && port <= last;
}

/** The name that a proxy's certificate has. Source: Linkerd edge-26.8.3, identities of its proxies. */
function identityOf({ namespace, name }: ServiceAccount, { linkerd }: ObjectIndex): string {
  const domain = text(at(linkerd, 'identityTrustDomain')) ?? 'cluster.local';
  return `${name}.${namespace}.serviceaccount.identity.linkerd.${domain}`;
}

/** A Server of Linkerd: a port of pods, and who may call it. */
interface Server extends ServiceAccount {
  readonly labels: Readonly<Record<string, string>>;

  /** What counts for those whom nothing authorizes. */
  readonly policy: string;
}

/** The Servers that are for a port. */
function serversOf({ template, port, portName }: ServedPort, objects: ObjectIndex): Server[] {
  const inNamespace = objects.inNamespace(POLICY, 'Server', template.namespace);
  if (inNamespace.length === 0) return [];
  const isKnative = template.object.manifest.apiVersion.startsWith('serving.knative.dev/');
  const labels = isKnative ? { ...template.labels, ...REVISION_LABEL } : template.labels;
  return inNamespace
    .filter(({ manifest: { spec } }) => {
      const target = at(spec, 'port');
      return (
        selects(at(spec, 'podSelector'), labels) && (target === port || (portName !== undefined && target === portName))
      );
    })
    .map(({ manifest: { metadata, spec } }) => ({
      namespace: template.namespace,
      name: metadata.name ?? '',
      labels: strings(metadata.labels),
      policy: text(at(spec, 'accessPolicy')) ?? 'deny',
    }));
}

/** Whether an AuthorizationPolicy, or a ServerAuthorization, lets a caller reach a Server. */
function isAuthorized(server: Server, identity: string | undefined, objects: ObjectIndex): boolean {
  const inNamespace = (kind: string): unknown[] =>
    objects.inNamespace(POLICY, kind, server.namespace).map(({ manifest }) => manifest.spec);
  return (
    inNamespace('AuthorizationPolicy').some(
      (spec) =>
        isAbout(at(spec, 'targetRef'), server, objects) &&
        list(at(spec, 'requiredAuthenticationRefs')).every((ref) => isMet(ref, server.namespace, identity, objects)),
    ) || inNamespace('ServerAuthorization').some((spec) => isMetByClient(spec, server, identity))
  );
}

/** Whether a policy's target is a Server, its whole namespace, or a route to it. */
function isAbout(target: unknown, { namespace, name }: Server, objects: ObjectIndex): boolean {
  const kind = text(at(target, 'kind')) ?? '';
  const named = at(target, 'name');
  if (kind === 'Server') return named === name;
  if (kind === 'Namespace') return named === namespace;
  return [POLICY, 'gateway.networking.k8s.io'].some((group) =>
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

/** Whether a caller is one whom an authentication means. One that is not among the objects is taken to mean it. */
function isMet(ref: unknown, policyNamespace: string, identity: string | undefined, objects: ObjectIndex): boolean {
  const kind = at(ref, 'kind');
  if (kind === 'NetworkAuthentication') return true;
  if (identity === undefined) return false;
  const namespace = text(at(ref, 'namespace')) ?? policyNamespace;
  if (kind === 'ServiceAccount') return isAccount(identity, ref, namespace);
  const found = objects
    .ofKind(POLICY, 'MeshTLSAuthentication')
    .find(
      ({ manifest: { metadata } }) =>
        metadata.name === at(ref, 'name') && (metadata.namespace ?? 'default') === namespace,
    );
  if (found === undefined) return true;
  const { spec } = found.manifest;
  return (
    texts(at(spec, 'identities')).some((pattern) => isOfPattern(identity, pattern)) ||
    list(at(spec, 'identityRefs')).some((one) => isAccount(identity, one, namespace))
  );
}

/** Whether an identity is that of a service account, or of any in a namespace. */
function isAccount(identity: string, ref: unknown, fallback: string): boolean {
  const name = text(at(ref, 'name')) ?? '';
  if (at(ref, 'kind') === 'Namespace') return identity.split('.')[1] === name;
  return identity.startsWith(`${name}.${text(at(ref, 'namespace')) ?? fallback}.serviceaccount.`);
}

const isOfPattern = (identity: string, pattern: string): boolean =>
  pattern.startsWith('*') ? identity.endsWith(pattern.slice(1)) : identity === pattern;

function isMetByClient(spec: unknown, server: Server, identity: string | undefined): boolean {
  const { name, selector } = mapping(at(spec, 'server'));
  const meant = name === undefined ? selects(selector, server.labels) : name === server.name;
  const client = at(spec, 'client');
  const mesh = at(client, 'meshTLS');
  if (!meant) return false;
  if (at(client, 'unauthenticated') === true) return true;
  if (identity === undefined) return false;
  return (
    at(mesh, 'unauthenticatedTLS') === true ||
    texts(at(mesh, 'identities')).some((pattern) => isOfPattern(identity, pattern)) ||
    list(at(mesh, 'serviceAccounts')).some((account) => isAccount(identity, account, server.namespace))
  );
}
