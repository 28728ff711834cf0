import { at, list, number, strings, text, texts } from '../objects/json';
import type { Json, PlatformObject } from '../objects/manifest';
import { describeObject } from '../objects/manifest';
import { ambassadorIdsOf, commonIds, EMISSARY_GROUP } from './emissary';
import type { PublicHostnames } from './emissary-hosts';
import { isForHost, publicHostnames } from './emissary-hosts';
import { internalNamesOf } from './internal-names';
import type { ObjectIndex } from './object-index';
import { keptInside, publicHostsOf } from './public-host';
import { serviceOfAddress } from './references/mapping-service';
import { SERVING_GROUP } from './serving/judge';

/** A way from outside of the cluster to a Service. */
export interface Way {
  /** The host that clients ask for, with a path where it is for one alone; `*` for any. @default - there is none, but an address */
  readonly host?: string;

  /** Whether the host cannot be told as a whole. @default false */
  readonly isVague?: boolean;

  /** What leads there: `tag canary`, `DomainMapping default/pay.example.com`. @default - the Service itself */
  readonly by?: string;
}

/** A Service, of Knative or of Kubernetes, or a Route, and how clients outside of the cluster reach it. */
export interface Exposed {
  /** `Service default/ledger` */
  readonly name: string;
  readonly isKnative: boolean;

  /** Whether it is among the objects. */
  readonly isThere: boolean;

  /** None if it cannot be reached. */
  readonly ways: readonly Way[];

  /** What it has that keeps clients outside from it, or has not: `the label …`, `no public Host …`. @default - nothing */
  readonly inside?: string;
}

/** Every Service that is among the objects or that one of them leads to, by a key that is its own. */
export function exposedServices(objects: ObjectIndex): ReadonlyMap<string, Exposed> {
  const found = new Map<string, Exposed & { readonly ways: Way[] }>();
  for (const kind of ['Service', 'Route']) {
    for (const route of objects.ofKind(SERVING_GROUP, kind)) {
      const { ways, inside } = waysToKnative(route, objects);
      const { name, namespace = 'default' } = route.manifest.metadata;
      const exposed = { name: describeObject(route.manifest), isKnative: true, isThere: true, ways };
      // A Service makes a Route of its name.
      found.set(knativeKey(namespace, name), { ...exposed, ...(inside !== undefined && { inside }) });
    }
  }
  for (const service of objects.ofKind('', 'Service')) {
    const { name, namespace = 'default' } = service.manifest.metadata;
    const ways = waysToService(service);
    found.set(serviceKey(namespace, name), {
      name: describeObject(service.manifest),
      isKnative: false,
      isThere: true,
      ways,
    });
  }
  for (const { namespace, name, knative, ...way } of references(objects)) {
    const [ofKnative, ofKubernetes] = [knativeKey(namespace, name), serviceKey(namespace, name)];
    // Serving makes a Service of the name of each Route.
    const isKnative = found.has(ofKnative) || (knative && !found.has(ofKubernetes));
    const key = isKnative ? ofKnative : ofKubernetes;
    const known = found.get(key);
    if (known !== undefined) known.ways.push(way);
    else found.set(key, { name: `Service ${namespace}/${name}`, isKnative, isThere: false, ways: [way] });
  }
  return found;
}

const knativeKey = (namespace: string, name = ''): string => `${SERVING_GROUP} ${namespace}/${name}`;
const serviceKey = (namespace: string, name = ''): string => `${namespace}/${name}`;

/** The hosts of a Knative Service, as far as Hosts of Emissary are for them; and the names inside of the cluster that a Host gives away. */
function waysToKnative(
  route: PlatformObject,
  objects: ObjectIndex,
): { readonly ways: Way[]; readonly inside?: string } {
  const open = openTo(route, objects);
  const inside = keptInside(route, objects);
  if (inside !== undefined) {
    const names = internalNamesOf(route);
    const ways = (open ?? []).flatMap(({ host, hostname }) => {
      const name = names.find((one) => isForHost(hostname, one));
      return name === undefined ? [] : [{ host: name, by: describeObject(host.manifest) }];
    });
    return { ways, inside };
  }
  const hosts = publicHostsOf(route, objects);
  const served = hosts.filter(
    ({ name }) => open === undefined || name === undefined || open.some(({ hostname }) => isForHost(hostname, name)),
  );
  const ways = served.map(({ name, like, tag }) => ({
    host: like,
    ...(name === undefined && { isVague: true }),
    ...(tag !== undefined && { by: `tag ${tag}` }),
  }));
  return served.length > 0 ? { ways } : { ways, inside: `no public Host for ${hosts[0]?.like ?? 'its name'}` };
}

/** The public Hosts of the Ambassadors that an object is for; `undefined` where the objects do not tell. */
function openTo({ manifest }: PlatformObject, objects: ObjectIndex): readonly PublicHostnames[] | undefined {
  const ids = ambassadorIdsOf(manifest);
  return publicHostnames(objects)?.filter((one) => commonIds(one.ids, ids).length > 0);
}

/** Annotations with which clouds make a load balancer that only their own network reaches, and the value that does. */
const INTERNAL_LOAD_BALANCERS: readonly (readonly [key: string, value: RegExp])[] = [
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', /^internal$/],
  ['service.beta.kubernetes.io/aws-load-balancer-internal', /^(?!false$)./],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', /^true$/],
  ['networking.gke.io/load-balancer-type', /^internal$/i],
  ['cloud.google.com/load-balancer-type', /^internal$/i],
  ['service.beta.kubernetes.io/openstack-internal-load-balancer', /^true$/],
  ['service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type', /^private$/],
  ['service.beta.kubernetes.io/oci-load-balancer-internal', /^true$/],
];

/** The ways to a Service of Kubernetes by what it says of itself. */
function waysToService({ manifest: { metadata, spec } }: PlatformObject): Way[] {
  const annotations = strings(metadata.annotations);
  const isInternal = INTERNAL_LOAD_BALANCERS.some(([key, value]) => value.test(annotations[key] ?? ''));
  const type = text(at(spec, 'type'));
  return [
    ...(type === 'LoadBalancer' && !isInternal ? [{ by: 'a load balancer' }] : []),
    ...(type === 'NodePort' ? [{ by: 'a port of every node' }] : []),
    ...texts(at(spec, 'externalIPs')).map((host) => ({ host, by: 'externalIPs' })),
  ];
}

interface Reference extends Way {
  readonly namespace: string;
  readonly name: string;

  /** Whether only a Knative Service or a Route can be meant. */
  readonly knative: boolean;
}

/** What leads clients outside of the cluster to Services by their names. */
function references(objects: ObjectIndex): Reference[] {
  return [
    ...objects.ofKind(SERVING_GROUP, 'DomainMapping').flatMap(ofDomainMapping),
    ...objects.ofKind(EMISSARY_GROUP, 'Mapping').flatMap((mapping) => ofMapping(mapping, objects)),
    ...objects.ofKind('networking.k8s.io', 'Ingress').flatMap(ofIngress),
    ...ROUTES.flatMap((kind) => objects.ofKind('gateway.networking.k8s.io', kind)).flatMap(ofGatewayRoute),
  ];
}

/** A DomainMapping is public whatever its service is. Source: Serving 1.23.0, `pkg/reconciler/domainmapping/resources/ingress.go`. */
function ofDomainMapping({ manifest }: PlatformObject): Reference[] {
  const ref = at(manifest.spec, 'ref');
  const [name, host] = [text(at(ref, 'name')), manifest.metadata.name];
  if (name === undefined || host === undefined) return [];
  const namespace = text(at(ref, 'namespace')) ?? manifest.metadata.namespace ?? 'default';
  const knative = text(at(ref, 'apiVersion'))?.startsWith(`${SERVING_GROUP}/`) === true;
  return [{ namespace, name, knative, host, by: describeObject(manifest) }];
}

/** A Mapping of a weight of 0 lends its settings, and takes no requests. */
function ofMapping(mapping: PlatformObject, objects: ObjectIndex): Reference[] {
  const { manifest } = mapping;
  const { spec } = manifest;
  if (number(at(spec, 'weight')) === 0) return [];
  const service = serviceOfAddress(text(at(spec, 'service')) ?? '', mapping, objects);
  if (service === undefined) return [];
  const hostname = text(at(spec, 'hostname')) ?? text(at(spec, 'host')) ?? '*';
  const open = openTo(mapping, objects);
  const isOpen = open?.some((one) => isForHost(one.hostname, hostname) || isForHost(hostname, one.hostname)) ?? true;
  if (!isOpen) return [];
  const prefix = text(at(spec, 'prefix')) ?? '/';
  return [
    {
      ...service,
      knative: false,
      host: prefix === '/' ? hostname : `${hostname}${prefix}`,
      by: describeObject(manifest),
    },
  ];
}

function ofIngress({ manifest }: PlatformObject): Reference[] {
  const { spec, metadata } = manifest;
  const to = (backend: Json | undefined, host: string): Reference[] => {
    const name = text(at(backend, 'service', 'name'));
    const namespace = metadata.namespace ?? 'default';
    return name === undefined ? [] : [{ namespace, name, knative: false, host, by: describeObject(manifest) }];
  };
  return [
    ...to(at(spec, 'defaultBackend'), '*'),
    ...list(at(spec, 'rules')).flatMap((rule) =>
      list(at(rule, 'http', 'paths')).flatMap((path) => {
        const [host, prefix = '/'] = [text(at(rule, 'host')) ?? '*', text(at(path, 'path'))];
        return to(at(path, 'backend'), prefix === '/' ? host : `${host}${prefix}`);
      }),
    ),
  ];
}

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/** Routes of Gateway API are for a Gateway unless they say that they are for a Service, as those of a mesh do. */
function ofGatewayRoute({ manifest }: PlatformObject): Reference[] {
  const { spec, metadata } = manifest;
  const isForGateway = list(at(spec, 'parentRefs')).some((parent) => (at(parent, 'kind') ?? 'Gateway') === 'Gateway');
  if (!isForGateway) return [];
  const hostnames = texts(at(spec, 'hostnames'));
  return list(at(spec, 'rules')).flatMap((rule) =>
    list(at(rule, 'backendRefs')).flatMap((backend): Reference[] => {
      const name = text(at(backend, 'name'));
      if (name === undefined || (at(backend, 'kind') ?? 'Service') !== 'Service') return [];
      const namespace = text(at(backend, 'namespace')) ?? metadata.namespace ?? 'default';
      const hosts = hostnames.length === 0 ? ['*'] : hostnames;
      return hosts.map((host) => ({ namespace, name, knative: false, host, by: describeObject(manifest) }));
    }),
  );
}
