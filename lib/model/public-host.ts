import { at, list, strings, text } from '../objects/json';
import type { PlatformObject } from '../objects/manifest';
import { isClusterLocal } from './internal-names';
import type { ObjectIndex } from './object-index';
import type { SelectedDomain } from './serving/domain';
import { domainFor, domainsIn, INSIDE_DOMAIN } from './serving/domain';
import { renderTemplate } from '../syntax/rendered-template';
import { CLUSTER_LOCAL, VISIBILITY_LABEL } from './serving/metadata';
import { servingSettings } from './serving-settings';

/** Source of both: knative.dev/networking c7a7b772cac9, `pkg/config/config.go`. */
const DOMAIN_TEMPLATE = '{{.Name}}.{{.Namespace}}.{{.Domain}}';
const TAG_TEMPLATE = '{{.Tag}}-{{.Name}}';

/** A name by which clients outside the cluster ask for a Knative Service, or for one of its revisions. */
export interface PublicHost {
  /** @default - it cannot be told from the objects alone: see {@link PublicHost.like} */
  readonly name?: string;

  /** The name, or what of it can be told: the domain may not be among the objects, and a template may have conditions in it. */
  readonly like: string;

  /** The tag of the traffic that it is for. @default - it is for the service as a whole */
  readonly tag?: string;
}

/**
 * Why no client outside the cluster can ask for a Knative Service or a Route by a name of Serving's; `undefined` if they can. What labels the placeholder
 * Services of single tags have in a cluster is not known. Source: Serving 1.23.0, `pkg/reconciler/route/visibility`.
 */
export function keptInside(route: PlatformObject, objects: ObjectIndex): string | undefined {
  if (isClusterLocal(route)) return `the label ${VISIBILITY_LABEL}: ${CLUSTER_LOCAL}`;
  const { name } = domainOf(route, objects);
  return name === INSIDE_DOMAIN ? `the domain ${INSIDE_DOMAIN} by config-domain` : undefined;
}

/** The names by which clients outside the cluster ask for a Knative Service or a Route: its own, and one for each tag. None for a cluster-local one. */
export function publicHostsOf(route: PlatformObject, objects: ObjectIndex): PublicHost[] {
  if (keptInside(route, objects) !== undefined) return [];
  const { name: domain, labels } = domainOf(route, objects);
  const { metadata, spec } = route.manifest;
  const network = objects.once(networkTemplates);
  const tags = list(at(spec, 'traffic')).flatMap((target) => text(at(target, 'tag')) ?? []);
  const hostOf = (name: string | undefined): Omit<PublicHost, 'tag'> => {
    const values = {
      Name: name ?? '<tag-template>',
      Namespace: metadata.namespace ?? 'default',
      Domain: domain ?? '<domain>',
      Labels: labels,
      Annotations: strings(metadata.annotations),
    };
    const host = renderTemplate(network.domain, values);
    const isTold = host !== undefined && domain !== undefined && name !== undefined;
    return { like: host ?? '<domain-template>', ...(isTold && { name: host }) };
  };
  const service = metadata.name ?? '';
  return [
    hostOf(service),
    ...[...new Set(tags.filter((tag) => tag !== ''))].map((tag) => ({
      tag,
      ...hostOf(renderTemplate(network.tag, { Name: service, Tag: tag })),
    })),
  ];
}

/**
 * The name by which clients outside the cluster ask for a Knative Service; `undefined` for a cluster-local one, or where it cannot be
 * told from the objects alone.
 */
export const publicHostOf = (service: PlatformObject, objects: ObjectIndex): string | undefined =>
  publicHostsOf(service, objects)[0]?.name;

/** The domain of a service, and the labels by which it was chosen; without a name where `config-domain` is not among the objects. */
function domainOf(
  { manifest: { kind, metadata } }: PlatformObject,
  objects: ObjectIndex,
): { readonly name: string | undefined; readonly labels: Readonly<Record<string, string>> } {
  const own = strings(metadata.labels);
  // What Serving gives the Route of a Service.
  const labels = kind === 'Service' ? { ...own, 'serving.knative.dev/service': metadata.name ?? '' } : own;
  const domains = objects.once(selectedDomains);
  return { name: domains && domainFor(domains, labels), labels };
}

function selectedDomains(objects: ObjectIndex): readonly SelectedDomain[] | undefined {
  const data = servingSettings('config-domain', objects);
  return data && domainsIn(data);
}

function networkTemplates(objects: ObjectIndex): { readonly domain: string; readonly tag: string } {
  const settings = servingSettings('config-network', objects) ?? {};
  return {
    domain: settings['domain-template'] ?? settings.domainTemplate ?? DOMAIN_TEMPLATE,
    tag: settings['tag-template'] ?? settings.tagTemplate ?? TAG_TEMPLATE,
  };
}
