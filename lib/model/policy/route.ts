import { at, list, text } from '../../objects/json';
import type { PlatformObject } from '../../objects/manifest';
import type { Server } from './server';
import { POLICY_GROUP } from './server';
import { refersTo } from './target-ref';

/**
 * Whether a route is attached to a Server, which is in the route's own namespace. Linkerd takes no route of which a reference to a Server
 * names another namespace, a port or a section. Source: Linkerd edge-26.8.3, `policy-controller/k8s/index/src/inbound/routes.rs`.
 */
export function isRouteOf({ manifest: { metadata, spec } }: PlatformObject, server: Server): boolean {
  const own = metadata.namespace ?? 'default';
  if (own !== server.namespace) return false;
  const parents = list(at(spec, 'parentRefs')).filter((ref) => refersTo(ref, POLICY_GROUP, 'Server'));
  return (
    parents.some((ref) => at(ref, 'name') === server.name) &&
    parents.every(
      (ref) =>
        (text(at(ref, 'namespace')) ?? own) === own &&
        at(ref, 'port') === undefined &&
        at(ref, 'sectionName') === undefined,
    )
  );
}
