import type { PlatformObject } from '../objects/manifest';
import { isClusterLocal } from './internal-names';
import { text } from '../objects/json';
import type { ObjectIndex } from './object-index';

const DEFAULT_TEMPLATE = '{{.Name}}.{{.Namespace}}.{{.Domain}}';

/**
 * The name by which clients outside the cluster ask for a Knative Service; `undefined` for a cluster-local one, or where it cannot be
 * told from the objects alone.
 */
export function publicHostOf(service: PlatformObject, objects: ObjectIndex): string | undefined {
  const { metadata } = service.manifest;
  const template = text(objects.configMap('knative-serving', 'config-network')['domain-template']);
  if (template !== undefined && template !== DEFAULT_TEMPLATE) return undefined;
  if (isClusterLocal(service)) return undefined;
  const domains = Object.entries(objects.configMap('knative-serving', 'config-domain'));
  const everywhere = domains.filter(([name, selector]) => name !== '_example' && selector === '').map(([name]) => name);
  const [domain] = everywhere;
  // A domain with a selector may be the service's.
  if (domain === undefined || domains.filter(([name]) => name !== '_example').length > 1) return undefined;
  return `${metadata.name ?? ''}.${metadata.namespace ?? 'default'}.${domain}`;
}
