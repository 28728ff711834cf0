import { at, list, text } from './json';
import { configOf } from './mesh';
import type { ObjectIndex } from './object-index';
import type { ServedPort } from './served-pods';
import { selects } from './selector';

const POLICY = 'policy.linkerd.io';

/** The policies with which a pod takes connections that prove no identity of the mesh. `audit` lets them in and says so. */
const OPEN = ['all-unauthenticated', 'cluster-unauthenticated', 'audit'];

/** The Serving label that every pod of a Knative Service has, though its template does not. */
const REVISION_LABEL = { 'serving.knative.dev/revision': '*' };

/** Why a caller without an identity of the mesh is refused at a port of pods; `undefined` if it is let in. */
export function refusal(served: ServedPort, objects: ObjectIndex): string | undefined {
  const { template, port } = served;
  const skipped = configOf('config.linkerd.io/skip-inbound-ports', template, objects);
  if (skipped?.split(',').some((range) => isWithin(port, range.trim())) === true) return undefined;
  const servers = serversOf(served, objects);
  if (servers.length > 0) {
    return servers.some(({ name, open }) => open || isAuthorized(name, template.namespace, objects))
      ? undefined
      : `the Server ${servers[0]?.name ?? ''} admits none`;
  }
  const policy =
    configOf('config.linkerd.io/default-inbound-policy', template, objects) ??
    text(at(objects.linkerd, 'proxy', 'defaultInboundPolicy')) ??
    'all-unauthenticated';
  return OPEN.includes(policy) ? undefined : `the default inbound policy is ${policy}`;
}

function isWithin(port: number, range: string): boolean {
  const [first, last = first] = range.split('-').map(Number);
  return first !== undefined && last !== undefined && first <= port && port <= last;
}

/** The Servers of Linkerd that are for a port. */
function serversOf({ template, port, portName }: ServedPort, objects: ObjectIndex): { name: string; open: boolean }[] {
  const isKnative = template.object.manifest.apiVersion.startsWith('serving.knative.dev/');
  const labels = isKnative ? { ...template.labels, ...REVISION_LABEL } : template.labels;
  return objects
    .inNamespace(POLICY, 'Server', template.namespace)
    .filter(({ manifest: { spec } }) => {
      const target = at(spec, 'port');
      return (
        selects(at(spec, 'podSelector'), labels) && (target === port || (portName !== undefined && target === portName))
      );
    })
    .map(({ manifest: { metadata, spec } }) => ({
      name: metadata.name ?? '',
      open: OPEN.includes(text(at(spec, 'accessPolicy')) ?? 'deny'),
    }));
}

/** Whether somebody may reach a Server by the network alone. */
function isAuthorized(server: string, namespace: string, objects: ObjectIndex): boolean {
  const byNetwork = objects.inNamespace(POLICY, 'AuthorizationPolicy', namespace).some(({ manifest: { spec } }) => {
    const target = at(spec, 'targetRef');
    const refs = list(at(spec, 'requiredAuthenticationRefs'));
    const meant =
      (at(target, 'kind') === 'Server' && at(target, 'name') === server) ||
      (at(target, 'kind') === 'Namespace' && at(target, 'name') === namespace);
    return meant && refs.every((ref) => at(ref, 'kind') === 'NetworkAuthentication');
  });
  const older = objects
    .inNamespace(POLICY, 'ServerAuthorization', namespace)
    .some(
      ({ manifest: { spec } }) =>
        at(spec, 'server', 'name') === server && at(spec, 'client', 'unauthenticated') === true,
    );
  return byNetwork || older;
}
